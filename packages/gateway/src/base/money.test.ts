import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  exponents,
  formatDecimals,
  formatMoney,
  maxIntegerDigits,
  money,
  parseMoney,
  sayMoney,
  type Currency,
} from './money.ts'

const currency = fc.constantFrom(...(Object.keys(exponents) as Currency[]))
/** Whatever parseMoney may give for a currency. */
const amount = currency.chain((code) =>
  fc
    .bigInt({ min: 0n, max: 10n ** BigInt(maxIntegerDigits + exponents[code]) - 1n })
    .map((minor) => money(minor, code)),
)

test('an amount that is printed is read again as the same amount, in every currency', () => {
  fc.assert(
    fc.property(amount, (one) => {
      assert.deepEqual(parseMoney(formatMoney(one), one.currency), { ok: true, value: one })
    }),
  )
})

test('an amount that is printed with more decimals than its currency has loses and gains nothing', () => {
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 3 }), (one, more) => {
      const decimals = exponents[one.currency] + more
      const [whole = '', fraction = ''] = formatDecimals(one, decimals).split('.')
      assert.equal(fraction.length, decimals)
      assert.equal(BigInt(whole + fraction), one.minor * 10n ** BigInt(more))
    }),
  )
})

test('decimals are never dropped', () => {
  assert.throws(() => formatDecimals(money(1n, 'KWD'), 2), /does not fit/)
})

test('whatever is read, its text is digits with at most one point: nothing is guessed or rounded', () => {
  const piece = fc.constantFrom('0', '1', '9', '00', '.', ',', '-', '+', 'e', ' ', '٣', '０', 'x', '_', '∞')
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 16 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, currency, (written, code) => {
      const read = parseMoney(written, code)
      if (!read.ok) return
      assert.match(written, /^(0|[1-9][0-9]{0,11})(\.[0-9]+)?$/)
      const [whole = '', fraction = ''] = written.split('.')
      assert.equal(read.value.minor, BigInt(whole + fraction.padEnd(exponents[code], '0')))
    }),
    { numRuns: 2000 },
  )
})

const refused: readonly (readonly [text: string, currency: string, why: string])[] = [
  ['1', 'XYZ', 'currency'],
  ['1', 'kes', 'currency'],
  ['1', 'constructor', 'currency'],
  ['', 'KES', 'grammar'],
  ['01', 'KES', 'grammar'],
  ['1.', 'KES', 'grammar'],
  ['.5', 'KES', 'grammar'],
  ['1e3', 'KES', 'grammar'],
  ['1\n', 'KES', 'grammar'],
  ['1000000000000', 'KES', 'range'],
  ['9'.repeat(40), 'KES', 'range'],
  ['0.001', 'KES', 'precision'],
  ['0.1', 'JPY', 'precision'],
  ['1.0', 'UGX', 'precision'],
]

for (const [text, code, why] of refused) {
  test(`${JSON.stringify(text)} ${code} is refused for its ${why}`, () => {
    assert.deepEqual(parseMoney(text, code), { ok: false, refusal: why })
  })
}

test('people read grouped thousands, and a currency without cents has none', () => {
  assert.equal(sayMoney(money(150_050n, 'KES'), 'en'), 'KES 1,500.50')
  assert.equal(sayMoney(money(1_500n, 'UGX'), 'en'), 'UGX 1,500')
  assert.equal(sayMoney(money(99_999_999_999_999n, 'KES'), 'en'), 'KES 999,999,999,999.99')
  assert.equal(sayMoney(money(1_234_567n, 'KWD'), 'en'), 'KWD 1,234.567')
  assert.equal(sayMoney(money(1_234_567n, 'KWD'), 'sw'), 'KWD 1,234.567')
  // A French reader takes `1,500` for one and a half.
  assert.equal(sayMoney(money(150_050n, 'KES'), 'fr'), '1\u202f500,50\u00a0KES')
  assert.equal(sayMoney(money(1_234_567n, 'XOF'), 'fr'), '1\u202f234\u202f567\u00a0XOF')
})
