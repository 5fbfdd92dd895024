import { createHash } from 'node:crypto'
import pg from 'pg'
import { migrate, readMigrations } from '../src/outside/migrate.ts'

/**
 * The migrated database that every test database is copied from: made once per server and set of migrations, under a
 * lock, because test files start at the same time. Returns its name.
 */
export async function ensureTemplate(serverUrl: string): Promise<string> {
  const name = templateName()
  await withAdmin(serverUrl, async (admin) => {
    await admin.query('SELECT pg_advisory_lock(hashtext($1))', [name])
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 1) return
    // Half a template must never be taken for a whole one: it gets its name when it is finished.
    const raw = `${name}_raw`
    await admin.query(`DROP DATABASE IF EXISTS ${raw} WITH (FORCE)`)
    await admin.query(`CREATE DATABASE ${raw}`)
    await migrate(databaseOn(serverUrl, raw))
    await admin.query(`ALTER DATABASE ${raw} RENAME TO ${name}`)
  })
  return name
}

/** Another migration text gives another template. */
export function templateName(): string {
  const hash = createHash('sha256')
  for (const { name, sha256 } of readMigrations()) hash.update(`${name} ${sha256}\n`)
  return `lango_template_${hash.digest('hex').slice(0, 12)}`
}

/** The address of another database on the same server. */
export function databaseOn(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

export async function withAdmin<T>(serverUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: databaseOn(serverUrl, 'postgres') })
  admin.on('error', () => undefined)
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}
