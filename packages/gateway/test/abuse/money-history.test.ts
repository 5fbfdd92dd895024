// Any history of checkouts and payments, run against the gateway over HTTP and against a model of a few lines, which
// knows neither batches nor transactions nor a database. After each step both must tell the same story.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import fc from 'fast-check'
import { toDate } from '../../src/base/time.ts'
import { cancelUnpaid } from '../../src/core/invoice/invoice.sql.ts'
import { checkLedger } from '../../src/core/ledger/check-ledger.ts'
import { readBalances } from '../../src/core/ledger/balance.sql.ts'
import { rollBalances } from '../../src/core/ledger/roll-balances.ts'
import { ask, encodings, hashOf, merchantDesk, type MerchantDesk, type Said } from '../merchant-desk.ts'
import { nairobi } from '../refusals/payment-cases.ts'
import { buildTown, openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(async () => {
  await world.close()
})

type Step =
  | { readonly kind: 'checkout'; readonly bill: number; readonly cents: bigint }
  | {
      readonly kind: 'confirm'
      readonly bill: number
      readonly id: number
      readonly cents: bigint
      readonly currency: string
    }
  | { readonly kind: 'cancel' | 'expire'; readonly bill: number }
  | { readonly kind: 'roll' }

const bill = fc.integer({ min: 0, max: 3 })
const cents = fc.constantFrom(1n, 2_500n, 5_000n, 10_000n, 10_500n, 99_999n)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('checkout' as const),
      bill,
      cents: fc.constantFrom(5_000n, 10_000n),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('confirm' as const),
      // The fourth bill is never raised: its number is nobody's.
      bill: fc.integer({ min: 0, max: 4 }),
      id: fc.integer({ min: 0, max: 9 }),
      cents,
      currency: fc.constantFrom('KES', 'KES', 'KES', 'USD'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'expire' as const), bill }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'roll' as const }) },
)

type Bill = { readonly net: bigint; paid: bigint; isCancelled: boolean; isExpired: boolean; told: number }
const fee = 500n

/** What should be true. Balances in cents; `operator` is money that has no home. */
function model() {
  const bills = new Map<number, Bill>()
  const claims = new Map<number, string>()
  const sums = {
    merchant: 0n,
    fees: 0n,
    credits: 0n,
    suspense: 0n,
    suspenseUsd: 0n,
    operator: 0n,
    operatorUsd: 0n,
  }

  function book(said: Extract<Step, { kind: 'confirm' }>): void {
    const found = bills.get(said.bill)
    if (found === undefined) sums[said.currency === 'KES' ? 'operator' : 'operatorUsd'] += said.cents
    else if (found.isCancelled || said.currency !== 'KES')
      sums[said.currency === 'KES' ? 'suspense' : 'suspenseUsd'] += said.cents
    else if (found.isExpired && found.paid < found.net + fee) sums.credits += said.cents
    else pay(found, said.cents)
  }

  function pay(found: Bill, amount: bigint): void {
    const open = found.net + fee - found.paid
    const applied = amount < open ? amount : open
    found.paid += applied
    sums.merchant += applied
    sums.credits += amount - applied
    if (applied === 0n) return
    found.told += 1
    if (applied < open) return
    sums.merchant -= fee
    sums.fees += fee
  }

  return {
    bills,
    sums,
    checkout: (asked: Extract<Step, { kind: 'checkout' }>): 200 | 422 => {
      const found = bills.get(asked.bill)
      if (found !== undefined) return found.net === asked.cents ? 200 : 422
      bills.set(asked.bill, { net: asked.cents, paid: 0n, isCancelled: false, isExpired: false, told: 0 })
      return 200
    },
    confirm: (said: Extract<Step, { kind: 'confirm' }>): 200 | 500 => {
      // A bill that is raised later has another number than the one that was nobody's.
      const content = `${said.bill} ${bills.has(said.bill)} ${said.cents} ${said.currency}`
      const before = claims.get(said.id)
      if (before !== undefined) return before === content ? 200 : 500
      claims.set(said.id, content)
      book(said)
      return 200
    },
    cancel: (at: number): boolean => {
      const found = bills.get(at)
      if (found === undefined || found.isCancelled || found.paid > 0n) return false
      found.isCancelled = true
      return true
    },
  }
}

const twoDecimals = (amount: bigint): string => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`

/** The same through the gateway's own doors. */
function actual(desk: MerchantDesk, run: number) {
  // A number that is formed right and that nobody has, until its bill is raised.
  const numbers = new Map<number, string>()
  const { organizationId } = desk.town.merchant
  const { bank } = desk.town
  const at = nairobi(toDate(world.deps.clock.now()))
  const keyOf = async (place: number) => await world.deps.routeInvoice(numbers.get(place) ?? '')
  return {
    checkout: async ({
      bill: place,
      cents: amount,
    }: Extract<Step, { kind: 'checkout' }>): Promise<number> => {
      const heard = await desk.checkout({
        billRefNumber: `RUN-${run}-${place}`,
        amountExpected: twoDecimals(amount),
      })
      if (heard.status === 200) numbers.set(place, String(heard.body['invoice_number']))
      return heard.status
    },
    confirm: async ({
      bill: place,
      id,
      cents: amount,
      currency,
    }: Extract<Step, { kind: 'confirm' }>): Promise<number> => {
      const said: Said = {
        api_client_id: bank.apiClientId,
        ref_no: numbers.get(place) ?? `NOBILL${'ABCDE'.charAt(place)}`,
        amount: twoDecimals(amount),
        currency,
        gateway_transaction_id: `RUN-${run}-${id}`,
        gateway_transaction_date: at,
        customer_name: 'Wanjiku Kamau',
        customer_account_number: '254700000001',
      }
      const secure_hash = hashOf(wire.recipes.confirm, said, bank.keys)
      return (await ask(desk.url(wire.paths.confirm), encodings.json({ ...said, secure_hash }))).status
    },
    cancel: async (place: number): Promise<boolean> => {
      const key = await keyOf(place)
      return key !== null && (await cancelUnpaid(world.deps.db, key))
    },
    expire: async (place: number): Promise<void> => {
      const text = `update invoice set expires_at = '2020-01-01Z' where organization_id = $1 and number = $2`
      await world.deps.db.query({ name: 'expire_in_history', text }, [
        organizationId,
        numbers.get(place) ?? '',
      ])
    },
    status: async (place: number) => (await desk.status(`RUN-${run}-${place}`)).body,
    told: async (place: number): Promise<bigint> => {
      const text = 'select count(*) as told from notice where organization_id = $1 and invoice_id = $2'
      const values = [organizationId, (await keyOf(place))?.invoiceId ?? null]
      const [row] = await world.deps.db.query<{ readonly told: bigint }>(
        { name: 'told_in_history', text },
        values,
      )
      return row?.told ?? 0n
    },
    sums: async () => {
      const own = ['merchant/KES', 'fees/KES', 'credits/KES', 'suspense/KES', 'suspense/USD']
      const keys = own.map((address) => ({ organizationId, address }))
      const operator = ['suspense/KES', 'suspense/USD'].map((address) => ({
        organizationId: world.deps.operatorId,
        address,
      }))
      const [merchant, fees, credits, suspense, suspenseUsd, home, homeUsd] = await readBalances(
        world.deps.db,
        [...keys, ...operator],
      )
      return { merchant, fees, credits, suspense, suspenseUsd, operator: home, operatorUsd: homeUsd }
    },
  }
}

/** Two bills stand at the beginning, so that most payments find one. */
const opening: readonly Step[] = [
  { kind: 'checkout', bill: 0, cents: 10_000n },
  { kind: 'checkout', bill: 1, cents: 5_000n },
]

/** Takes one step in both worlds; their answers must agree. */
async function take(
  one: Step,
  told: ReturnType<typeof model>,
  real: ReturnType<typeof actual>,
): Promise<void> {
  switch (one.kind) {
    case 'checkout':
      assert.equal(await real.checkout(one), told.checkout(one))
      break
    case 'confirm':
      assert.equal(await real.confirm(one), told.confirm(one))
      break
    case 'cancel':
      assert.equal(await real.cancel(one.bill), told.cancel(one.bill))
      break
    case 'expire': {
      const found = told.bills.get(one.bill)
      if (found !== undefined) found.isExpired = true
      await real.expire(one.bill)
      break
    }
    case 'roll':
      await rollBalances(world.deps)
  }
}

test('[money 18–24] any history of orders and payments ends, after each of its steps, as the model says', async () => {
  let run = 0
  const steps = { taken: 0, booked: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (history) => {
      run += 1
      const desk = merchantDesk(world, await buildTown(world.deps, { name: `run${run}` }))
      const [told, real] = [model(), actual(desk, run)]
      // Money without a home of the runs before stays where it is.
      const before = await real.sums()
      for (const one of [...opening, ...history]) {
        await take(one, told, real)
        const now = await real.sums()
        assert.deepEqual(
          {
            ...now,
            operator: (now.operator ?? 0n) - (before.operator ?? 0n),
            operatorUsd: (now.operatorUsd ?? 0n) - (before.operatorUsd ?? 0n),
          },
          told.sums,
        )
        assert.deepEqual(await checkLedger(world.deps), [])
        steps.taken += 1
      }
      for (const [place, { net, paid, told: notices }] of told.bills) {
        const state = paid === 0n ? 'pending' : paid === net + fee ? 'settled' : 'partial'
        const { status, amount_paid } = await real.status(place)
        assert.deepEqual([status, amount_paid], [state, twoDecimals(paid)])
        assert.equal(await real.told(place), BigInt(notices))
        steps.booked += notices
      }
    }),
    { numRuns: 25, endOnFailure: true },
  )
  assert.ok(steps.taken > 100 && steps.booked > 10, JSON.stringify(steps))
})
