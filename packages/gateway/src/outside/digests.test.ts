import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex } from '../base/bytes.ts'
import { openDigests } from './digests.ts'

const digests = openDigests(new Uint8Array(32).fill(7))

test('SHA-256 and HMAC-SHA-256 give the published vectors', () => {
  // FIPS 180-4 sample "abc"; RFC 4231 test cases 2 (text key) and 1 (key of bytes).
  assert.equal(hex(digests.sha256('abc')), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  assert.equal(
    hex(digests.hmacSha256('Jefe', 'what do ya want for nothing?')),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
  assert.equal(
    hex(digests.hmacSha256(new Uint8Array(20).fill(0x0b), 'Hi There')),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  )
})

test('texts of different length are unequal and throw nothing', () => {
  assert.equal(digests.equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2)), true)
  assert.equal(digests.equal(Uint8Array.of(1, 2), Uint8Array.of(1, 3)), false)
  assert.equal(digests.equal(Uint8Array.of(1, 2), Uint8Array.of(1)), false)
})

test('a derived name can be made again, by nobody else, and differs by purpose', () => {
  const again = openDigests(new Uint8Array(32).fill(7))
  const stranger = openDigests(new Uint8Array(32).fill(8))
  const name = hex(digests.derive('subject', 'account 1'))
  assert.equal(hex(again.derive('subject', 'account 1')), name)
  assert.notEqual(hex(digests.derive('form', 'account 1')), name)
  assert.notEqual(hex(stranger.derive('subject', 'account 1')), name)
})
