import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import {
  boundLockWaits,
  createMigrationTable,
  findOldestWork,
  lockMigrations,
  mayActAs,
  noteApplied,
  readApplied,
  serverVersion,
} from './migrate.sql.ts'
import type { Applied } from './migrate.sql.ts'

export type Migration = Applied & { readonly sql: string }

export type MigrateOptions = {
  /** Where the files stand; ours by default. */
  readonly folder?: string
  /** Stop after this number; a restore brings the database to the version of its backup first. */
  readonly upTo?: number
  readonly say?: (line: string) => void
  readonly patience?: Patience
}

/** How long a statement waits for a table that is in use: one entry a try, with the rest before the next try. */
export type Patience = readonly { readonly waitMs: number; readonly restMs: number }[]

export type Migrated = {
  /** The names that this call applied. */
  readonly applied: readonly string[]
  /** The number the database is at now. */
  readonly version: number
}

/** The migrations and the database do not fit together; the message says what to mend. */
export class MigrationFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'MigrationFault'
  }
}

/**
 * Whoever wants a table that we wait for waits behind us, so waits are short and there are many. They are shorter than
 * the second after which the server looks for deadlocks, so that it is always we who give way; but only after that
 * second does it send a vacuum of its own away, so the later ones are longer. A good minute in all.
 */
const patience: Patience = [
  ...Array.from({ length: 10 }, (_, at) => ({ waitMs: 300, restMs: 200 * (at + 1) })),
  ...Array.from({ length: 15 }, () => ({ waitMs: 1500, restMs: 2000 })),
]

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

/**
 * Applies the migrations that the database lacks, in order, each in a transaction of its own under one lock, so that
 * any number of processes may start at once. Throws MigrationFault before it touches anything when an applied file
 * was changed or is missing, or when the server is older than PostgreSQL 15.
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<Migrated> {
  const all = readMigrations(options.folder)
  const wanted = all.filter(({ number }) => number <= (options.upTo ?? Infinity))
  return withClient(databaseUrl, async (client) => {
    const version = await serverVersion(client)
    if (version < 150_000) {
      throw new MigrationFault(`this PostgreSQL is ${version / 10_000}; Lango needs 15 or newer.`)
    }
    const done: string[] = []
    let before = checkApplied(await readApplied(client), all)
    for (const file of wanted.filter(({ number }) => number > before)) {
      const applied = await applyPatiently(client, { file, all }, options)
      if (applied) {
        done.push(file.name)
        options.say?.(`Applied ${file.name}`)
      }
      before = file.number
    }
    return { applied: done, version: before }
  })
}

/** What stands in the way or is still to do, without doing it: for `lango doctor` and `lango migrate --dry-run`. */
export async function pendingMigrations(databaseUrl: string, folder?: string): Promise<readonly string[]> {
  const files = readMigrations(folder)
  return withClient(databaseUrl, async (client) => {
    const version = checkApplied(await readApplied(client), files)
    return files.filter(({ number }) => number > version).map(({ name }) => name)
  })
}

/**
 * The address at which the gateway connects: as the least-privileged role when the migrations made it and this user may
 * act as it, so that not even a mistake of ours can change a ledger row. Otherwise as the user itself.
 */
export async function connectAsRole(databaseUrl: string, role = 'lango_app'): Promise<string> {
  if (!(await withClient(databaseUrl, (client) => mayActAs(client, role)))) return databaseUrl
  const url = new URL(databaseUrl)
  const given = url.searchParams.get('options')
  url.searchParams.set('options', `${given === null ? '' : `${given} `}-c role=${role}`)
  // libpq, unlike a form, reads a plus sign as a plus sign.
  url.search = url.search.replaceAll('+', '%20')
  // Some poolers refuse options at connecting; then the user's own rights have to do.
  return withClient(url.href, () => Promise.resolve(url.href)).catch(() => databaseUrl)
}

/** The files in order; throws when their numbers leave a gap, meet, or a file is no migration. */
export function readMigrations(folder = migrationsFolder): readonly Migration[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return files.sort().map((file, index) => {
    const found = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)
    if (found === null) throw new MigrationFault(`${file}: name it NNNN_words_with_underscores.sql.`)
    const number = Number(found[1])
    if (number !== index + 1) {
      throw new MigrationFault(
        `${file}: the next number is ${String(index + 1).padStart(4, '0')}; rename it.`,
      )
    }
    // Git may check text out with other line ends; that is no change.
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
    if (/^\s*(begin|commit|rollback|start\s+transaction)\s*;/im.test(sql)) {
      throw new MigrationFault(`${file}: leave BEGIN and COMMIT out, each file runs in one transaction.`)
    }
    return {
      number,
      name: file.replace('.sql', ''),
      sha256: createHash('sha256').update(sql).digest('hex'),
      sql,
    }
  })
}

/** The number that the database is at. */
function checkApplied(applied: readonly Applied[], files: readonly Migration[]): number {
  for (const one of applied) {
    const file = files.find(({ number }) => number === one.number)
    if (file === undefined) {
      throw new MigrationFault(
        `the database has ${one.name}, which this Lango does not: it was migrated by a newer one. Run that one.`,
      )
    }
    if (file.sha256 !== one.sha256 || file.name !== one.name) {
      throw new MigrationFault(
        `${file.name} is not the ${one.name} that was applied to this database. Put the applied text back ` +
          '(git log shows it) and write what you want to change into a new migration.',
      )
    }
  }
  return applied.at(-1)?.number ?? 0
}

type Step = { readonly file: Migration; readonly all: readonly Migration[] }

/** Lock not available, and deadlock: nothing was done, and may be tried again. */
const inUse = new Set(['55P03', '40P01'])

/** False when another runner was quicker. */
async function applyPatiently(
  client: pg.Client,
  step: Step,
  { patience: tries = patience, say }: MigrateOptions,
): Promise<boolean> {
  for (const [at, { waitMs, restMs }] of tries.entries()) {
    try {
      return await applyOne(client, step, waitMs)
    } catch (error) {
      if (error instanceof MigrationFault) throw error
      const { name, sql } = step.file
      if (!inUse.has((error as { code?: string }).code ?? '')) {
        throw new MigrationFault(`${name} failed and left nothing behind: ${explain(error, sql)}`, error)
      }
      if (at === 0) say?.(`${name} waits for a table that is in use`)
    }
    await sleep(restMs)
  }
  throw new MigrationFault(await whoHolds(client, step.file.name))
}

async function whoHolds(client: pg.Client, name: string): Promise<string> {
  const oldest = await findOldestWork(client)
  const holder =
    oldest === null
      ? 'Run it again at a quieter time.'
      : `The oldest transaction here is of process ${oldest.pid} (${oldest.application}, ${oldest.state}, for ` +
        `${oldest.seconds} s). Run it again when that has ended, or end it: select pg_terminate_backend(${oldest.pid}).`
  return `${name} did not get a table that is in use, and left nothing behind. ${holder}`
}

async function applyOne(client: pg.Client, { file, all }: Step, waitMs: number): Promise<boolean> {
  await client.query('BEGIN')
  try {
    await lockMigrations(client)
    // After the lock among runners: that one may take as long as another runner's whole file.
    await boundLockWaits(client, waitMs)
    await createMigrationTable(client)
    const isNew = checkApplied(await readApplied(client), all) < file.number
    if (isNew) {
      await client.query(file.sql)
      await noteApplied(client, file)
    }
    await client.query('COMMIT')
    return isNew
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

function explain(error: unknown, sql: string): string {
  const { message, position, hint } = error as Error & { position?: string; hint?: string }
  const line = position === undefined ? '' : ` (line ${sql.slice(0, Number(position)).split('\n').length})`
  return `${message}${line}${hint === undefined ? '' : `. ${hint}`}`
}

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'lango migrate' })
  // Losing the server is reported by the statement that notices; the event alone would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
