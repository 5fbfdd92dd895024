import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  checkLetter,
  invoiceLetters,
  invoiceNumber,
  isInvoiceNumber,
  isServiceCode,
  serviceCode,
  uuidv7,
  type Chance,
} from './id.ts'

const chance: Chance = { bytes: (length) => new Uint8Array(randomBytes(length)) }
const letter = fc.constantFrom(...invoiceLetters.split(''))
const body = fc.array(letter, { minLength: 7, maxLength: 7 }).map((letters) => letters.join(''))
const number = body.map((letters) => letters + checkLetter(letters))

test('every number that we give is one of ours, in letters that nobody mistakes for another', () => {
  for (let count = 0; count < 500; count += 1) {
    const given = invoiceNumber(chance)
    assert.ok(isInvoiceNumber(given), given)
    assert.doesNotMatch(given, /[ILOQU]/)
  }
})

test('one letter typed wrongly is always noticed [money 31]', () => {
  fc.assert(
    fc.property(number, fc.integer({ min: 0, max: 7 }), letter, (right, place, typed) => {
      const wrong = right.slice(0, place) + typed + right.slice(place + 1)
      assert.equal(isInvoiceNumber(wrong), typed === right.charAt(place))
    }),
    { numRuns: 2000 },
  )
})

test('two neighbours typed in the wrong order are always noticed [money 31]', () => {
  fc.assert(
    fc.property(number, fc.integer({ min: 0, max: 6 }), (right, place) => {
      const [a = '', b = ''] = right.slice(place, place + 2)
      const wrong = right.slice(0, place) + b + a + right.slice(place + 2)
      assert.equal(isInvoiceNumber(wrong), wrong === right)
    }),
    { numRuns: 5000 },
  )
})

test('what is no number of ours is none', () => {
  for (const text of ['', 'ABCDEFG', 'abcdefgh', 'ABCDEFGHJ', 'ABCDEFGI', '12345678', ' ABCDEFG']) {
    assert.equal(isInvoiceNumber(text), false, text)
  }
})

test('service codes have six digits, no leading zero and a check digit that sees every wrong digit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10_000, max: 99_999 }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 9 }),
      (base, place, digit) => {
        const code = serviceCode(String(base))
        assert.ok(isServiceCode(code))
        const wrong = code.slice(0, place) + String(digit) + code.slice(place + 1)
        assert.equal(isServiceCode(wrong), wrong === code)
      },
    ),
  )
})

test('identifiers are UUIDs of version 7 that sort by their time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 2 }), (at) => {
      const [one, next] = [uuidv7(at, chance.bytes(10)), uuidv7(at + 1, chance.bytes(10))]
      assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      assert.ok(one < next)
      assert.equal(Number.parseInt(one.replace('-', '').slice(0, 12), 16), at)
    }),
  )
  assert.throws(() => uuidv7(0, new Uint8Array(9)))
})
