import type pg from 'pg'
import type { Table } from './catalogue.sql.ts'
import type { Row } from './format.ts'

const atATime = 2000

/** Every value as the text that the server printed. */
const asText = { getTypeParser: () => (value: string | Buffer) => value.toString() }

/** All rows of a table in batches, within the caller's transaction. */
export async function* readRows(client: pg.Client, { name, columns }: Table): AsyncGenerator<readonly Row[]> {
  const list = columns.map((column) => column.name).join(', ')
  await client.query(`DECLARE lango_rows NO SCROLL CURSOR FOR SELECT ${list} FROM ${name}`)
  for (;;) {
    const text = `FETCH ${atATime} FROM lango_rows`
    const { rows } = await client.query<(string | null)[]>({ text, rowMode: 'array', types: asText })
    if (rows.length > 0) yield rows
    if (rows.length < atATime) break
  }
  await client.query('CLOSE lango_rows')
}

/** Writes a batch in one statement: an array of texts for each column, read by the server as the column's type. */
export async function writeRows(
  client: pg.Client,
  { name, columns }: Table,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const names = columns.map((column) => column.name).join(', ')
  const arrays = columns.map((_, at) => `$${at + 1}::text[]`).join(', ')
  const aliases = columns.map((_, at) => `c${at}`)
  const values = columns.map(({ type }, at) => `c${at}::${type}`).join(', ')
  await client.query(
    `INSERT INTO ${name} (${names}) OVERRIDING SYSTEM VALUE
     SELECT ${values} FROM unnest(${arrays}) AS given(${aliases.join(', ')})`,
    columns.map((_, at) => rows.map((row) => row[at] ?? null)),
  )
}

export async function countRows(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`)
  return Number(rows[0]?.count)
}

/**
 * Whether every row of the table was put there by a migration. A migration and the note of it are one transaction, so
 * the rows that it wrote carry the same transaction id as its note.
 */
export async function holdsOnlyMigrated(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ foreign: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM ${table} WHERE xmin::text NOT IN (SELECT xmin::text FROM lango_migration)
     ) AS foreign`,
  )
  return rows[0]?.foreign === false
}

export async function emptyTable(client: pg.Client, table: string): Promise<void> {
  await client.query(`DELETE FROM ${table}`)
}

export async function setSequence(
  client: pg.Client,
  name: string,
  value: string,
  called: boolean,
): Promise<void> {
  await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [name, value, called])
}

/** How many others are connected to this database. */
export async function countOthers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  )
  return Number(rows[0]?.count)
}
