import pg from 'pg'
import { migrate, readMigrations } from '../../outside/migrate.ts'
import { CommandFault } from '../command.ts'
import { printPortably, readObstacles, readTables } from './catalogue.sql.ts'
import type { Table } from './catalogue.sql.ts'
import { isRow, isSequence, isTableEnd, isTableStart } from './format.ts'
import type { Header, Row } from './format.ts'
import { readArchive, verifyArchive } from './read.ts'
import { countOthers, countRows, emptyTable, holdsOnlyMigrated, setSequence, writeRows } from './rows.sql.ts'

export type LoadOptions = {
  readonly databaseUrl: string
  readonly file: string
  /** Where the migrations stand; ours by default. */
  readonly migrations?: string
  readonly say: (line: string) => void
}

export type Loaded = { readonly tables: Readonly<Record<string, number>>; readonly version: number }

/**
 * Loads a verified backup into a database that holds nothing but migrations: brings it to the backup's own version,
 * loads all rows in one transaction, and migrates on from there.
 */
export async function load(options: LoadOptions): Promise<Loaded> {
  const { header } = await verifyArchive(options.file)
  const upTo = sameSchema(header, options.migrations)
  const where = options.migrations === undefined ? {} : { folder: options.migrations }
  const client = new pg.Client({ connectionString: options.databaseUrl, application_name: 'lango restore' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const at = await migrate(options.databaseUrl, { ...where, upTo })
    if (at.version !== upTo) throw notEmpty(`it is already at version ${at.version}, the backup at ${upTo}`)
    await printPortably(client)
    await client.query('BEGIN')
    const tables = await loadAll(client, options)
    await client.query('COMMIT')
    const { version } = await migrate(options.databaseUrl, { ...where, say: options.say })
    return { tables, version }
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The version that the backup was made at, if this Lango has the very same migrations up to there. */
function sameSchema({ schema }: Header, folder?: string): number {
  const ours = readMigrations(folder)
  for (const theirs of schema) {
    const file = ours.find(({ number }) => number === theirs.number)
    if (file === undefined)
      throw new CommandFault(`the backup needs ${theirs.name}: it was made by a newer Lango.`)
    if (file.sha256 !== theirs.sha256) {
      throw new CommandFault(
        `${file.name} is not the one that the backup was made with: use the Lango that made it.`,
      )
    }
  }
  return schema.at(-1)?.number ?? 0
}

async function loadAll(client: pg.Client, options: LoadOptions): Promise<Readonly<Record<string, number>>> {
  const tables = await readTables(client)
  await mustBeEmpty(client, tables)
  const obstacles = await readObstacles(client)
  for (const { remove } of obstacles) await client.query(remove)
  for (const { name } of tables) await emptyTable(client, name)
  const counts = await loadRows(client, tables, options)
  for (const { restore } of obstacles) await client.query(restore)
  for (const [name, count] of Object.entries(counts)) {
    const there = await countRows(client, name)
    if (there !== count) throw new Error(`${name} has ${there} rows after loading ${count}`)
  }
  return counts
}

async function mustBeEmpty(client: pg.Client, tables: readonly Table[]): Promise<void> {
  const others = await countOthers(client)
  if (others > 0) throw notEmpty(`${others} other connections are open to it; stop the gateway`)
  for (const { name } of tables) {
    if (!(await holdsOnlyMigrated(client, name))) throw notEmpty(`there are rows in ${name}`)
  }
}

function notEmpty(why: string): CommandFault {
  return new CommandFault(
    `restoring needs an empty database, and this one is not: ${why}. ` +
      'Give it a new LANGO_DATA or a new database in DATABASE_URL.',
  )
}

/** What must not go over as it is. Transaction ids of another cluster mean nothing here (ledger.md, "Restore"). */
const carryOver = {
  /** Zero lies below every transaction to come: these rows count as settled long ago. */
  zeroed: { transfer: 'txn' },
  /** They sum up to such an id; the roll-up job makes them again from the transfers. */
  left: ['rollup'],
} as const

function isCarriedOver(table: string): boolean {
  return !carryOver.left.some((left) => left === bare(table))
}

function zeroedColumn(table: Table): number {
  const name = Object.entries(carryOver.zeroed).find(([of]) => of === bare(table.name))?.[1]
  return table.columns.findIndex((column) => column.name === name)
}

/** Without schema and quotes. */
const bare = (name: string): string => name.split('.').at(-1)?.replaceAll('"', '') ?? name

const atATime = 1000
const bytesAtATime = 4 * 1024 * 1024

/** Returns how many rows each table was given. */
async function loadRows(
  client: pg.Client,
  tables: readonly Table[],
  options: LoadOptions,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  let table: Table | null = null
  let batch: Row[] = []
  let bytes = 0
  const flush = async (): Promise<void> => {
    if (table !== null) await writeRows(client, table, batch)
    batch = []
    bytes = 0
  }
  for await (const { line, text } of readArchive(options.file)) {
    if (isRow(line)) {
      if (table === null || !isCarriedOver(table.name)) continue
      const zeroed = zeroedColumn(table)
      batch.push(zeroed < 0 ? line : line.with(zeroed, '0'))
      bytes += text.length
      counts[table.name] = (counts[table.name] ?? 0) + 1
      if (batch.length === atATime || bytes > bytesAtATime) await flush()
    } else if (isTableStart(line)) {
      table = sameTable(tables, { name: line.table, columns: line.columns })
      counts[table.name] = 0
    } else if (isTableEnd(line)) {
      await flush()
      const rows = table === null ? 0 : (counts[table.name] ?? 0)
      if (rows > 0) options.say(`  ${line.end}: ${rows} rows`)
      table = null
    } else if (isSequence(line)) await setSequence(client, line.sequence, line.value, line.called)
  }
  return counts
}

function sameTable(tables: readonly Table[], wanted: Table): Table {
  const found = tables.find(({ name }) => name === wanted.name)
  if (found === undefined)
    throw new CommandFault(`the backup has a table ${wanted.name} that no migration makes.`)
  // The order of columns may differ; those of the backup say what its rows hold.
  return wanted
}
