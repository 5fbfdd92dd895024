import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Orders } from '../ground/orders.ts'

export type Pgbench = {
  readonly program: string
  /** As the owner of the database. */
  readonly databaseUrl: string
  /** PostgreSQL 18 makes ids that rise with time, as the gateway does; older ones have only random ones. */
  readonly newId: 'uuidv7()' | 'gen_random_uuid()'
  /** Where the scripts may be written. */
  readonly folder: string
  /** Who pays: the namespace of external ids, and the clearing account. */
  readonly source: string
}

export const clients = 32
const threads = 2

/** Confirms the orders with one of our scripts, each once. Answers with transactions per second. */
export async function runPgbench(
  bench: Pgbench,
  script: 'hot-row' | 'append-only',
  orders: Orders,
): Promise<number> {
  const each = (orders.to - orders.from) / clients
  if (!Number.isInteger(each))
    throw new Error(`${orders.to - orders.from} orders do not go into ${clients} clients`)
  const file = join(bench.folder, `${script}.sql`)
  const text = readFileSync(new URL(`${script}.sql`, import.meta.url), 'utf8')
  writeFileSync(file, text.replaceAll('NEW_ID', bench.newId))
  const numbers = { i: -1, first: orders.from, each, source: bench.source }
  const given = Object.entries(numbers).flatMap(([name, value]) => ['-D', `${name}=${value}`])
  const fixed = [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(clients),
    '-j',
    String(threads),
    '-t',
    String(each),
    '-f',
    file,
  ]
  const said = await run(bench, [...fixed, ...given])
  const done = /number of transactions actually processed: (\d+)\/(\d+)/.exec(said)
  const rate = Number(/^tps = ([\d.]+)/m.exec(said)?.[1])
  if (done === null || done[1] !== done[2] || !(rate > 0))
    throw new Error(`pgbench did not do it all:\n${said}`)
  return rate
}

async function run({ program, databaseUrl }: Pgbench, given: readonly string[]): Promise<string> {
  const child = spawn(program, [...given], { env: { ...process.env, ...libpq(databaseUrl) } })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (said += text.toString()))
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  if (code !== 0) throw new Error(`pgbench ended with ${code ?? 'a signal'}:\n${said}`)
  return said
}

/** The same address in libpq's words: pgbench takes none as a URL. */
function libpq(databaseUrl: string): Readonly<Record<string, string>> {
  const url = new URL(databaseUrl)
  const password = decodeURIComponent(url.password)
  return {
    PGHOST: url.searchParams.get('host') ?? url.hostname,
    PGPORT: url.port === '' ? '5432' : url.port,
    PGUSER: decodeURIComponent(url.username),
    PGDATABASE: url.pathname.slice(1),
    ...(password === '' ? {} : { PGPASSWORD: password }),
  }
}
