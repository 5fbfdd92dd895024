import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { checkLedger } from '../../src/core/ledger/check-ledger.ts'
import { readBalances } from '../../src/core/ledger/balance.sql.ts'
import { rollBalances } from '../../src/core/ledger/roll-balances.ts'
import { postTransfers } from '../../src/core/ledger/post-transfers.ts'
import { ledgerDesk, type LedgerDesk } from '../ledger-desk.ts'
import { stage, type Stage } from '../refusals/payment-cases.ts'
import { buildTown, openWorld, type World } from '../world.ts'

let world: World
let twin: World
let desk: LedgerDesk
let at: Stage
before(async () => {
  world = await openWorld()
  twin = await openWorld({ databaseUrl: world.databaseUrl })
  desk = ledgerDesk(world.deps, (await buildTown(world.deps)).merchant.organizationId)
  await desk.open('clearing/test/KES')
  await desk.open('merchant/KES')
  at = await stage(world)
})
after(async () => {
  try {
    await twin.close()
  } finally {
    await world.close()
  }
})

/** Rolls until an account is rolled up so far: a transaction of another database on the server may hold it up. */
async function rollUpTo(address: string, posted: bigint): Promise<void> {
  for (let tries = 0; (await rolled(address)) !== posted; tries += 1) {
    assert.ok(tries < 200, `${address} was never rolled up to ${posted}`)
    await rollBalances(world.deps)
    await sleep(25)
  }
}

/** How far an account is rolled up. */
async function rolled(address: string): Promise<bigint> {
  const text = 'select posted::text as posted from rollup where organization_id = $1 and address = $2'
  const [row] = await desk.run<{ readonly posted: string }>('rolled_for_test', text, [
    desk.organizationId,
    address,
  ])
  return BigInt(row?.posted ?? '0')
}

test('[money 81] while a transaction stays open nothing beyond it is rolled up, and balances are exact all the same', async () => {
  const slow = new pg.Client({ connectionString: world.databaseUrl })
  await slow.connect()
  try {
    await desk.post([desk.movement('clearing/test/KES', 'merchant/KES', 100n)])
    await rollUpTo('merchant/KES', 100n)
    await slow.query('begin')
    const { organizationId } = desk
    await slow.query(
      `insert into transfer (organization_id, id, debit, credit, amount, currency, code, booked_at, value_at)
       values ($1, $2, 'clearing/test/KES', 'merchant/KES', 7, 'KES', 'move', now(), now())`,
      [organizationId, world.deps.ids.next()],
    )
    await desk.post([desk.movement('clearing/test/KES', 'merchant/KES', 50n)])
    await rollBalances(world.deps)
    assert.equal(await rolled('merchant/KES'), 100n, 'the horizon waits for the oldest transaction')
    assert.deepEqual(await desk.balances('merchant/KES', 'clearing/test/KES'), [150n, -150n])
    await slow.query('commit')
    assert.deepEqual(await desk.balances('merchant/KES', 'clearing/test/KES'), [157n, -157n])
    await rollUpTo('merchant/KES', 157n)
    assert.deepEqual(await desk.balances('merchant/KES', 'clearing/test/KES'), [157n, -157n])
  } finally {
    await slow.end()
  }
})

test('[money 81] under load, with two processes rolling, every balance that anybody reads is one that was true', async () => {
  const addresses = ['merchant/KES', 'clearing/test/KES'] as const
  const keys = addresses.map((address) => ({ organizationId: desk.organizationId, address }))
  const [start = 0n] = await desk.balances('merchant/KES')
  const posts = 60
  let under = 0
  let done = 0
  let isOver = false
  const reading = (async () => {
    let reads = 0
    for (let last = start; !isOver; reads += 1) {
      const least = start + BigInt(done) * 10n
      const [earned = 0n, cleared = 0n] = await readBalances(twin.deps.db, keys)
      assert.equal(earned, -cleared, 'both sides of a movement are seen, or none')
      assert.ok(earned >= least, 'what was answered before the read is in it')
      assert.ok(earned <= start + BigInt(under) * 10n, 'nothing is seen that nobody asked for')
      assert.ok(earned >= last, 'a balance that only grows never shrinks')
      last = earned
    }
    return reads
  })()
  const rolling = (async () => {
    while (!isOver) await Promise.all([rollBalances(world.deps), rollBalances(twin.deps)])
  })()
  await Promise.all(
    Array.from({ length: 6 }, async (_, writer) => {
      for (let count = 0; count < posts / 6; count += 1) {
        under += 1
        const { deps } = writer % 2 === 0 ? world : twin
        await postTransfers(deps, [desk.movement('clearing/test/KES', 'merchant/KES', 10n)])
        done += 1
      }
    }),
  )
  isOver = true
  await rolling
  assert.ok((await reading) > 5)
  assert.deepEqual(await desk.balances(...addresses), [start + 600n, -start - 600n])
  assert.deepEqual(await checkLedger(world.deps), [])
})

test('rolling up again and again, and twice at once, counts nothing twice', async () => {
  const [before = 0n] = await desk.balances('merchant/KES')
  for (let round = 0; round < 5; round += 1) {
    await desk.post([desk.movement('clearing/test/KES', 'merchant/KES', 1n)])
    await Promise.all(
      Array.from(
        { length: 4 },
        async (_, place) => await rollBalances((place % 2 === 0 ? world : twin).deps),
      ),
    )
  }
  assert.equal(await rollBalances(world.deps), 0, 'nothing is left to roll')
  assert.deepEqual(await desk.balances('merchant/KES'), [before + 5n])
})

const untouchable: readonly (readonly [table: string, change: string])[] = [
  ['transfer', 'update transfer set amount = amount + 1'],
  ['transfer', 'update transfer set txn = 0'],
  ['transfer', 'delete from transfer'],
  ['transfer', 'truncate transfer'],
  [
    'transfer',
    `insert into transfer select * from transfer on conflict (organization_id, id) do update set amount = 1`,
  ],
  ['payment', 'update payment set amount = 1'],
  ['payment', 'delete from payment'],
  ['payment', 'truncate payment'],
  ['payment_claim', `update payment_claim set external_id = external_id || 'x'`],
  ['payment_claim', 'delete from payment_claim'],
  ['payment_claim', 'truncate payment_claim'],
  ['allocation', 'update allocation set amount = 1'],
  ['allocation', 'delete from allocation'],
  ['allocation', 'truncate allocation'],
]

test('[money 84] nobody changes, deletes or empties what was booked, not even the owner of the tables', async () => {
  await at.paid('500.00')
  for (const [place, [table, change]] of untouchable.entries()) {
    const rows = async () =>
      await desk.run(
        `all_${table}_for_test`,
        `select md5(string_agg(t::text, '|' order by t::text)) from ${table} t`,
        [],
      )
    const before = await rows()
    await assert.rejects(
      world.deps.db.query({ name: `change_for_test_${place}`, text: change }, []),
      { code: '23001' },
      change,
    )
    assert.deepEqual(await rows(), before, change)
  }
})

test('the invariants see a wrong amount, wherever it is', async () => {
  const number = await at.paid('40.00')
  const wrongs: readonly (readonly [statement: string, rule: RegExp])[] = [
    [`update invoice set paid = paid + 1 where number = '${number}'`, /what is paid on an invoice/],
    [
      'update rollup set posted = posted + 1 where ctid = (select ctid from rollup limit 1)',
      /a roll-up is the sum/,
    ],
    [
      `delete from notice where sequence = 1 and invoice_id = (select id from invoice where number = '${number}')`,
      /left a notice/,
    ],
  ]
  for (const [text, rule] of wrongs) {
    const client = new pg.Client({ connectionString: world.databaseUrl })
    await client.connect()
    try {
      await client.query('begin')
      await client.query(text)
      const db = {
        query: async () => await Promise.reject(new Error('only inside')),
        transaction: async <T>(work: (tx: Parameters<typeof readBalances>[0]) => Promise<T>): Promise<T> =>
          await work({
            query: async (one, values) =>
              (await client.query({ text: one.text, values: [...values] })).rows as never,
          }),
      }
      const found = await checkLedger({ db })
      assert.ok(
        found.some((violation) => rule.test(violation.rule)),
        `${text}: ${JSON.stringify(found)}`,
      )
    } finally {
      await client.query('rollback')
      await client.end()
    }
  }
  assert.deepEqual(await checkLedger(world.deps), [])
})
