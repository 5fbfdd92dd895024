import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromBase64, fromHex, sameBytes, toBase64, toHex } from './bytes.ts'

const bytes = fc.uint8Array({ maxLength: 100 })

test('base64 and hexadecimal are written as Node writes them and read back', () => {
  fc.assert(
    fc.property(bytes, (some) => {
      assert.equal(toBase64(some), Buffer.from(some).toString('base64'))
      assert.equal(toHex(some), Buffer.from(some).toString('hex'))
      assert.deepEqual(fromBase64(toBase64(some)), some)
      assert.deepEqual(fromHex(toHex(some)), some)
      assert.deepEqual(fromHex(toHex(some).toUpperCase()), some)
    }),
  )
})

test('a base64 text that is read is the only one that spells its bytes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('AQgwBZ09+/=-_ \n')), maxLength: 12 }),
      (text) => {
        const read = fromBase64(text)
        if (read !== null) assert.equal(toBase64(read), text)
      },
    ),
    { numRuns: 2000 },
  )
})

for (const [why, text] of [
  ['without its padding', 'TGFuZ28'],
  ['with left-over bits', 'TGFuZ29='],
  ['of the url-safe alphabet', '-_8='],
  ['with a line break', 'TGFu\nZ28='],
  ['with padding inside', 'TG==TGFu'],
  ['of padding alone', '===='],
] as const) {
  test(`a base64 text ${why} is refused`, () => assert.equal(fromBase64(text), null))
}

test('bytes are the same only if length and every byte are', () => {
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      assert.equal(sameBytes(one, other), Buffer.from(one).equals(Buffer.from(other)))
      assert.ok(sameBytes(one, one.slice()))
    }),
  )
})
