import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '../../src/outside/migrate.ts'
import { isAlive } from '../../src/outside/embedded-postgres/process-identity.ts'
import { stage, type Stage } from '../refusals/payment-cases.ts'
import { openWorld, type World } from '../world.ts'
import { query, supervisor, temporaryFolder, type Supervisor } from './embedded-supervisor.ts'
import { audit, load, resubmit, type Confirm } from './load.ts'

const folder = temporaryFolder()
let database: Supervisor
let world: World
let at: Stage

before(async () => {
  database = await supervisor(folder.path)
  await migrate(database.told.connectionString)
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  world = await openWorld({ databaseUrl: database.told.connectionString, log: silent })
  at = await stage(world)
})
after(async () => {
  try {
    await world.close()
  } finally {
    await database.end('SIGTERM')
    folder.remove()
  }
})

/** The server's present main process; the supervisor starts another when one is killed. */
async function serverPid(): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    try {
      const text = `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid`
      const [row] = (await query(database.told.connectionString, text)) as readonly { readonly pid: number }[]
      if (row !== undefined) return row.pid
    } catch (fault) {
      if (tries === 200) throw fault
      await sleep(50)
    }
  }
}

test('[money 8] PostgreSQL killed in the middle of batches, twice: nothing acknowledged is lost, nobody is told "Failed"', async () => {
  const bills = await Promise.all(Array.from({ length: 30 }, async () => await at.bill()))
  let count = 0
  const next = () => {
    count += 1
    return at.confirming({
      ref_no: bills[count % bills.length] ?? '',
      amount: count % 3 === 0 ? '40.00' : '10.00',
    })
  }
  let isOver = false
  const loading = load(world.url, next, 8, () => isOver)
  for (let round = 0; round < 2; round += 1) {
    await sleep(500)
    const pid = await serverPid()
    process.kill(pid, 'SIGKILL')
    while (isAlive(pid)) await sleep(10)
    assert.notEqual(await serverPid(), pid)
  }
  await sleep(300)
  isOver = true
  const all: readonly Confirm[] = await loading
  assert.ok(
    all.some(({ acknowledged }) => !acknowledged),
    'something was cut off',
  )
  assert.ok(all.at(-1)?.acknowledged === true, 'the gateway went on by itself')
  await resubmit(world.url, all)
  await audit(world, all)
})
