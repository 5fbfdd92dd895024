/** The database as the core sees it: named statements over rows. The driver lives in outside/postgres.ts. */

export type Row = Readonly<Record<string, unknown>>

/** A named statement: the server plans it once a connection. `R` is the shape of one row that it returns. */
export type Statement<R extends Row> = {
  readonly name: string
  readonly text: string
  /** Never read; carries the row's type. */
  readonly row?: R
}

/**
 * Whatever statements run on: a connection inside a transaction, or the pool, where each statement is its own.
 * Values are scalars, arrays of scalars, or objects that become JSON; `bigint` stands for PostgreSQL's bigint.
 */
export type Tx = {
  readonly query: <R extends Row>(
    statement: Statement<R>,
    values: readonly unknown[],
  ) => Promise<readonly R[]>
}

/**
 * `transaction` commits when the work returns (a refusal is a return) and rolls back when it throws. It is run
 * again on serialization failures and deadlocks (40001, 40P01), so the work must be safe to repeat. Both throw
 * Unavailable when the connection is lost.
 */
export type Database = Tx & {
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}

/** The transaction as a database: use cases that open transactions of their own become parts of this one. */
export function within(tx: Tx): Database {
  return { query: tx.query, transaction: async (work) => await work(tx) }
}

const known = new Map<string, string>()

/** Declares a statement. Names are unique, so that a test can prepare each against a fresh schema. */
export function statement<R extends Row>(name: string, text: string): Statement<R> {
  if (known.has(name)) throw new Error(`statement ${name} is declared twice`)
  known.set(name, text)
  return { name, text }
}

/** Every statement that the loaded modules declare; for the test that prepares them all. */
export function declaredStatements(): ReadonlyMap<string, string> {
  return known
}

/** The only row, or null. More than one row is a fault of the statement. */
export function only<R>(rows: readonly R[]): R | null {
  if (rows.length > 1) throw new Error(`expected at most one row, got ${rows.length}`)
  return rows[0] ?? null
}
