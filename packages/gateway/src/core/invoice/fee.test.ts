import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { money } from '../../base/money.ts'
import { commission, parseFeeRule, printFeeRule, type FeeRule } from './fee.ts'

const of = (rule: FeeRule, net: bigint): bigint => commission(rule, money(net, 'KES')).minor

const share = (basisPoints: number, least = 0n, most: bigint | null = null): FeeRule => ({
  kind: 'share',
  basisPoints,
  least,
  most,
})
const steps: FeeRule = {
  kind: 'tiers',
  tiers: [
    { upTo: 10_000n, fee: 100n },
    { upTo: 50_000n, fee: 250n },
    { upTo: null, fee: 500n },
  ],
}

const table: readonly (readonly [what: string, rule: FeeRule, net: bigint, fee: bigint])[] = [
  ['no rule', { kind: 'none' }, 10_000n, 0n],
  ['a flat fee', { kind: 'flat', fee: 500n }, 1n, 500n],
  ['a flat fee on a service that costs nothing', { kind: 'flat', fee: 500n }, 0n, 500n],
  ['a share of nothing', share(250), 0n, 0n],
  ['a share of nothing with a least fee', share(250, 100n), 0n, 100n],
  ['a share just below half a cent', share(100), 49n, 0n],
  ['a share of exactly half a cent', share(100), 50n, 1n],
  ['a share just above half a cent', share(100), 51n, 1n],
  ['a share of one and a half cents', share(100), 150n, 2n],
  ['a share just below its least', share(100, 10n), 949n, 10n],
  ['a share at its least', share(100, 10n), 1_000n, 10n],
  ['a share just above its least', share(100, 10n), 1_050n, 11n],
  ['a share at its most', share(100, 0n, 10n), 1_049n, 10n],
  ['a share above its most', share(100, 0n, 10n), 1_050n, 10n],
  ['the whole amount', share(10_000), 12_345n, 12_345n],
  ['no share at all', share(0), 12_345n, 0n],
  ['a share of the largest amount', share(9_999), 99_999_999_999_999n, 99_989_999_999_999n],
  ['below the first bound', steps, 9_999n, 100n],
  ['on the first bound', steps, 10_000n, 100n],
  ['a cent above the first bound', steps, 10_001n, 250n],
  ['on the second bound', steps, 50_000n, 250n],
  ['a cent above the last bound', steps, 50_001n, 500n],
]

for (const [what, rule, net, fee] of table) {
  test(`the fee of ${what} is exact [money 27]`, () => {
    assert.equal(of(rule, net), fee)
  })
}

const minor = fc.bigInt({ min: 0n, max: 99_999_999_999_999n })
const shares = fc
  .record({ points: fc.integer({ min: 0, max: 10_000 }), a: minor, b: minor, open: fc.boolean() })
  .map(({ points, a, b, open }) => share(points, a < b ? a : b, open ? null : a < b ? b : a))
const tiers = fc
  .record({
    bounds: fc.uniqueArray(minor, { maxLength: 5 }),
    fees: fc.array(minor, { minLength: 6, maxLength: 6 }),
  })
  .map(({ bounds, fees }): FeeRule => {
    const rising = bounds.toSorted((a, b) => (a < b ? -1 : 1))
    return {
      kind: 'tiers',
      tiers: [...rising, null].map((upTo, place) => ({ upTo, fee: fees[place] ?? 0n })),
    }
  })
const rules = fc.oneof(
  fc.constant<FeeRule>({ kind: 'none' }),
  minor.map((fee): FeeRule => ({ kind: 'flat', fee })),
  shares,
  tiers,
)

test('a share differs from the exact part by at most half a cent, and stays within its bounds [money 27]', () => {
  fc.assert(
    fc.property(shares, minor, (rule, net) => {
      if (rule.kind !== 'share') return
      const fee = of(rule, net)
      assert.ok(fee >= rule.least)
      assert.ok(rule.most === null || fee <= rule.most)
      if (fee === rule.least || fee === rule.most) return
      const off = fee * 10_000n - net * BigInt(rule.basisPoints)
      assert.ok(off >= -5_000n && off <= 5_000n, `${off} ten-thousandths of a cent off`)
    }),
  )
})

test('who pays more never pays a smaller share fee [money 27]', () => {
  fc.assert(
    fc.property(shares, minor, minor, (rule, a, b) => {
      assert.ok(of(rule, a < b ? a : b) <= of(rule, a < b ? b : a))
    }),
  )
})

test('every net amount lies in exactly one tier [money 27]', () => {
  fc.assert(
    fc.property(tiers, minor, (rule, net) => {
      if (rule.kind !== 'tiers') return
      const place = rule.tiers.findIndex(({ upTo }) => upTo === null || net <= upTo)
      assert.equal(of(rule, net), rule.tiers[place]?.fee)
      const below = rule.tiers[place - 1]?.upTo
      assert.ok(below === undefined || (below !== null && below < net))
    }),
  )
})

test('a rule survives being kept as JSON', () => {
  fc.assert(
    fc.property(rules, (rule) => {
      assert.deepEqual(parseFeeRule(JSON.parse(JSON.stringify(printFeeRule(rule)))), {
        ok: true,
        value: rule,
      })
    }),
  )
})

const broken: readonly unknown[] = [
  null,
  'flat',
  {},
  { kind: 'percent' },
  { kind: 'flat' },
  { kind: 'flat', fee: '-1' },
  { kind: 'flat', fee: 1.5 },
  { kind: 'flat', fee: '1'.repeat(16) },
  { kind: 'share', basisPoints: 10_001 },
  { kind: 'share', basisPoints: -1 },
  { kind: 'share', basisPoints: 2.5 },
  { kind: 'share', basisPoints: '100' },
  { kind: 'share', basisPoints: 100, least: 'x' },
  { kind: 'share', basisPoints: 100, most: 'x' },
  { kind: 'share', basisPoints: 100, least: '10', most: '9' },
  { kind: 'tiers', tiers: [] },
  { kind: 'tiers' },
  { kind: 'tiers', tiers: [{ upTo: '5', fee: '1' }] },
  {
    kind: 'tiers',
    tiers: [
      { upTo: null, fee: '1' },
      { upTo: null, fee: '2' },
    ],
  },
  {
    kind: 'tiers',
    tiers: [
      { upTo: '5', fee: '1' },
      { upTo: '5', fee: '2' },
      { upTo: null, fee: '3' },
    ],
  },
  {
    kind: 'tiers',
    tiers: [
      { upTo: '9', fee: '1' },
      { upTo: '5', fee: '2' },
      { upTo: null, fee: '3' },
    ],
  },
  { kind: 'tiers', tiers: [{ upTo: null }] },
  { kind: 'tiers', tiers: [null] },
  { kind: 'tiers', tiers: ['all'] },
]

for (const rule of broken) {
  test(`no fee rule: ${JSON.stringify(rule)}`, () => {
    assert.equal(parseFeeRule(rule).ok, false)
  })
}
