// The audit trail over a real database: what its rows refuse, what several processes make of it, and what is found when
// somebody who may do everything has been at it.
import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import pg from 'pg'
import type { Database } from '../../src/base/db.ts'
import { recordAct } from '../../src/core/audit/act.sql.ts'
import type { Act } from '../../src/core/audit/act.ts'
import { linkActs } from '../../src/core/audit/link-acts.ts'
import { verifyChain } from '../../src/core/audit/verify-chain.ts'
import { openPorts, type OpenPorts } from '../../src/outside/open-ports.ts'
import { freshDatabase, type FreshDatabase } from '../cluster.ts'
import { testMasterKey } from '../world.ts'

let database: FreshDatabase
let ports: OpenPorts
let admin: pg.Client

beforeEach(async () => {
  database = await freshDatabase()
  ports = open()
  admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
})
afterEach(async () => {
  await admin.end()
  await ports.close()
  await database.drop()
})

function open(): OpenPorts {
  const setup = { databaseUrl: database.url, masterKeys: [testMasterKey] as const }
  return openPorts({ ...setup, mode: 'sandbox', logLevel: 'silent', connections: 4 })
}

const act = (id: string): Act => ({
  what: 'application.created',
  by: { kind: 'operator', id: 'a test' },
  about: { kind: 'application', id },
  details: { note: `about ${id}`, count: 3, sure: true },
})

async function record(count: number, name = 'app'): Promise<void> {
  for (let at = 0; at < count; at += 1) await recordAct(ports.db, act(`${name}-${at}`), ports)
}

async function recorded(count: number): Promise<void> {
  await record(count)
  while ((await linkActs(ports)) > 0);
}

/** As somebody who owns the server. */
async function tamper(...statements: readonly string[]): Promise<void> {
  await admin.query('set session_replication_role = replica')
  for (const statement of statements) await admin.query(statement)
  await admin.query('set session_replication_role = origin')
}

const of = (place: number): string => `(select act_id from act_link where place = ${place})`

test('[identity 116] acts are chained in the order of their time, once each', async () => {
  await recorded(7)
  assert.equal(await linkActs(ports), 0)
  const { rows } = await admin.query<{ place: string; about_id: string; chained: boolean }>(
    'select place, about_id, chained from act_link join act on act.id = act_id order by place',
  )
  assert.deepEqual(
    rows,
    Array.from({ length: 7 }, (_, at) => ({ place: String(at + 1), about_id: `app-${at}`, chained: true })),
  )
  const { head, waiting, broken } = await verifyChain(ports)
  assert.deepEqual([head.place, waiting, broken], [7, 0, null])
})

test('an act that commits late is appended when it appears, though it is older', async () => {
  await admin.query('begin')
  const late = async (text: string, values: readonly unknown[]): Promise<void> =>
    void (await admin.query(text, [...values]))
  const tx = {
    query: async (statement: { readonly text: string }, values: readonly unknown[]) => {
      await late(statement.text, values)
      return []
    },
  }
  await recordAct(tx, act('late'), ports)
  await recorded(3)
  await admin.query('commit')
  assert.equal((await verifyChain(ports)).waiting, 1)
  assert.equal(await linkActs(ports), 1)
  const { rows } = await admin.query<{ about_id: string }>(`select about_id from act where id = ${of(4)}`)
  assert.equal(rows[0]?.about_id, 'late')
  assert.equal((await verifyChain(ports)).broken, null)
})

test('[identity 116] four processes that chain at once never fork the chain', async () => {
  const others = [open(), open(), open(), open()]
  let recording = true
  const chaining = others.map(async (other) => {
    let linked = 0
    while (recording) linked += await linkActs(other, 7)
    return linked
  })
  await Promise.all(Array.from({ length: 5 }, async (_, name) => await record(40, `writer-${name}`)))
  recording = false
  const linked = (await Promise.all(chaining)).reduce((sum, count) => sum + count, 0)
  let rest = 0
  for (let count = await linkActs(ports); count > 0; count = await linkActs(ports)) rest += count
  assert.equal(linked + rest, 200)
  const { head, waiting, broken } = await verifyChain(ports)
  assert.deepEqual([head.place, waiting, broken], [200, 0, null])
  const twice = await admin.query('select act_id from act_link group by act_id having count(*) > 1')
  assert.equal(twice.rowCount, 0)
  await Promise.all(others.map(async (other) => await other.close()))
})

test('a process that dies between the links and the commit leaves nothing behind', async () => {
  await recorded(2)
  await record(5, 'more')
  const dying: Database = {
    ...ports.db,
    transaction: async (work) =>
      await ports.db.transaction(async (tx) => {
        await work(tx)
        const itself = { name: 'end_itself_for_test', text: 'select pg_terminate_backend(pg_backend_pid())' }
        await tx.query(itself, [])
        throw new Error('nobody comes back from there')
      }),
  }
  await assert.rejects(linkActs({ db: dying, digests: ports.digests }))
  assert.equal((await verifyChain(ports)).head.place, 2)
  assert.equal(await linkActs(ports), 5)
  const { head, waiting, broken } = await verifyChain(ports)
  assert.deepEqual([head.place, waiting, broken], [7, 0, null])
})

const refused = [
  `update act set what = 'nothing'`,
  `update act set chained = false`,
  `update act set chained = true, by_id = 'somebody else'`,
  `update act set at = at + interval '1 microsecond'`,
  'delete from act',
  'truncate act',
  `update act_link set hash = '\\x00'`,
  'update act_link set place = place + 100',
  'delete from act_link',
  'truncate act_link',
] as const

test('[identity 116] the database itself refuses to change, delete or empty what was recorded', async () => {
  await recorded(3)
  for (const statement of refused) {
    await assert.rejects(admin.query(statement), { code: '23001' }, statement)
  }
  assert.equal((await verifyChain(ports)).broken, null)
})

const tampered: readonly (readonly [
  name: string,
  statements: readonly string[],
  found: readonly [number, string],
])[] = [
  ['a changed word', [`update act set what = 'nothing' where id = ${of(3)}`], [3, 'changed']],
  [
    'a changed time',
    [`update act set at = at + interval '1 microsecond' where id = ${of(3)}`],
    [3, 'changed'],
  ],
  [
    'a changed detail',
    [`update act set details = details || '{"count":4}' where id = ${of(3)}`],
    [3, 'changed'],
  ],
  ['another actor', [`update act set by_id = null where id = ${of(5)}`], [5, 'changed']],
  ['a changed link', [`update act_link set hash = sha256('x') where place = 2`], [2, 'changed']],
  ['an act that is gone', [`delete from act where id = ${of(4)}`], [4, 'missing']],
  ['a link that is gone', ['delete from act_link where place = 4'], [4, 'missing']],
  [
    'both gone and the places closed up',
    [
      `delete from act where id = ${of(4)}`,
      'delete from act_link where place = 4',
      'update act_link set place = place - 1 where place > 4',
    ],
    [4, 'changed'],
  ],
  [
    'an act put between',
    [
      'update act_link set place = place + 1000 where place > 3',
      'update act_link set place = place - 999 where place > 1000',
      `insert into act (id, at, what, by_kind, chained) values (gen_random_uuid(), now(), 'invented', 'system', true)`,
      `insert into act_link select 4, id, sha256('x') from act where what = 'invented'`,
    ],
    [4, 'put between'],
  ],
  [
    'two acts that changed places',
    [`update act_link set act_id = case place when 3 then ${of(4)} else ${of(3)} end where place in (3, 4)`],
    [3, 'moved'],
  ],
  [
    'two links that changed places',
    [
      'update act_link set place = 100 where place = 3',
      'update act_link set place = 3 where place = 4',
      'update act_link set place = 4 where place = 100',
    ],
    [3, 'put between'],
  ],
  ['the last link gone and its act left', ['delete from act_link where place = 8'], [7, 'missing']],
  [
    'an act that pretends to be chained',
    [
      `insert into act (id, at, what, by_kind, chained) values (gen_random_uuid(), now(), 'invented', 'system', true)`,
    ],
    [8, 'missing'],
  ],
]

for (const [name, statements, [place, what]] of tampered) {
  test(`[identity 116] ${name} is found at its place`, async () => {
    await recorded(8)
    await tamper(...statements)
    const { broken } = await verifyChain(ports)
    assert.deepEqual([broken?.place, broken?.what], [place, what], broken?.says)
  })
}

test('[identity 116] a chain that was cut off or written anew is found by a head that was kept elsewhere', async () => {
  await recorded(6)
  const { head } = await verifyChain(ports)
  await tamper(`delete from act where id = ${of(6)}`, 'delete from act_link where place = 6')
  assert.equal((await verifyChain(ports)).broken, null, 'nothing inside the database can tell')
  const cut = (await verifyChain(ports, head)).broken
  assert.deepEqual([cut?.place, cut?.what], [6, 'missing'])
  await record(1, 'instead')
  await linkActs(ports)
  const anew = (await verifyChain(ports, head)).broken
  assert.deepEqual([anew?.place, anew?.what], [6, 'changed'])
})

test('what a stranger typed is recorded as far as the database can hold it', async () => {
  const typed = `a\0b${'\ud800'}${'x'.repeat(2000)}`
  await recordAct(ports.db, { ...act('x'), by: { kind: 'stranger', id: typed }, details: { typed } }, ports)
  await linkActs(ports)
  const { rows } = await admin.query<{ by_id: string; details: { typed: string } }>(
    'select by_id, details from act',
  )
  assert.equal(rows[0]?.by_id, `a\ufffdb\ufffd${'x'.repeat(496)}`)
  assert.equal(rows[0]?.details.typed, rows[0]?.by_id)
  assert.equal((await verifyChain(ports)).broken, null)
})
