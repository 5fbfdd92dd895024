import { createHash } from 'node:crypto'
import pg from 'pg'
import { readApplied, serverVersion } from '../../outside/migrate.sql.ts'
import { CommandFault } from '../command.ts'
import { printPortably, readSequences, readTables } from './catalogue.sql.ts'
import type { Table } from './catalogue.sql.ts'
import type { Manifest } from './format.ts'
import { readRows } from './rows.sql.ts'
import { writeArchive } from './write.ts'
import type { ArchiveWriter } from './write.ts'

export type Saved = Manifest['manifest']

export type SaveOptions = {
  readonly databaseUrl: string
  readonly file: string
  readonly masterKeys: readonly string[]
  readonly say: (line: string) => void
}

/** Writes every row as it is at one moment, while the gateway goes on serving. */
export async function save(options: SaveOptions): Promise<Saved> {
  const client = new pg.Client({ connectionString: options.databaseUrl, application_name: 'lango backup' })
  client.on('error', () => undefined)
  await client.connect()
  const archive = writeArchive(options.file)
  try {
    await printPortably(client)
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const saved = await saveAll(client, archive, options)
    await client.query('COMMIT')
    await archive.finish()
    return saved
  } catch (error) {
    archive.abandon()
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function saveAll(client: pg.Client, archive: ArchiveWriter, options: SaveOptions): Promise<Saved> {
  const schema = await readApplied(client)
  if (schema.length === 0)
    throw new CommandFault('this database is none of Lango: no migration was applied to it.')
  const server = String(await serverVersion(client))
  const { masterKeys } = options
  await archive.add({
    lango: 'backup',
    format: 1,
    madeAt: new Date().toISOString(),
    server,
    schema,
    masterKeys,
  })
  const tables: Record<string, number> = {}
  for (const table of await readTables(client)) {
    const rows = await saveTable(client, archive, table)
    tables[table.name] = rows
    if (rows > 0) options.say(`  ${table.name}: ${rows} rows`)
  }
  const sequences = await readSequences(client)
  for (const line of sequences) await archive.add(line)
  const manifest = { tables, sequences: sequences.length }
  await archive.add({ manifest, sha256: archive.digest() })
  return manifest
}

async function saveTable(client: pg.Client, archive: ArchiveWriter, table: Table): Promise<number> {
  await archive.add({ table: table.name, columns: table.columns })
  const hash = createHash('sha256')
  let count = 0
  for await (const rows of readRows(client, table)) {
    for (const row of rows) {
      await archive.add(row)
      hash.update(`${JSON.stringify(row)}\n`)
    }
    count += rows.length
  }
  await archive.add({ end: table.name, rows: count, sha256: hash.digest('hex') })
  return count
}
