// Every statement of the house, prepared against a freshly migrated schema: a column that is gone, a parameter that has
// two types or a name that is misspelt is found here and not by the payment that first needs it.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { declaredStatements } from '../src/base/db.ts'
import { plansByKey } from '../src/outside/postgres.ts'
import { freshDatabase, type FreshDatabase } from './cluster.ts'

const source = path.resolve(import.meta.dirname, '../src')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.sql.ts'),
)
for (const file of files) await import(pathToFileURL(path.join(source, file)).href)
const statements = declaredStatements()

let database: FreshDatabase
let client: pg.Client
before(async () => {
  database = await freshDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
after(async () => {
  await client.end()
  await database.drop()
})

test('the house declares its statements', () => {
  assert.ok(files.length >= 30)
  assert.ok(statements.size >= 80, `only ${statements.size}`)
})

test('every statement that stands in a file is one of those that are checked here', () => {
  const written = files.flatMap((file) => {
    const text = readFileSync(path.join(source, file), 'utf8')
    return [...text.matchAll(/\bstatement(?:<[\s\S]*?>)?\(\s*'([^']+)'/g)].map(([, name = '']) => name)
  })
  assert.deepEqual(written.toSorted(), [...statements.keys()].toSorted())
})

for (const [name, text] of statements) {
  test(`${name} fits the schema`, async () => {
    assert.ok(name.length <= 63, 'PostgreSQL cuts names after 63 characters')
    await client.query(`prepare ${name} as ${text}`)
    await client.query(`deallocate ${name}`)
  })
}

/** They look at all there is: checks, sums, lists of a handful. */
const readsEverything = new Set([
  'find_demo',
  'find_ledger_violations',
  'ledger_totals',
  'measure_queues',
  'measure_tables',
  'signing_key_list',
  'signing_key_lock',
  'signing_key_retire',
])

test('no statement is planned as a reading of a whole table, not even while every table is empty', async () => {
  await client.query('vacuum analyze')
  await client.query(`${plansByKey}; set plan_cache_mode = force_generic_plan`)
  const scanning: string[] = []
  for (const [name, text] of statements) {
    await client.query(`prepare ${name} as ${text}`)
    if ((await planOf(name)).some((line) => line.includes('Seq Scan'))) scanning.push(name)
    await client.query(`deallocate ${name}`)
  }
  assert.deepEqual(
    scanning.filter((name) => !readsEverything.has(name)),
    [],
  )
})

async function planOf(name: string): Promise<readonly string[]> {
  const count = await client.query<{ count: number }>(
    'select cardinality(parameter_types) as count from pg_prepared_statements where name = $1',
    [name],
  )
  const values = Array.from({ length: count.rows[0]?.count ?? 0 }, () => 'null').join(', ')
  const call = values === '' ? name : `${name}(${values})`
  const plan = await client.query<{ 'QUERY PLAN': string }>(`explain (costs off) execute ${call}`)
  return plan.rows.map((row) => row['QUERY PLAN'])
}
