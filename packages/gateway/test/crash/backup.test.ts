import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { load } from '../../src/cli/archive/load.ts'
import { verifyArchive } from '../../src/cli/archive/read.ts'
import { save } from '../../src/cli/archive/save.ts'
import { CommandFault } from '../../src/cli/command.ts'
import { migrate } from '../../src/outside/migrate.ts'
import { emptyDatabase } from '../cluster.ts'
import { query } from './embedded-supervisor.ts'

const folder = mkdtempSync(join(tmpdir(), 'lango-backup-'))
const undo: (() => Promise<void>)[] = []
after(async () => {
  for (const one of undo) await one()
  rmSync(folder, { recursive: true })
})

const say = (): void => undefined
const migrations = join(folder, 'migrations')
const file = join(folder, 'all.lango')

/** Every kind of thing that could get in the way: types, order, keys, triggers, what migrations bring themselves. */
const schema = `
  CREATE TYPE mood AS ENUM ('calm', 'glad');
  CREATE TABLE exponent (currency char(3) PRIMARY KEY, digits smallint NOT NULL);
  INSERT INTO exponent VALUES ('KES', 2), ('UGX', 0);
  CREATE TABLE "child table" (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent uuid NOT NULL);
  CREATE TABLE parent (id uuid PRIMARY KEY, other uuid REFERENCES parent, words text, raw bytea, many text[],
    amount numeric(30, 4), far bigint, real double precision, at timestamptz, day date, feeling mood, loose jsonb,
    long interval, net inet, twice bigint GENERATED ALWAYS AS (far / 2) STORED, "Quoted Name" varchar(9));
  ALTER TABLE "child table" ADD FOREIGN KEY (parent) REFERENCES parent;
  CREATE TABLE transfer (id bigint PRIMARY KEY, amount bigint NOT NULL, txn xid8 NOT NULL DEFAULT pg_current_xact_id());
  CREATE TABLE rollup (account bigint PRIMARY KEY, upto_txn bigint NOT NULL);
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'history stays'; END $$;
  CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON transfer FOR EACH ROW EXECUTE FUNCTION refuse();
  CREATE TRIGGER whole BEFORE TRUNCATE ON transfer EXECUTE FUNCTION refuse();`

const rows = `
  INSERT INTO parent (id, other, words, raw, many, amount, far, real, at, day, feeling, loose, long, net, "Quoted Name") VALUES
    ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', E'a\\tb\\nc\\\\ "q" \\u2028 é 🙂 {},',
     '\\x00ff5c0a', ARRAY['a,b', NULL, '{"', ''], 12345678901234567890.1234, 9223372036854775807, 0.1::float8 + 0.2,
     '2026-03-01 09:59:59.123456+03', '0044-03-15 BC', 'glad', '{"k": [1.10, null]}', '1 mon -3 days 04:05:06.7', '10.0.0.0/8', ''),
    ('00000000-0000-7000-8000-000000000002', NULL, NULL, '', '{}', 'NaN', -9223372036854775808, '-Infinity', 'infinity',
     NULL, NULL, 'null', NULL, NULL, NULL);
  INSERT INTO "child table" (parent) SELECT '00000000-0000-7000-8000-000000000001' FROM generate_series(1, 4321);
  INSERT INTO transfer (id, amount) VALUES (1, 100), (2, 250);
  INSERT INTO rollup VALUES (1, 999999)`

beforeEach(() => {
  rmSync(migrations, { recursive: true, force: true })
  rmSync(file, { force: true })
})

async function database(): Promise<string> {
  const { url, drop } = await emptyDatabase()
  undo.push(drop)
  return url
}

async function filled(): Promise<string> {
  mkdirSync(migrations)
  writeFileSync(join(migrations, '0001_all.sql'), schema)
  const url = await database()
  await migrate(url, { folder: migrations })
  await query(url, rows)
  return url
}

const everything = `
  SELECT (SELECT json_agg(p ORDER BY id)::text FROM parent p) AS parents, (SELECT sum(id)::int FROM "child table") AS children,
         (SELECT json_agg(e ORDER BY currency)::text FROM exponent e) AS exponents, (SELECT sum(amount)::int FROM transfer) AS moved`

test('what a backup holds comes out of another database the same, value by value', async () => {
  const from = await filled()
  const saved = await save({ databaseUrl: from, file, masterKeys: [], say })
  assert.equal(saved.tables['"child table"'], 4321)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  const to = await database()
  const loaded = await load({ databaseUrl: to, file, migrations, say })
  assert.equal(loaded.version, 1)
  assert.deepEqual(await query(to, everything), await query(from, everything))
})

test('transaction ids of the old cluster are not carried over, nor what was summed up by them', async () => {
  await save({ databaseUrl: await filled(), file, masterKeys: [], say })
  const to = await database()
  await load({ databaseUrl: to, file, migrations, say })
  const found = await query(
    to,
    'SELECT max(txn::text) AS txn, (SELECT count(*)::int FROM rollup) AS rollups FROM transfer',
  )
  assert.deepEqual(found, [{ txn: '0', rollups: 0 }])
})

test('after a restore keys, triggers and sequences work as before', async () => {
  await save({ databaseUrl: await filled(), file, masterKeys: [], say })
  const to = await database()
  await load({ databaseUrl: to, file, migrations, say })
  await assert.rejects(query(to, 'DELETE FROM transfer'), /history stays/)
  await assert.rejects(query(to, 'TRUNCATE transfer'), /history stays/)
  const parent = "'00000000-0000-7000-8000-000000000001'"
  const next = await query(to, `INSERT INTO "child table" (parent) VALUES (${parent}) RETURNING id`)
  assert.deepEqual(next, [{ id: 4322 }])
  await assert.rejects(
    query(to, 'INSERT INTO "child table" (parent) VALUES (gen_random_uuid())'),
    /foreign key/,
  )
})

test('a backup of an older version is loaded at that version and migrated on', async () => {
  await save({ databaseUrl: await filled(), file, masterKeys: [], say })
  writeFileSync(join(migrations, '0002_more.sql'), "ALTER TABLE transfer ADD COLUMN note text DEFAULT 'old';")
  const to = await database()
  assert.equal((await load({ databaseUrl: to, file, migrations, say })).version, 2)
  assert.deepEqual(await query(to, 'SELECT note FROM transfer WHERE id = 1'), [{ note: 'old' }])
})

test('a database that holds more than migrations is refused and left as it was', async () => {
  const from = await filled()
  await save({ databaseUrl: from, file, masterKeys: [], say })
  const migrated = await database()
  await migrate(migrated, { folder: migrations })
  await query(migrated, "INSERT INTO exponent VALUES ('TZS', 2)")
  await assert.rejects(
    load({ databaseUrl: migrated, file, migrations, say }),
    refused(/there are rows in exponent/),
  )
  assert.deepEqual(await query(migrated, 'SELECT count(*)::int AS n FROM exponent'), [{ n: 3 }])
  await assert.rejects(load({ databaseUrl: from, file, migrations, say }), refused(/not: there are rows in/))
})

test('a file that was cut, changed or is none of ours is refused before anything is loaded', async () => {
  await save({ databaseUrl: await filled(), file, masterKeys: [], say })
  const text = gunzipSync(readFileSync(file)).toString()
  const lines = text.split('\n')
  const changed = {
    'cut in the middle of the compressed bytes': readFileSync(file).subarray(0, -200),
    'without its manifest': gzipSync(lines.slice(0, -2).join('\n')),
    'an amount changed': gzipSync(text.replace('["2","250"', '["2","251"')),
    'a row left out': gzipSync(text.replace('["UGX","0"]\n', '')),
    'other bytes': Buffer.from('{"lango":"backup"}'),
  }
  const to = await database()
  for (const [how, bytes] of Object.entries(changed)) {
    const bad = join(folder, 'bad.lango')
    writeFileSync(bad, bytes)
    await assert.rejects(verifyArchive(bad), refused(/no whole backup/), how)
    await assert.rejects(
      load({ databaseUrl: to, file: bad, migrations, say }),
      refused(/Nothing was loaded/),
      how,
    )
  }
  assert.deepEqual(await query(to, "SELECT to_regclass('transfer') AS t"), [{ t: null }])
  await assert.rejects(verifyArchive(join(folder, 'nowhere')), refused(/there is no file/))
})

test('a backup that fails leaves no file', async () => {
  const empty = await database()
  await assert.rejects(save({ databaseUrl: empty, file, masterKeys: [], say }), refused(/none of Lango/))
  assert.equal(existsSync(file) || existsSync(`${file}.part`), false)
})

function refused(expected: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof CommandFault, String(error))
    assert.match(error.message, expected)
    return true
  }
}
