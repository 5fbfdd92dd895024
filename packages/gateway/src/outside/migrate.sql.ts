import type pg from 'pg'

/** One applied migration as the database remembers it. */
export type Applied = { readonly number: number; readonly name: string; readonly sha256: string }

/** A number of our own choosing; any two of our migration runners on one database must agree on it. */
const lockKey = 4_813_021_977

export async function serverVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num')
  return Number(rows[0]?.server_version_num)
}

/** Waits for other runners on this database; the lock ends with the transaction. */
export async function lockMigrations(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [lockKey])
}

/** Until the end of the transaction, a statement that waits longer for a lock fails with 55P03. */
export async function boundLockWaits(client: pg.Client, waitMs: number): Promise<void> {
  await client.query(`SELECT set_config('lock_timeout', $1, true)`, [`${waitMs}ms`])
}

/** The transaction on this database that has been open longest, ours apart; null when there is none. */
export async function findOldestWork(client: pg.Client): Promise<{
  readonly pid: number
  readonly application: string
  readonly state: string
  readonly seconds: number
} | null> {
  const { rows } = await client.query<{ pid: number; application: string; state: string; seconds: number }>(
    `SELECT pid, coalesce(nullif(application_name, ''), backend_type, 'unnamed') AS application,
       coalesce(state, 'unknown') AS state, extract(epoch FROM now() - xact_start)::integer AS seconds
     FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
     ORDER BY xact_start LIMIT 1`,
  )
  return rows[0] ?? null
}

export async function createMigrationTable(client: pg.Client): Promise<void> {
  await client.query(`
    CREATE TABLE IF NOT EXISTS lango_migration (
      number integer PRIMARY KEY,
      name text NOT NULL,
      sha256 text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`)
}

/** In order; none when not even the table is there. */
export async function readApplied(client: pg.Client): Promise<readonly Applied[]> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('lango_migration') IS NOT NULL AS there`,
  )
  if (rows[0]?.there !== true) return []
  const applied = await client.query<Applied>(
    'SELECT number, name, sha256 FROM lango_migration ORDER BY number',
  )
  return applied.rows
}

export async function noteApplied(client: pg.Client, { number, name, sha256 }: Applied): Promise<void> {
  await client.query('INSERT INTO lango_migration (number, name, sha256) VALUES ($1, $2, $3)', [
    number,
    name,
    sha256,
  ])
}

/** Whether the role exists and the connected user may act as it. */
export async function mayActAs(client: pg.Client, role: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT pg_has_role(current_user, oid, 'MEMBER') AS may FROM pg_roles WHERE rolname = $1`,
    [role],
  )
  return rows[0]?.may === true
}
