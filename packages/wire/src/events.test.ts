import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { formatSecret, parseSecret, parseSignatures, sign, signedContent, timely, verify } from './events.ts'
import type { Mac } from './mac.ts'

const mac: Mac = (key, data) => createHmac('sha256', key).update(data).digest()
const secret = Uint8Array.from({ length: 32 }, (_, at) => at)
const delivery = { id: 'msg_1', timestamp: '1700000000', body: '{"amount_paid":"102.00"}' }

test('the reference library verifies what we sign, and we verify what it signs', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), fc.json(), (bytes, body) => {
      const theirs = new Webhook(formatSecret(bytes))
      const now = new Date(Math.floor(Date.now() / 1000) * 1000)
      const said = { id: 'msg_1', timestamp: String(now.getTime() / 1000), body }
      const header = sign(said, bytes, mac)
      assert.equal(header, theirs.sign(said.id, now, body))
      assert.deepEqual(
        theirs.verify(body, {
          'webhook-id': said.id,
          'webhook-timestamp': said.timestamp,
          'webhook-signature': header,
        }),
        JSON.parse(body),
      )
      assert.ok(verify(said, header, bytes, mac))
    }),
  )
})

test('a delivery whose id, time or body was changed does not verify', () => {
  const header = sign(delivery, secret, mac)
  for (const change of [{ id: 'msg_2' }, { timestamp: '1700000001' }, { body: '{}' }, { id: 'msg_1.1' }]) {
    assert.equal(verify({ ...delivery, ...change }, header, secret, mac), false)
  }
  assert.equal(verify(delivery, header, secret.toReversed(), mac), false)
})

test('one good signature among several is enough, and versions that we do not know are passed over', () => {
  const header = sign(delivery, secret, mac)
  assert.ok(verify(delivery, `v1,AAAA v9,zzz ${header} v1a,BBBB`, secret, mac))
  assert.equal(verify(delivery, header.replace('v1,', 'v1a,'), secret, mac), false)
  assert.deepEqual(parseSignatures('v1,AA== v1a,BB== v2,CC== nonsense'), [
    { version: 'v1', signature: 'AA==' },
    { version: 'v1a', signature: 'BB==' },
  ])
})

test('a full stop in an id is refused, because it divides the signed content', () => {
  assert.throws(() => signedContent({ ...delivery, id: 'msg.1' }), RangeError)
  assert.throws(() => signedContent({ ...delivery, timestamp: '1.7' }), RangeError)
})

test('a secret is whsec_ and the base64 of 24 to 64 bytes', () => {
  assert.deepEqual(parseSecret(formatSecret(secret)), secret)
  assert.equal(parseSecret('whsec_c2hvcnQ='), null)
  assert.equal(parseSecret('whsec_not base64'), null)
  assert.throws(() => formatSecret(new Uint8Array(23)), RangeError)
  assert.throws(() => formatSecret(new Uint8Array(65)), RangeError)
})

test('a timestamp is timely up to its tolerance, before and after, and only as whole seconds', () => {
  assert.ok(timely('1700000000', 1700000300))
  assert.ok(timely('1700000300', 1700000000))
  assert.equal(timely('1700000000', 1700000301), false)
  assert.equal(timely('1700000301', 1700000000), false)
  for (const odd of ['', '1.7e9', '-1', ' 1700000000', '0x6553f100'])
    assert.equal(timely(odd, 1700000000), false)
})
