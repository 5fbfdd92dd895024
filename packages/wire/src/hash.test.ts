import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { dataString, encodeDigest, encodings, recipe, secureHash, verifyHash } from './hash.ts'
import type { AsyncMac, Mac } from './mac.ts'

const mac: Mac = (key, data) => createHmac('sha256', key).update(data).digest()
const slowMac: AsyncMac = async (key, data) => mac(key, data)

const letter = recipe({
  fields: ['to', 'text'],
  digest: 'HMAC-SHA-256',
  secret: 'appended',
  encoding: 'base64-of-hex',
})
const text = fc.string({ unit: 'binary', maxLength: 30 })
const letters = fc.record({ to: text, text })
const someKeys = fc.record({ key: text, secret: text })

test('the data is the values in the order of the recipe, then the secret', () => {
  const values = { text: 'habari', to: 'Amina' }
  assert.equal(dataString(letter, values, '!'), 'Aminahabari!')
  assert.equal(dataString({ ...letter, secret: 'none' }, values, '!'), 'Aminahabari')
})

test('a message that lacks a field of its recipe does not compile', () => {
  // @ts-expect-error `text` is missing.
  dataString(letter, { to: 'Amina' }, '!')
  // @ts-expect-error A number has lost the characters that were signed.
  dataString(letter, { to: 'Amina', text: 1.0 }, '!')
})

test('a hash verifies, now or later, and says how it was encoded', async () => {
  await fc.assert(
    fc.asyncProperty(letters, someKeys, async (values, keys) => {
      const hash = secureHash(letter, values, keys, mac)
      assert.equal(hash, await secureHash(letter, values, keys, slowMac))
      assert.equal(verifyHash(letter, values, hash, { keys, mac }), 'base64-of-hex')
      assert.equal(await verifyHash(letter, values, hash, { keys, mac: slowMac }), 'base64-of-hex')
    }),
  )
})

test('every encoding of one digest is accepted by a lenient reader, and one only by a strict one', () => {
  fc.assert(
    fc.property(letters, someKeys, fc.constantFrom(...encodings), (values, keys, encoding) => {
      const given = encodeDigest(mac(keys.key, dataString(letter, values, keys.secret)), encoding)
      assert.equal(verifyHash(letter, values, given, { keys, mac, lenient: true }), encoding)
      const strict = encoding === letter.encoding ? encoding : null
      assert.equal(verifyHash(letter, values, given, { keys, mac }), strict)
    }),
  )
})

test('hexadecimal may be in either case, but not the hexadecimal inside base64', () => {
  const values = { to: 'Amina', text: 'habari' }
  const keys = { key: 'k', secret: 's' }
  const upper = Buffer.from(mac('k', 'Aminahabaris')).toString('hex').toUpperCase()
  assert.equal(verifyHash(letter, values, upper, { keys, mac, lenient: true }), 'hex')
  const inBase64 = Buffer.from(upper).toString('base64')
  assert.equal(verifyHash(letter, values, inBase64, { keys, mac, lenient: true }), null)
})

test('one flipped bit, anywhere in the digest, fails in every encoding', () => {
  const values = { to: 'Amina', text: 'habari' }
  const keys = { key: 'k', secret: 's' }
  for (let bit = 0; bit < 256; bit++) {
    const digest = Uint8Array.from(mac(keys.key, 'Aminahabaris'))
    digest[bit >> 3] = (digest[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    for (const encoding of encodings) {
      const given = encodeDigest(digest, encoding)
      assert.equal(verifyHash(letter, values, given, { keys, mac, lenient: true }), null)
    }
  }
})

test('one changed, added or lost character of the given text fails, unless it is the case of hexadecimal', () => {
  fc.assert(
    fc.property(
      letters,
      fc.constantFrom(...encodings),
      fc.nat(),
      fc.string(),
      (values, encoding, place, other) => {
        const keys = { key: 'k', secret: 's' }
        const given = encodeDigest(mac(keys.key, dataString(letter, values, keys.secret)), encoding)
        const at = place % given.length
        const changed = given.slice(0, at) + other + given.slice(at + 1)
        fc.pre(changed.toLowerCase() !== given.toLowerCase())
        assert.equal(verifyHash(letter, values, changed, { keys, mac, lenient: true }), null)
      },
    ),
  )
})

test('another key, another secret or another value fails', () => {
  fc.assert(
    fc.property(letters, someKeys, fc.string({ minLength: 1 }), (values, keys, more) => {
      const hash = secureHash(letter, values, keys, mac)
      // HMAC pads a key with zero bytes, so a key that ends in them is no other key.
      const otherKey = `x${more}${keys.key}`
      assert.equal(verifyHash(letter, values, hash, { keys: { ...keys, key: otherKey }, mac }), null)
      assert.equal(
        verifyHash(letter, values, hash, { keys: { ...keys, secret: keys.secret + more }, mac }),
        null,
      )
      const changed = { ...values, text: values.text + more }
      assert.equal(verifyHash(letter, changed, hash, { keys, mac }), null)
    }),
  )
})

test('characters that move to a neighbouring field leave the hash as it was: a property of this wire', () => {
  fc.assert(
    fc.property(letters, someKeys, fc.nat(30), ({ to, text }, keys, moved) => {
      const joined = to + text
      const at = Math.min(moved, joined.length)
      const shifted = { to: joined.slice(0, at), text: joined.slice(at) }
      const hash = secureHash(letter, { to, text }, keys, mac)
      // A half of a surrogate pair is no text; doors refuse it, see `String.prototype.isWellFormed`.
      fc.pre(shifted.to.isWellFormed() && shifted.text.isWellFormed())
      assert.equal(verifyHash(letter, shifted, hash, { keys, mac }), 'base64-of-hex')
    }),
  )
})
