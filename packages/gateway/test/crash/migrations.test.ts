import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { MigrationFault, migrate, pendingMigrations } from '../../src/outside/migrate.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { emptyDatabase } from '../cluster.ts'
import type { FreshDatabase } from '../cluster.ts'
import { query } from './embedded-supervisor.ts'

let folder: string
let database: FreshDatabase
const made: (() => Promise<void>)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lango-migrations-'))
  database = await emptyDatabase()
  const { drop } = database
  const path = folder
  made.push(drop, () => Promise.resolve(rmSync(path, { recursive: true })))
  put('0001_one.sql', 'CREATE TABLE one (n integer); INSERT INTO one VALUES (1);')
  put('0002_two.sql', 'CREATE TABLE two (n integer);')
})
after(async () => {
  for (const undo of made) await undo()
})

function put(name: string, sql: string): void {
  writeFileSync(join(folder, name), sql)
}

function refusal(expected: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof MigrationFault, String(error))
    assert.match(error.message, expected)
    return true
  }
}

test('migrations are applied in order, and a second run has nothing to do', async () => {
  assert.deepEqual(await pendingMigrations(database.url, folder), ['0001_one', '0002_two'])
  assert.deepEqual(await migrate(database.url, { folder }), { applied: ['0001_one', '0002_two'], version: 2 })
  assert.deepEqual(await migrate(database.url, { folder }), { applied: [], version: 2 })
  assert.deepEqual(await pendingMigrations(database.url, folder), [])
})

test('of many runners at once each migration is applied by one', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => migrate(database.url, { folder })))
  assert.deepEqual(all.flatMap(({ applied }) => applied).sort(), ['0001_one', '0002_two'])
  assert.ok(all.every(({ version }) => version === 2))
  assert.deepEqual(await query(database.url, 'SELECT n FROM one'), [{ n: 1 }])
})

test('an applied file that was changed is refused, and the message says what to mend', async () => {
  await migrate(database.url, { folder })
  put('0001_one.sql', 'CREATE TABLE one (n bigint);')
  put('0003_three.sql', 'CREATE TABLE three (n integer);')
  await assert.rejects(
    migrate(database.url, { folder }),
    refusal(/0001_one is not .* Put the applied text back/),
  )
  assert.deepEqual(await query(database.url, "SELECT to_regclass('three') AS three"), [{ three: null }])
})

test('other line ends are no change', async () => {
  put('0001_one.sql', 'CREATE TABLE one (\n  n integer\n);\n')
  await migrate(database.url, { folder })
  put('0001_one.sql', 'CREATE TABLE one (\r\n  n integer\r\n);\r\n')
  assert.deepEqual(await migrate(database.url, { folder }), { applied: [], version: 2 })
})

test('an applied file that is missing means that a newer Lango was here', async () => {
  await migrate(database.url, { folder })
  rmSync(join(folder, '0002_two.sql'))
  await assert.rejects(migrate(database.url, { folder }), refusal(/has 0002_two, which this Lango does not/))
})

test('a migration that fails leaves nothing of itself behind, and says at which line', async () => {
  put('0003_three.sql', 'CREATE TABLE three (n integer);\nINSERT INTO nowhere VALUES (1);')
  await assert.rejects(
    migrate(database.url, { folder }),
    refusal(/0003_three failed .*"nowhere" does not exist \(line 2\)/),
  )
  assert.deepEqual(
    await query(database.url, "SELECT to_regclass('three') AS three, max(number) AS at FROM lango_migration"),
    [{ three: null, at: 2 }],
  )
})

test('numbers without a gap, names that sort, no transaction of its own', async () => {
  for (const [name, sql, expected] of [
    ['0004_four.sql', 'SELECT 1', /the next number is 0003/],
    ['0002_again.sql', 'SELECT 1', /the next number is 000\d/],
    ['3_three.sql', 'SELECT 1', /name it NNNN_/],
    ['0003_three.sql', 'SELECT 1;\nCOMMIT;', /leave BEGIN and COMMIT out/],
  ] as const) {
    put(name, sql)
    await assert.rejects(migrate(database.url, { folder }), refusal(expected))
    rmSync(join(folder, name))
  }
})

test('a run up to a number stops there, and the next goes on', async () => {
  assert.deepEqual(await migrate(database.url, { folder, upTo: 1 }), { applied: ['0001_one'], version: 1 })
  assert.deepEqual(await migrate(database.url, { folder }), { applied: ['0002_two'], version: 2 })
})

/** Somebody who reads a table in a transaction that he leaves open. */
async function reader(table: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url, application_name: 'a report' })
  await client.connect()
  await client.query('BEGIN')
  await client.query(`SELECT * FROM ${table}`)
  return client
}

test('a table that is in use is asked for again and again, and nobody else waits for it long', async () => {
  await migrate(database.url, { folder })
  put('0003_three.sql', 'ALTER TABLE one ADD COLUMN more text;')
  const report = await reader('one')
  const said: string[] = []
  const migrating = migrate(database.url, { folder, say: (line) => said.push(line) })
  // Long enough for several tries; meanwhile others read the table as if nothing were.
  let longest = 0
  const until = performance.now() + 1500
  while (performance.now() < until) {
    const began = performance.now()
    await query(database.url, 'SELECT n FROM one')
    longest = Math.max(longest, performance.now() - began)
    await sleep(20)
  }
  assert.ok(longest < 1200, `a reader waited ${longest} ms`)
  await report.query('COMMIT')
  await report.end()
  assert.deepEqual((await migrating).applied, ['0003_three'])
  assert.deepEqual(said, ['0003_three waits for a table that is in use', 'Applied 0003_three'])
})

test('a table that is never free is given up, and the message says who holds it', async () => {
  await migrate(database.url, { folder })
  put('0003_three.sql', 'CREATE TABLE three (n integer);\nALTER TABLE one ADD COLUMN more text;')
  const report = await reader('one')
  const patience = [1, 2].map(() => ({ waitMs: 50, restMs: 10 }))
  await assert.rejects(
    migrate(database.url, { folder, patience }),
    refusal(
      /^0003_three did not get a table that is in use, and left nothing behind\. .* \(a report, idle in transaction, for \d+ s\)\. Run it again when that has ended, or end it: select pg_terminate_backend\(\d+\)\.$/,
    ),
  )
  assert.deepEqual(await query(database.url, "SELECT to_regclass('three') AS three"), [{ three: null }])
  await report.query('ROLLBACK')
  await report.end()
})
