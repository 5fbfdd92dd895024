import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instant } from '../../base/time.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { bill, now, report } from './payment.fixture.ts'
import { settle } from './settle.ts'

type Place = readonly [kind: string, minor: bigint]
const places = (invoice: Invoice | null, minor: bigint, currency: 'KES' | 'USD' = 'KES'): readonly Place[] =>
  settle(invoice, report(minor, { currency }), now).allocations.map(({ kind, amount }) => [
    kind,
    amount.minor,
  ])

const late = instant(now.epochMs - 1)
const table: readonly (readonly [
  what: string,
  invoice: Invoice | null,
  minor: bigint,
  places: readonly Place[],
])[] = [
  ['a part', bill(), 4_000n, [['invoice', 4_000n]]],
  ['the whole', bill(), 10_500n, [['invoice', 10_500n]]],
  ['a cent too little', bill(), 10_499n, [['invoice', 10_499n]]],
  [
    'a cent too much',
    bill(),
    10_501n,
    [
      ['invoice', 10_500n],
      ['credit', 1n],
    ],
  ],
  [
    'the rest and more [money 23]',
    bill({ paid: 10_000n, state: 'partial' }),
    600n,
    [
      ['invoice', 500n],
      ['credit', 100n],
    ],
  ],
  ['money for a settled bill [money 18]', bill({ paid: 10_500n, state: 'settled' }), 5n, [['credit', 5n]]],
  ['money for a cancelled bill [money 18]', bill({ state: 'cancelled' }), 5n, [['suspense', 5n]]],
  ['money for no bill', null, 5n, [['suspense', 5n]]],
  ['money at the moment of expiry [money 24]', bill({ expiresAt: now }), 5n, [['credit', 5n]]],
  [
    'money after expiry of a part-paid bill [money 24]',
    bill({ expiresAt: late, paid: 1n, state: 'partial' }),
    5n,
    [['credit', 5n]],
  ],
  ['money just before expiry', bill({ expiresAt: instant(now.epochMs + 1) }), 5n, [['invoice', 5n]]],
]

for (const [what, invoice, minor, expected] of table) {
  test(`${what} goes to ${expected.map(([kind]) => kind).join(' and ')}`, () => {
    assert.deepEqual(places(invoice, minor), expected)
  })
}

test('money in another currency pays nothing and waits [money 11]', () => {
  assert.deepEqual(places(bill(), 10_500n, 'USD'), [['suspense', 10_500n]])
})

test('the fee is earned with the payment that settles the bill, and with no other', () => {
  assert.equal(settle(bill(), report(10_499n), now).feeEarned, 0n)
  assert.equal(settle(bill({ paid: 10_499n, state: 'partial' }), report(1n), now).feeEarned, 500n)
  assert.equal(settle(bill({ paid: 10_500n, state: 'settled' }), report(1n), now).feeEarned, 0n)
})

const amount = fc.bigInt({ min: 1n, max: 99_999_999_999_999n })
const invoices = fc
  .record({
    net: amount,
    commission: fc.bigInt({ min: 0n, max: 1_000n }),
    paid: fc.double({ min: 0, max: 1, noNaN: true }),
    state: fc.constantFrom('open', 'cancelled'),
    expiry: fc.constantFrom(null, -1, 0, 1),
  })
  .map(({ net, commission, paid, state, expiry }): Invoice => {
    const whole = net + commission
    const sofar = (whole * BigInt(Math.floor(paid * 1000))) / 1000n
    const open = sofar === 0n ? 'pending' : sofar === whole ? 'settled' : 'partial'
    return bill({
      net,
      commission,
      paid: state === 'cancelled' ? 0n : sofar,
      state: state === 'cancelled' ? 'cancelled' : open,
      expiresAt: expiry === null ? null : instant(now.epochMs + expiry),
    })
  })

test('whatever arrives for whatever bill: its allocations add up to it, none is empty, and the bill is never overfull', () => {
  fc.assert(
    fc.property(
      fc.option(invoices),
      amount,
      fc.constantFrom('KES' as const, 'USD' as const),
      (invoice, minor, currency) => {
        const { allocations, invoice: then, feeEarned } = settle(invoice, report(minor, { currency }), now)
        assert.equal(
          allocations.reduce((sum, part) => sum + part.amount.minor, 0n),
          minor,
        )
        assert.ok(allocations.every((part) => part.amount.minor > 0n && part.amount.currency === currency))
        const applied = allocations.reduce(
          (sum, part) => (part.kind === 'invoice' ? sum + part.amount.minor : sum),
          0n,
        )
        assert.equal(then !== null, applied > 0n, 'a bill changes if and only if something is applied to it')
        if (then === null || invoice === null) return
        assert.equal(then.paid, invoice.paid + applied)
        assert.ok(then.paid <= then.net + then.commission)
        assert.equal(then.state, then.paid === then.net + then.commission ? 'settled' : 'partial')
        assert.equal(feeEarned, then.state === 'settled' ? invoice.commission : 0n)
        assert.equal(then.sequence, invoice.sequence + 1)
      },
    ),
    { numRuns: 2000 },
  )
})
