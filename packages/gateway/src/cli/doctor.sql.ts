import type pg from 'pg'

/** What decides whether an acknowledged commit survives a power cut. */
export const durability = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

export async function readSettings(
  client: pg.Client,
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    'SELECT name, setting FROM pg_settings WHERE name = ANY ($1)',
    [names],
  )
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
}

/** Milliseconds since 1970 by the database's clock. */
export async function readClock(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ now: string }>(
    'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now',
  )
  return Number(rows[0]?.now)
}
