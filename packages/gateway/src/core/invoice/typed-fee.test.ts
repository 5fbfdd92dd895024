import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { exponents, type Currency } from '../../base/money.ts'
import type { FeeRule } from './fee.ts'
import { readTypedFee, typeFee, type TypedFee } from './typed-fee.ts'

const empty = { flat: '', percent: '', least: '', most: '', tiers: '' }
const read = (typed: Partial<TypedFee>, currency: Currency = 'KES') =>
  readTypedFee({ kind: 'none', ...empty, ...typed }, currency)

test('each kind is read in the service’s own currency', () => {
  assert.deepEqual(read({ kind: 'flat', flat: '5' }), { ok: true, value: { kind: 'flat', fee: 500n } })
  assert.deepEqual(read({ kind: 'flat', flat: '5' }, 'UGX'), { ok: true, value: { kind: 'flat', fee: 5n } })
  assert.deepEqual(read({ kind: 'share', percent: '1.5', least: '1', most: '50.00' }), {
    ok: true,
    value: { kind: 'share', basisPoints: 150, least: 100n, most: 5000n },
  })
  assert.deepEqual(read({ kind: 'tiers', tiers: ' 1000 10 \r\n\n- 20.50' }), {
    ok: true,
    value: {
      kind: 'tiers',
      tiers: [
        { upTo: 100_000n, fee: 1000n },
        { upTo: null, fee: 2050n },
      ],
    },
  }) // prettier-ignore -- a rule reads as one
})

test('what cannot be read is named by its field, with what to mend', () => {
  for (const [typed, field, reason] of [
    [{ kind: 'free' }, 'kind', /Choose how/],
    [{ kind: 'flat', flat: '' }, 'flat', /like 15\.00/],
    [{ kind: 'flat', flat: '5,00' }, 'flat', /like 15\.00/],
    [{ kind: 'flat', flat: '-5' }, 'flat', /like 15\.00/],
    [{ kind: 'flat', flat: '5.005' }, 'flat', /like 15\.00/],
    [{ kind: 'share', percent: '' }, 'percent', /from 0 to 100/],
    [{ kind: 'share', percent: '100.01' }, 'percent', /from 0 to 100/],
    [{ kind: 'share', percent: '1', least: 'x' }, 'least', /An amount in KES/],
    [{ kind: 'share', percent: '1', most: 'x' }, 'most', /An amount in KES/],
    [{ kind: 'share', percent: '1', least: '5', most: '4' }, 'most', /not be below/],
    [{ kind: 'tiers', tiers: '' }, 'tiers', /have to rise/],
    [{ kind: 'tiers', tiers: '1000 10\n500 5\n- 1' }, 'tiers', /have to rise/],
    [{ kind: 'tiers', tiers: '1000 10' }, 'tiers', /last line begins with a dash/],
    [{ kind: 'tiers', tiers: '1000 10\nmore 20' }, 'tiers', /^Line 2, more 20: write two amounts/],
    [{ kind: 'tiers', tiers: '1 1\n'.repeat(51) }, 'tiers', /At most 50 steps/],
  ] as const) {
    const found = read(typed)
    assert.ok(!found.ok, JSON.stringify(typed))
    assert.equal(found.refusal.field, field)
    assert.match(found.refusal.because, reason)
  }
  assert.ok(!read({ kind: 'flat', flat: '5.50' }, 'UGX').ok, 'no decimals where the currency has none')
})

test('what the form shows of any rule is read as the same rule', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 11n })
  const rules: fc.Arbitrary<FeeRule> = fc.oneof(
    fc.constant({ kind: 'none' } as const),
    amount.map((fee): FeeRule => ({ kind: 'flat', fee })),
    fc
      .tuple(fc.integer({ min: 0, max: 10_000 }), amount, fc.option(amount))
      .map(([basisPoints, least, more]): FeeRule => {
        return { kind: 'share', basisPoints, least, most: more === null ? null : least + more }
      }),
    fc
      .tuple(fc.uniqueArray(amount, { maxLength: 20 }), fc.array(amount, { minLength: 21, maxLength: 21 }))
      .map(([bounds, fees]): FeeRule => {
        const rising = [...bounds].sort((a, b) => (a < b ? -1 : 1))
        return {
          kind: 'tiers',
          tiers: [...rising, null].map((upTo, place) => ({ upTo, fee: fees[place] ?? 0n })),
        }
      }), // prettier-ignore -- a kind a block
  )
  const currencies = fc.constantFrom(...(Object.keys(exponents) as Currency[]))
  fc.assert(
    fc.property(rules, currencies, (rule, currency) => {
      assert.deepEqual(readTypedFee(typeFee(rule, currency), currency), { ok: true, value: rule })
    }),
  )
})
