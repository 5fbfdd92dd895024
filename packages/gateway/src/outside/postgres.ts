import pg from 'pg'
import type { Database, Row, Statement, Tx } from '../base/db.ts'

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
    oid === readBigint && format !== 'binary' ? BigInt : (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
}

/** Serialization failure and deadlock: the transaction did nothing and may be run again. */
const retryable = new Set(['40001', '40P01'])
const tries = 5

/** The database port over `pg`: a pool, statements prepared by name. */
export function openPostgres(options: PostgresOptions): Postgres {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'lango',
    types,
  })
  pool.on('error', (fault) => options.onFault?.(fault))
  return {
    query: async (statement, values) => await run(pool, statement, values),
    transaction: async (work) => await again(async () => await inTransaction(pool, work)),
    close: async () => {
      await pool.end()
    },
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
  try {
    await client.query('begin')
    const value = await work({ query: async (statement, values) => await run(client, statement, values) })
    await client.query('commit')
    return value
  } catch (fault) {
    await client.query('rollback').catch((lost: unknown) => {
      broken = lost instanceof Error ? lost : new Error(String(lost))
    })
    throw fault
  } finally {
    client.release(broken)
  }
}

async function run<R extends Row>(
  on: pg.Pool | pg.PoolClient,
  statement: Statement<R>,
  values: readonly unknown[],
): Promise<readonly R[]> {
  const answer = await on.query<R>({ name: statement.name, text: statement.text, values: [...values] })
  return answer.rows
}

function codeOf(fault: unknown): string {
  const code = (fault as { readonly code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}
