// Keeps the private test cluster of a checkout running while somebody is connected to it, and a minute longer, so that
// one test file run after another does not start a server each time.
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedFault } from '../src/outside/embedded-postgres/fault.ts'
import { isAlive } from '../src/outside/embedded-postgres/process-identity.ts'
import { startEmbedded } from '../src/outside/embedded-postgres/start.ts'
import { templateName, withAdmin } from './template.ts'

const idleFor = 60_000
const lookEvery = 5_000

const [dataFolder = ''] = process.argv.slice(2)
try {
  await keep()
} catch (error) {
  // Two test files that start at the same moment start two keepers: one of them is enough.
  if (!(error instanceof EmbeddedFault && error.code === 'held')) throw error
}

async function keep(): Promise<void> {
  const embedded = await startEmbedded({ dataFolder, doing: 'cluster of the tests', durable: false })
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort())
  await dropLeftOvers(embedded.connectionString)
  let busyAt = performance.now()
  while (performance.now() - busyAt < idleFor && !ending.signal.aborted) {
    await sleep(lookEvery, undefined, { signal: ending.signal }).catch(() => undefined)
    if (await isUsed(embedded.connectionString)) busyAt = performance.now()
  }
  await embedded.stop()
}

/** Databases of test processes that were killed, and templates of migrations that have since changed. */
async function dropLeftOvers(url: string): Promise<void> {
  await withAdmin(url, async (admin) => {
    const { rows } = await admin.query<{ datname: string }>('SELECT datname FROM pg_database')
    for (const { datname } of rows) {
      const pid = /^t_(\d+)_/.exec(datname)?.[1]
      const isLeftOver = pid === undefined ? isOldTemplate(datname) : !isAlive(Number(pid))
      if (isLeftOver) await admin.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`)
    }
  })
}

function isOldTemplate(name: string): boolean {
  return /^lango_template_[0-9a-f]+$/.test(name) && name !== templateName()
}

async function isUsed(url: string): Promise<boolean> {
  return withAdmin(url, async (admin) => {
    const { rowCount } = await admin.query(
      `SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    )
    return rowCount !== 0
  })
}
