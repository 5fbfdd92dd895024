import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { base64, base64url, hex } from './bytes.ts'

test('bytes of any length are written as RFC 4648 writes them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const expected = Buffer.from(bytes)
      assert.equal(base64url(bytes), expected.toString('base64url'))
      assert.equal(base64(bytes), expected.toString('base64'))
      assert.equal(hex(bytes), expected.toString('hex'))
    }),
    { numRuns: 1000 },
  )
})
