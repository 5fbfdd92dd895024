import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import { checkLedger } from '../../src/core/ledger/check-ledger.ts'
import { rollBalances } from '../../src/core/ledger/roll-balances.ts'
import { readBalances } from '../../src/core/ledger/balance.sql.ts'
import { merchantDesk, type MerchantDesk, type Said } from '../merchant-desk.ts'
import { post, stage, type Answer, type Stage } from '../refusals/payment-cases.ts'
import { openWorld, type World } from '../world.ts'

/** Two gateways over one database: what one process does alone, the other must not undo. */
let world: World
let twin: World
let at: Stage
let desk: MerchantDesk
before(async () => {
  world = await openWorld()
  twin = await openWorld({ databaseUrl: world.databaseUrl })
  at = await stage(world)
  desk = merchantDesk(world, at.town)
})
after(async () => {
  try {
    await twin.close()
  } finally {
    await world.close()
  }
})

const success = { status: 200, description: 'Success' }
/** Sends each message to one of the gateways in turn, all at once. */
const confirmAll = async (all: readonly Said[]): Promise<readonly Answer[]> =>
  await Promise.all(
    all.map(
      async (said, place) => await post((place % 2 === 0 ? world : twin).url + wire.paths.confirm, said),
    ),
  )
const status = async (number: string) => {
  const { body } = await desk.status(number)
  return [body['status'], body['amount_paid']]
}
const addresses = ['merchant/KES', 'fees/KES', 'credits/KES', 'clearing/rates-bank/KES'] as const
const balances = async (): Promise<readonly bigint[]> => {
  const { organizationId } = at.town.merchant
  return await readBalances(
    world.deps.db,
    addresses.map((address) => ({ organizationId, address })),
  )
}
const gained = async (work: () => Promise<void>): Promise<readonly bigint[]> => {
  const before = await balances()
  await work()
  return (await balances()).map((after, place) => after - (before[place] ?? 0n))
}
const noticesOf = async (number: string): Promise<readonly number[]> => {
  const text = `select n.sequence from notice n join invoice i on i.organization_id = n.organization_id
    and i.id = n.invoice_id where i.number = $1 order by n.sequence`
  const rows = await world.deps.db.query<{ readonly sequence: number }>({ name: 'notices_for_test', text }, [
    number,
  ])
  return rows.map(({ sequence }) => sequence)
}

test('[money 5] fifty identical confirms at once, at two gateways, credit once and all answer Success', async () => {
  const number = await at.bill()
  const said = at.confirming({ ref_no: number })
  const moved = await gained(async () => {
    const answers = await confirmAll(Array.from({ length: 50 }, () => said))
    for (const { status: code, body } of answers) assert.deepEqual([code, body], [200, success])
  })
  assert.deepEqual(moved, [10_000n, 500n, 0n, -10_500n])
  assert.deepEqual(await status(number), ['settled', '105.00'])
  assert.deepEqual(await noticesOf(number), [1])
})

test('[money 2] of fifty confirms at once with one id and fifty amounts one is booked, and the others are Failed', async () => {
  const number = await at.bill()
  const id = { ref_no: number, gateway_transaction_id: 'RACE-1' }
  const all = Array.from({ length: 50 }, (_, place) => at.confirming({ ...id, amount: `${place + 1}.00` }))
  const answers = await confirmAll(all)
  const won = answers.flatMap(({ status: code }, place) => (code === 200 ? [place + 1] : []))
  assert.equal(won.length, 1)
  assert.deepEqual(new Set(answers.map(({ status: code }) => code)), new Set([200, 500]))
  assert.deepEqual(await status(number), ['partial', `${won[0] ?? 0}.00`])
})

test('[money 6] fifty different confirms at once on one bill add up exactly', async () => {
  const number = await at.bill()
  const moved = await gained(async () => {
    const all = Array.from({ length: 50 }, (_, place) =>
      at.confirming({ ref_no: number, amount: `0.${10 + place}` }),
    )
    for (const { body } of await confirmAll(all)) assert.deepEqual(body, success)
  })
  // 0.10 + 0.11 + … + 0.59
  assert.deepEqual(moved, [1_725n, 0n, 0n, -1_725n])
  assert.deepEqual(await status(number), ['partial', '17.25'])
  assert.deepEqual(
    await noticesOf(number),
    Array.from({ length: 50 }, (_, place) => place + 1),
  )
})

test('[money 6] they add up without a notice too, whose own uniqueness would otherwise catch what a lock let slip', async () => {
  const number = await at.bill({ quiet: true })
  for (let round = 1; round <= 3; round += 1) {
    const all = Array.from({ length: 30 }, () => at.confirming({ ref_no: number, amount: '1.00' }))
    for (const { body } of await confirmAll(all)) assert.deepEqual(body, success)
    assert.deepEqual(await status(number), ['partial', `${round * 30}.00`])
  }
  assert.deepEqual(await noticesOf(number), [])
})

test('[money 6] fifty confirms at once that are together too much settle the bill once; the rest is credit', async () => {
  const number = await at.bill()
  const moved = await gained(async () => {
    const all = Array.from({ length: 50 }, () => at.confirming({ ref_no: number, amount: '10.00' }))
    for (const { body } of await confirmAll(all)) assert.deepEqual(body, success)
  })
  assert.deepEqual(moved, [10_000n, 500n, 39_500n, -50_000n])
  assert.deepEqual(await status(number), ['settled', '105.00'])
  assert.equal((await noticesOf(number)).length, 11)
})

test('[money 5, 6] many bills at once in opposite orders, each confirm sent three times, while balances are rolled up', async () => {
  const numbers = await Promise.all(Array.from({ length: 20 }, async () => await at.bill()))
  const parts = numbers.flatMap((ref_no) => [
    at.confirming({ ref_no, amount: '50.00' }),
    at.confirming({ ref_no, amount: '60.00' }),
  ])
  const moved = await gained(async () => {
    const rolling = Promise.all([rollBalances(world.deps), rollBalances(twin.deps)])
    const answers = await confirmAll([...parts, ...parts.toReversed(), ...parts])
    for (const { body } of answers) assert.deepEqual(body, success)
    await rolling
  })
  assert.deepEqual(moved, [200_000n, 10_000n, 10_000n, -220_000n])
  for (const number of numbers) assert.deepEqual(await status(number), ['settled', '105.00'])
  assert.deepEqual(await checkLedger(world.deps), [])
})

test('one bad report never fails its neighbours in a batch', async () => {
  const number = await at.bill()
  const good = Array.from({ length: 20 }, () => at.confirming({ ref_no: number, amount: '1.00' }))
  const clash = at.confirming({ ref_no: number, amount: '1.00', gateway_transaction_id: 'BAD-1' })
  assert.equal((await post(world.url + wire.paths.confirm, clash)).status, 200)
  const bad = at.confirming({ ref_no: number, amount: '2.00', gateway_transaction_id: 'BAD-1' })
  const wrong = { ...at.confirming({ ref_no: number }), secure_hash: 'x' }
  const answers = await confirmAll([...good.slice(0, 10), bad, wrong, ...good.slice(10)])
  assert.deepEqual(
    answers.map(({ status: code }) => code),
    [...Array<number>(10).fill(200), 500, 401, ...Array<number>(10).fill(200)],
  )
  assert.deepEqual(await status(number), ['partial', '21.00'])
})
