// The schema is ready to be distributed over several servers: what is hot begins its key with what it is distributed by,
// and nothing hot draws from a sequence, which would be one place for all (docs/scale.md).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, type FreshDatabase } from './cluster.ts'

/** Tables that grow with traffic, and the column that each is distributed by. */
const hot: Readonly<Record<string, string>> = {
  // An organization's money and what follows from it lie together.
  invoice: 'organization_id',
  picture: 'organization_id',
  payment: 'organization_id',
  allocation: 'organization_id',
  ledger_account: 'organization_id',
  bounded_balance: 'organization_id',
  transfer: 'organization_id',
  rollup: 'organization_id',
  attempt: 'organization_id',
  callback: 'organization_id',
  notice: 'organization_id',
  endpoint: 'organization_id',
  endpoint_gone: 'organization_id',
  delivery: 'organization_id',
  // A receipt is claimed once in the world of its source.
  payment_claim: 'source',
  // Routing: one immutable row for each bare name, found by the name.
  invoice_number: 'number',
  checkout_page: 'request_hash',
  callback_address: 'secret_hash',
  // A person's own.
  account: 'id',
  account_identifier: 'value',
  credential: 'account_id',
  session: 'account_id',
  consent: 'account_id',
  passkey: 'account_id',
  authenticator: 'account_id',
  recovery_code: 'account_id',
  message_factor: 'account_id',
  factor_removal: 'account_id',
  known_device: 'account_id',
  sign_in: 'account_id',
  sign_in_budget: 'key',
  rate_bucket: 'key',
  seen_jti: 'hash',
  recovery: 'account_id',
  device_authorization: 'family_id',
  device_user_code: 'key',
  message: 'id',
  one_time_code: 'id',
  // A sign-in's code and all tokens that came of it.
  token_family: 'id',
  code: 'family_id',
  authorization_value: 'client_id',
  token: 'family_id',
  refresh_answer: 'family_id',
  pushed_request: 'hash',
  logout_notice: 'session_id',
  // What was refused to an organization's applications.
  refused_request: 'organization_id',
  // Who did what, and the one order of it all.
  act: 'id',
  act_link: 'place',
}

/**
 * Unique over all servers though not distributed so. An account's number is a random one below 2^31, which a wire
 * demands; a distributed database would claim it in a routing table, as identifiers are.
 */
const spanning: ReadonlySet<string> = new Set(['account: number'])

/** Small tables, rarely written: every server has a copy. */
const reference = [
  'organization',
  'organization_origin',
  'api_client',
  'api_key',
  'aggregator_link',
  'service',
  'channel_setting',
  'switch',
  'webhook_secret',
  'application',
  'application_secret',
  'lent_key',
  'resource_server',
  'member',
  'invitation',
  'import_request',
  'signing_key',
  'provider_token',
  'lango_migration',
]

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

async function column(text: string, values: readonly unknown[] = []): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly name: string }>(text, [...values])
  return rows.map(({ name }) => name)
}

/** Columns of the indexes of a kind (primary or unique), in the order of the index. */
const keysOf = async (
  table: string,
  which: 'indisprimary' | 'indisunique',
): Promise<readonly (readonly string[])[]> => {
  const { rows } = await client.query<{ readonly columns: readonly string[] }>(
    `select array(select a.attname::text from unnest(i.indkey) with ordinality as k(number, place)
                  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
                  where k.place <= i.indnkeyatts order by k.place) as columns
     from pg_index i where i.indrelid = $1::regclass and i.${which}`,
    [table],
  )
  return rows.map(({ columns }) => columns)
}

test('every table is known to be hot or small', async () => {
  const tables = await column(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  assert.deepEqual([...tables].toSorted(), [...Object.keys(hot), ...reference].toSorted())
})

for (const [table, by] of Object.entries(hot)) {
  test(`${table} is distributed by ${by}: its primary key, and every other unique one, holds it first`, async () => {
    const [primary] = await keysOf(table, 'indisprimary')
    assert.equal(primary?.[0], by)
    for (const unique of await keysOf(table, 'indisunique')) {
      const name = `${table}: ${unique.join(', ')}`
      assert.equal(unique.includes(by), !spanning.has(name), `a unique key spans servers: ${name}`)
    }
  })
}

test('no table has an identity column, and nothing draws from a sequence', async () => {
  assert.deepEqual(
    await column(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and (is_identity = 'YES' or column_default ~* 'nextval')`,
    ),
    [],
  )
  assert.deepEqual(
    await column(`select sequencename as name from pg_sequences where schemaname = 'public'`),
    [],
  )
})

test('no foreign key leads from a hot table to another hot table that is distributed otherwise', async () => {
  const { rows } = await client.query<{ readonly from: string; readonly to: string }>(
    `select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint where contype = 'f'`,
  )
  const crossing = rows.filter(
    ({ from, to }) => hot[from] !== undefined && hot[to] !== undefined && !isTogether(from, to),
  )
  assert.deepEqual(crossing, [])
})

/** Rows that refer to each other lie together when the referring column is the one that both are distributed by. */
function isTogether(from: string, to: string): boolean {
  return hot[from] === hot[to] || hot[from] === `${to}_id` || hot[from] === `${to.replace('token_', '')}_id`
}

test('docs/scale.md names every hot table with what it is distributed by', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../docs/scale.md'), 'utf8')
  const listed = [...text.matchAll(/^\| `(\w+)` +\| `(\w+)`/gm)].map(([, table = '', by = '']) => [table, by])
  assert.deepEqual(Object.fromEntries(listed), hot)
})
