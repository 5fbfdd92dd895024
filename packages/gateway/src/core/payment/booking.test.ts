import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { planBooking, type Booking, type Claimed, type Ground } from './booking.ts'
import { bill, now, report } from './payment.fixture.ts'

function ground(...bills: readonly ReturnType<typeof bill>[]): Ground {
  let count = 0
  return {
    now,
    nextId: () => `id-${(count += 1)}`,
    invoices: new Map(bills.map((one) => [one.id, one])),
    earlier: new Map(),
  }
}

const claim = (place: number, minor: bigint, more: Parameters<typeof report>[1] = {}): Claimed => ({
  paymentId: `payment-${place}`,
  report: report(minor, { externalId: `TX-${place}`, ...more }),
})

/** What each account of an organization gained. */
function gains({ transfers }: Booking): Readonly<Record<string, bigint>> {
  const sums: Record<string, bigint> = {}
  for (const { debit, credit, amount } of transfers) {
    sums[debit] = (sums[debit] ?? 0n) - amount
    sums[credit] = (sums[credit] ?? 0n) + amount
  }
  return sums
}

test('a batch is decided in order: each payment sees what those before it did', () => {
  const booking = planBooking([claim(1, 4_000n), claim(2, 7_000n), claim(3, 100n)], ground(bill()))
  assert.deepEqual(
    booking.allocations.map(({ paymentId, place, allocation }) => [
      paymentId,
      place,
      allocation.kind,
      allocation.amount.minor,
    ]),
    [
      ['payment-1', 0, 'invoice', 4_000n],
      ['payment-2', 0, 'invoice', 6_500n],
      ['payment-2', 1, 'credit', 500n],
      ['payment-3', 0, 'credit', 100n],
    ],
  )
  assert.deepEqual(gains(booking), {
    'clearing/bank/KES': -11_100n,
    'merchant/KES': 10_000n,
    'fees/KES': 500n,
    'credits/KES': 600n,
  })
  const [after] = booking.invoices
  assert.deepEqual(
    [after?.state, after?.paid, after?.sequence, booking.invoices.length],
    ['settled', 10_500n, 2, 1],
  )
})

test('each event tells all payments of the bill so far, the earlier ones too, and its own number', () => {
  const earlier = { reference: 'TX-0', amount: '1.00', currency: 'KES', paidAt: 'then', receivedAt: 'then' }
  const before = bill({ paid: 100n, state: 'partial', sequence: 1 })
  const booking = planBooking([claim(1, 4_000n), claim(2, 7_000n)], {
    ...ground(before),
    earlier: new Map([['bill', [earlier]]]),
  })
  assert.deepEqual(
    booking.notices.map(({ event: { sequence, state, paid, credited, payments } }) => [
      sequence,
      state,
      paid,
      credited,
      payments.map((one) => one.reference),
    ]),
    [
      [2, 'partial', '41.00', '0.00', ['TX-0', 'TX-1']],
      [3, 'settled', '105.00', '6.00', ['TX-0', 'TX-1', 'TX-2']],
    ],
  )
})

test('money without a bill is booked with the reference that it came with, and nobody is told', () => {
  const booking = planBooking(
    [claim(1, 5n, { invoiceId: null, homeless: 'no bill has this reference', organizationId: 'operator' })],
    ground(),
  )
  assert.deepEqual(gains(booking), { 'clearing/bank/KES': -5n, 'suspense/KES': 5n })
  assert.deepEqual(
    [booking.notices.length, booking.invoices.length, booking.payments[0]?.report.askedReference],
    [0, 0, 'ABCDEFGH'],
  )
})

const batch = fc.array(
  fc.record({
    minor: fc.bigInt({ min: 1n, max: 12_000n }),
    invoiceId: fc.constantFrom('a', 'b', 'cancelled', 'gone', null),
    currency: fc.constantFrom('KES' as const, 'KES' as const, 'USD' as const),
    source: fc.constantFrom('bank', 'wallet'),
  }),
  { maxLength: 25 },
)

test('a plan of any batch: every payment is the sum of its allocations and of its transfers, and every sum is zero', () => {
  fc.assert(
    fc.property(batch, (all) => {
      const claimed = all.map(({ minor, ...more }, place) => claim(place, minor, more))
      const bills = [
        bill({ id: 'a' }),
        bill({ id: 'b', number: 'BBBBBBBB', net: 3n, commission: 0n }),
        bill({ id: 'cancelled', state: 'cancelled' }),
      ]
      const booking = planBooking(claimed, ground(...bills))
      assert.equal(booking.payments.length, claimed.length)
      assert.equal(
        Object.values(gains(booking)).reduce((sum, gain) => sum + gain, 0n),
        0n,
      )
      for (const { paymentId, report: said } of claimed) {
        const parts = booking.allocations.filter((part) => part.paymentId === paymentId)
        assert.equal(
          parts.reduce((sum, part) => sum + part.allocation.amount.minor, 0n),
          said.money.minor,
        )
        assert.deepEqual(
          parts.map(({ place }) => place),
          parts.map((_, place) => place),
        )
        const out = booking.transfers.filter(
          (one) => one.paymentId === paymentId && one.debit.startsWith('clearing/'),
        )
        assert.equal(
          out.reduce((sum, one) => sum + one.amount, 0n),
          said.money.minor,
        )
      }
      for (const after of booking.invoices) {
        const applied = booking.allocations.reduce(
          (sum, { allocation }) =>
            allocation.kind === 'invoice' && allocation.invoiceId === after.id
              ? sum + allocation.amount.minor
              : sum,
          0n,
        )
        assert.equal(after.paid, applied)
        assert.equal(
          after.sequence,
          booking.notices.filter(({ event }) => event.invoiceNumber === after.number).length,
        )
      }
    }),
    { numRuns: 500 },
  )
})
