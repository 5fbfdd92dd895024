import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { freshDatabase, type FreshDatabase } from '../../test/cluster.ts'
import { arrayLiteral } from './array-literal.ts'

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

/** PostgreSQL's text holds every character but NUL. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('', 'NULL', 'null', '{}', 'a,b', '"', '\\', '\\"', ' x ', "'", '$1', '\\x00'),
  )
  .filter((each) => !each.includes('\0') && each.isWellFormed())

async function back(type: string, given: readonly unknown[]): Promise<readonly unknown[]> {
  const { rows } = await client.query<{ readonly value: unknown }>(
    `select value from unnest($1::${type}[]) with ordinality as given (value, place) order by place`,
    [arrayLiteral(given)],
  )
  return rows.map(({ value }) => value)
}

test('texts of any characters, and nulls among them, arrive as they were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text), { maxLength: 8 }), async (given) => {
      assert.deepEqual(await back('text', given), given)
    }),
  )
})

test('bytes arrive as they were', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.uint8Array({ maxLength: 40 })), { maxLength: 8 }),
      async (given) => {
        const arrived = (await back('bytea', given)) as readonly (Buffer | null)[]
        assert.deepEqual(
          arrived.map((bytes) => (bytes === null ? null : [...bytes])),
          given.map((bytes) => (bytes === null ? null : [...bytes])),
        )
      },
    ),
    { numRuns: 50 },
  )
})

test('numbers and truth values arrive as they were, undefined as null', async () => {
  assert.deepEqual(await back('float8', [1, -0.5, 1e300, undefined]), [1, -0.5, 1e300, null])
  assert.deepEqual(await back('bool', [true, false, null]), [true, false, null])
  assert.deepEqual(await back('numeric', [12345678901234567890n]), ['12345678901234567890'])
})

test('what is no scalar is left to the driver', () => {
  assert.equal(arrayLiteral(['a', new Date()]), null)
  assert.equal(arrayLiteral([['a']]), null)
})
