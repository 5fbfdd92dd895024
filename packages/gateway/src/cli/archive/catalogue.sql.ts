import type pg from 'pg'
import type { Column } from './format.ts'

/** A table of ours, its name quoted and with its schema where that is needed. */
export type Table = { readonly name: string; readonly columns: readonly Column[] }

/** What one migration noted; that table is carried in the header and never as rows. */
const migrationTable = 'lango_migration'

/** Makes PostgreSQL print every value in a form that any other server reads back to the same value. */
export async function printPortably(client: pg.Client): Promise<void> {
  await client.query(`
    SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET timezone = 'UTC';
    SET extra_float_digits = 1; SET bytea_output = 'hex'; SET xmloption = 'content'`)
}

const ours = `
  n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')`

/** Every table that holds rows itself, in the order of names. Generated columns make themselves. */
export async function readTables(client: pg.Client): Promise<readonly Table[]> {
  const { rows } = await client.query<{ name: string; columns: Column[] }>(
    `SELECT c.oid::regclass::text AS name,
            json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod))
                     ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        AND c.relname <> $1 AND ${ours}
      GROUP BY c.oid ORDER BY 1`,
    [migrationTable],
  )
  return rows
}

export async function readSequences(
  client: pg.Client,
): Promise<readonly { readonly sequence: string; readonly value: string; readonly called: boolean }[]> {
  const { rows: names } = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND ${ours} ORDER BY 1`,
  )
  const found: { sequence: string; value: string; called: boolean }[] = []
  for (const { name } of names) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `SELECT last_value::text AS value, is_called AS called FROM ${name}`,
    )
    for (const row of rows) found.push({ sequence: name, ...row })
  }
  return found
}

/** Something to take away before rows are loaded and to put back behind them. */
export type Obstacle = { readonly remove: string; readonly restore: string }

/**
 * Foreign keys, because no order of tables suits them all, and triggers, because the rows are history and not news.
 * Putting a foreign key back checks every row.
 */
export async function readObstacles(client: pg.Client): Promise<readonly Obstacle[]> {
  const { rows } = await client.query<Obstacle>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) AS remove,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) AS restore
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE k.contype = 'f' AND k.conparentid = 0 AND ${ours}
     UNION ALL
     SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', t.tgrelid::regclass, t.tgname),
            format('ALTER TABLE %s ENABLE TRIGGER %I', t.tgrelid::regclass, t.tgname)
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND t.tgparentid = 0 AND ${ours}`,
  )
  return rows
}
