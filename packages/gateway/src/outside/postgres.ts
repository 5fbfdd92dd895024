import pg from 'pg'
import type { Database, Row, Statement, Tx } from '../base/db.ts'
import { Unavailable } from '../base/unavailable.ts'
import { arrayLiteral } from './array-literal.ts'

export type Postgres = Database & { readonly close: () => Promise<void> }

export type PostgresOptions = {
  readonly url: string
  readonly connections?: number
  readonly onFault?: (fault: Error) => void
}

/** bigint columns carry money and transaction ids: read them as bigint, never as a float. */
const readBigint = 20
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === readBigint && format !== 'binary'
      ? BigInt
      : (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
}

/** Serialization failure and deadlock: the transaction did nothing and may be run again. */
const retryable = new Set(['40001', '40P01'])
const tries = 5

/** The server is going, gone or not up yet (class 57P), the connection failed (class 08), or the socket says so. */
const goneCode =
  /^(57P0[1-5]|08...|53300|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$/
/** What `pg` says without a code. */
const goneMessage =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** How long a connection keeps its plans: see docs/decisions/0009. */
const plansLiveMs = 10_000

function replanning(pool: pg.Pool, failed: (fault: Error) => void): void {
  const plannedAt = new WeakMap<pg.PoolClient, number>()
  const say = (client: pg.PoolClient, text: string): void => {
    plannedAt.set(client, performance.now())
    // Not waited for: it travels ahead of whatever the connection was taken for.
    client.query(text).catch(failed)
  }
  pool.on('connect', (client) => say(client, plansByKey))
  pool.on('acquire', (client) => {
    if (performance.now() - (plannedAt.get(client) ?? 0) > plansLiveMs) say(client, 'discard plans')
  })
}

/**
 * What the gateway asks, it asks by key. A plan that is made while a table is still small, and kept, would read all of
 * it for every payment of the first busy minutes; and compiling a plan takes longer than any of ours runs. Statements
 * that have no index still read the whole table (docs/decisions/0009).
 */
export const plansByKey = 'set enable_seqscan = off; set jit = off'

/**
 * The database port over `pg`: pools, statements prepared by name. Half of the connections are for statements that stand
 * alone: whatever crowd of transactions waits for its commits, a look-up never waits behind it.
 */
export function openPostgres(options: PostgresOptions): Postgres {
  const connections = options.connections ?? 10
  const transactions = openPool(options, Math.ceil(connections / 2))
  const alone = connections > 1 ? openPool(options, Math.floor(connections / 2)) : transactions
  return {
    query: async (statement, values) => await reaching(async () => await run(alone, statement, values)),
    transaction: async (work) =>
      await reaching(async () => await again(async () => await inTransaction(transactions, work))),
    close: async () => {
      await Promise.all([...new Set([transactions, alone])].map(async (pool) => await pool.end()))
    },
  }
}

function openPool({ url, onFault }: PostgresOptions, connections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'lango',
    // Statements that a transaction starts together travel together; the server still runs them one after the other.
    pipeline: true,
    types,
  })
  pool.on('error', (fault) => onFault?.(fault))
  replanning(pool, (fault) => onFault?.(fault))
  return pool
}

/** Names a lost connection for those who must tell it from a fault of ours. */
async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (fault) {
    if (fault instanceof Error && (goneCode.test(codeOf(fault)) || goneMessage.test(fault.message))) {
      throw new Unavailable(fault.message, { cause: fault })
    }
    throw fault
  }
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (fault) {
      if (attempt === tries || !retryable.has(codeOf(fault))) throw fault
    }
  }
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  // A connection that dies between two statements says so by an event, which would end the process if nobody listened.
  const lost = (fault: Error): void => {
    broken = fault
  }
  client.on('error', lost)
  try {
    await client.query('begin')
    const value = await work({ query: async (statement, values) => await run(client, statement, values) })
    await client.query('commit')
    return value
  } catch (fault) {
    await client.query('rollback').catch((more: unknown) => {
      broken = more instanceof Error ? more : new Error(String(more))
    })
    throw fault
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
}

async function run<R extends Row>(
  on: pg.Pool | pg.PoolClient,
  statement: Statement<R>,
  values: readonly unknown[],
): Promise<readonly R[]> {
  const answer = await on.query<R>({
    name: statement.name,
    text: statement.text,
    values: values.map(parameter),
  })
  return answer.rows
}

function parameter(value: unknown): unknown {
  return Array.isArray(value) ? (arrayLiteral(value) ?? value) : value
}

function codeOf(fault: unknown): string {
  const code = (fault as { readonly code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}
