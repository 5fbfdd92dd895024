import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { only, statement, type Row } from '../../../packages/gateway/src/base/db.ts'
import { startEmbedded } from '../../../packages/gateway/src/outside/embedded-postgres/start.ts'
import { connectAsRole, migrate } from '../../../packages/gateway/src/outside/migrate.ts'
import { openPostgres, type Postgres } from '../../../packages/gateway/src/outside/postgres.ts'

/** A migrated database of the bench's own, on the server that everything in one run shares. */
export type Ground = {
  /** As the gateway connects: its role, and no more rights. */
  readonly gatewayUrl: string
  /** As the bench connects: it may make tables. */
  readonly ownerUrl: string
  readonly db: Postgres
  /** In words. */
  readonly server: string
  /** Its major version. */
  readonly version: number
  /** The server's main process where it runs on this machine. */
  readonly postmaster: number | null
  readonly close: () => Promise<void>
}

const about = statement<{ readonly version: string; readonly pid: number; readonly sync: string }>(
  'bench_server',
  `select current_setting('server_version') as version, pg_backend_pid() as pid,
          current_setting('synchronous_commit') || ', fsync ' || current_setting('fsync') as sync`,
)

/** The server of `DATABASE_URL`, or an embedded one in a folder that goes away with the bench. */
export async function openGround(databaseUrl: string | undefined): Promise<Ground> {
  const server = databaseUrl === undefined ? await ownServer() : await givenServer(databaseUrl)
  await migrate(server.url)
  const db = openPostgres({ url: server.url, connections: 3 })
  const found = only(await db.query(about, []))
  if (found === null) throw new Error('the server says nothing about itself')
  return {
    gatewayUrl: await connectAsRole(server.url),
    ownerUrl: server.url,
    db,
    server: `PostgreSQL ${found.version} (${server.name}), synchronous_commit ${found.sync}`,
    version: Number.parseInt(found.version, 10),
    postmaster: parentOfPostgres(found.pid),
    close: async () => {
      await db.close()
      await server.close()
    },
  }
}

type Server = { readonly url: string; readonly name: string; readonly close: () => Promise<void> }

async function ownServer(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'lango-bench-'))
  const embedded = await startEmbedded({ dataFolder: folder, doing: 'the bench' })
  return {
    url: embedded.connectionString,
    name: 'embedded',
    close: async () => {
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function givenServer(databaseUrl: string): Promise<Server> {
  const name = `lango_bench_${process.pid}`
  const url = new URL(databaseUrl)
  url.pathname = `/${name}`
  const admin = openPostgres({ url: databaseUrl, connections: 1 })
  await admin.query(statement('bench_create_database', `create database ${name}`), [])
  return {
    url: url.href,
    name: 'of DATABASE_URL',
    close: async () => {
      await admin.query(statement('bench_drop_database', `drop database ${name} with (force)`), [])
      await admin.close()
    },
  }
}

/** Null where the server is not on this machine: then its process id means nothing here, or another program. */
function parentOfPostgres(pid: number): number | null {
  const stat = processStat(pid)
  return stat?.name === 'postgres' ? stat.parent : null
}

const tickMicros = 10_000

/**
 * Microseconds of processor time that the server and all its processes have used. Those that ended count in the main
 * process, which collected them.
 */
export function postgresCpuMicros(postmaster: number): number {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const ticks = processes.map((pid) => {
    const stat = processStat(Number(pid))
    if (stat === null) return 0
    if (Number(pid) === postmaster) return stat.own + stat.ended
    return stat.parent === postmaster ? stat.own : 0
  })
  return ticks.reduce((sum, one) => sum + one, 0) * tickMicros
}

/** What proc(5) tells of a process; null when it is gone or this system has no /proc. */
function processStat(pid: number): { name: string; parent: number; own: number; ended: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in brackets and may hold blanks; what follows it is numbers from field 3 on.
    const cut = text.lastIndexOf(')')
    const fields = text
      .slice(cut + 2)
      .split(' ')
      .map(Number)
    const [, parent = 0] = fields
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
    return {
      name: text.slice(text.indexOf('(') + 1, cut),
      parent,
      own: user + system,
      ended: endedUser + endedSystem,
    }
  } catch {
    return null
  }
}

/** After a load of rows: what the server would do in the middle of a measurement it does now. */
export async function settle(db: Postgres): Promise<void> {
  for (const { name, text } of upkeep) await db.query<Row>({ name, text }, [])
}

const upkeep = [statement('bench_vacuum', 'vacuum (analyze)'), statement('bench_checkpoint', 'checkpoint')]
