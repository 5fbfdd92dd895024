import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { load } from '../../src/cli/archive/load.ts'
import { save } from '../../src/cli/archive/save.ts'
import { checkLedger } from '../../src/core/ledger/check-ledger.ts'
import { readBalances, type AccountKey } from '../../src/core/ledger/balance.sql.ts'
import { rollBalances } from '../../src/core/ledger/roll-balances.ts'
import { stage } from '../refusals/payment-cases.ts'
import { openWorld, type World } from '../world.ts'
import { query, supervisor, temporaryFolder, type Supervisor } from './embedded-supervisor.ts'

const folder = temporaryFolder()
let younger: Supervisor
before(async () => {
  younger = await supervisor(join(folder.path, 'younger'))
})
after(async () => {
  await younger.end('SIGTERM')
  folder.remove()
})

async function transactionId(url: string): Promise<bigint> {
  const [row] = (await query(url, 'select pg_current_xact_id()::text as id')) as readonly {
    readonly id: string
  }[]
  return BigInt(row?.id ?? 0)
}

async function balances(world: World, keys: readonly AccountKey[]): Promise<readonly bigint[]> {
  return await readBalances(world.deps.db, keys)
}

test('a restore into a younger cluster keeps every balance, and goes on posting and rolling from there', async () => {
  const old = await openWorld()
  // Ages the old cluster, wherever in the run this test stands.
  await query(
    old.databaseUrl,
    'do $$ begin for i in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$',
  )
  const at = await stage(old)
  const bills = await Promise.all(Array.from({ length: 5 }, async () => await at.bill()))
  for (const bill of bills) await at.confirm({ ref_no: bill, amount: '60.00' })
  await rollBalances(old.deps)
  for (const bill of bills) await at.confirm({ ref_no: bill, amount: '45.00' })
  const keys = ['merchant/KES', 'fees/KES', `clearing/${at.town.bank.apiClientId}/KES`].map((address) => ({
    organizationId: at.town.merchant.organizationId,
    address,
  }))
  const before = await balances(old, keys)
  assert.deepEqual(before, [50_000n, 2_500n, -52_500n])

  const file = join(folder.path, 'all.lango')
  await save({ databaseUrl: old.databaseUrl, file, masterKeys: [], say: () => undefined })
  await load({ databaseUrl: younger.told.connectionString, file, say: () => undefined })
  // Otherwise this test would not see what a stored transaction id of the old cluster does in the new one.
  const [newest] = (await query(old.databaseUrl, 'select max(txn)::text as txn from transfer')) as readonly {
    readonly txn: string
  }[]
  assert.ok(
    (await transactionId(younger.told.connectionString)) < BigInt(newest?.txn ?? 0),
    'the cluster is younger',
  )

  const moved = await openWorld({ databaseUrl: younger.told.connectionString })
  assert.deepEqual(await balances(moved, keys), before)
  await rollBalances(moved.deps)
  assert.deepEqual(await balances(moved, keys), before, 'rolled up anew')
  const there = await fetch(`${moved.url}/api/payment/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(at.confirming({ ref_no: bills[0] ?? '', amount: '10.00' })),
  })
  assert.equal(there.status, 200)
  await rollBalances(moved.deps)
  const clearing = keys.slice(2)
  assert.deepEqual(await balances(moved, clearing), [-53_500n])
  assert.deepEqual(await checkLedger(moved.deps), [])
  await moved.close()
  await old.close()
})
