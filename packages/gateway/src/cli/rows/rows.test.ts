import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { accountFieldNames, readAccountRow } from '../account-row.ts'
import { CommandFault, UsageFault } from '../command.ts'
import { csvRecords, longestRecord, type CsvRecord } from './csv.ts'
import { readRows, type FileRow } from './read-rows.ts'

async function* pieces(text: string, cuts: readonly number[] = []): AsyncGenerator<string> {
  let at = 0
  for (const cut of [...cuts].map((one) => one % (text.length + 1)).sort((a, b) => a - b)) {
    yield text.slice(at, Math.max(at, cut))
    at = Math.max(at, cut)
  }
  yield text.slice(at)
}

const collect = async <T>(all: AsyncIterable<T>): Promise<readonly T[]> => {
  const found: T[] = []
  for await (const one of all) found.push(one)
  return found
}

const csv = async (text: string, cuts: readonly number[] = []): Promise<readonly CsvRecord[]> =>
  await collect(csvRecords(pieces(text, cuts)))
const ndjson = async (text: string, cuts: readonly number[] = []): Promise<readonly FileRow[]> =>
  await collect(readRows('ndjson', pieces(text, cuts), []))

test('any table, quoted as RFC 4180 says and cut anywhere, is read as it was, each row with its line', async () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'é', '😀', ',', '"', '\n', '\r', ' ', ';'),
    maxLength: 8,
  })
  const table = fc.array(fc.array(letters, { minLength: 1, maxLength: 4 }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.nat(), { maxLength: 6 }),
      fc.boolean(),
      async (rows, end, cuts, ends) => {
        let line = 1
        const wanted = rows.map((cells) => {
          const record = { line, cells }
          line += cells
            .join(',')
            .replaceAll('\r\n', '\n')
            .split(/[\r\n]/).length
          return record
        })
        const text = rows
          .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          .join(end)
        assert.deepEqual(await csv(text + (ends ? end : ''), cuts), wanted)
      },
    ),
    { numRuns: 2000 },
  )
})

test('any text at all is rows or a fault that names a line, and where it is cut makes no difference', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ',', '"', '\n', '\r', '{', '}', ':', '\\', '1'),
    maxLength: 60,
  })
  const outcome = async (read: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await read()
    } catch (fault) {
      assert.ok(fault instanceof CommandFault)
      assert.match(fault.message, /^line [1-9][0-9]*: /)
      return fault.message
    }
  }
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 4 }), async (given, cuts) => {
      assert.deepEqual(await outcome(() => csv(given, cuts)), await outcome(() => csv(given)))
      assert.deepEqual(await ndjson(given, cuts), await ndjson(given))
    }),
    { numRuns: 3000 },
  )
})

test('a quote that never ends stops the reading before it has eaten memory', async () => {
  let taken = 0
  async function* endless(): AsyncGenerator<string> {
    yield 'email\n"'
    for (;;) {
      taken += 1
      yield 'x'.repeat(1024)
    }
  }
  await assert.rejects(
    collect(csvRecords(endless())),
    new CommandFault('line 2: a quote that is opened there is not closed within 65536 characters'),
  )
  assert.ok(taken <= 66)
})

test('a line of JSON that is too long is refused and passed over, and the next one is read', async () => {
  const long = `{"email":"${'x'.repeat(longestRecord)}"}`
  assert.deepEqual(
    await ndjson(`${long}\n{"email":"a@b.example"}\nnonsense\n[]\n\n{"Id-Number":1,"id_number":2}`),
    [
      { line: 1, because: 'a row has at most 65536 characters' },
      { line: 2, fields: { email: 'a@b.example' } },
      { line: 3, because: 'is no JSON: one object on each line' },
      { line: 4, because: 'is no JSON object: one on each line' },
      { line: 6, because: 'names a field twice' },
    ],
  )
})

test('a header that nobody knows stops a CSV at once; a short row is refused alone', async () => {
  const read = async (text: string): Promise<readonly FileRow[]> =>
    await collect(readRows('csv', pieces(text), ['email', 'first_name']))
  await assert.rejects(
    read('email;first_name\n'),
    new UsageFault('line 1: there is no column email;first_name: email, first_name'),
  )
  await assert.rejects(read('email,Email\n'), new UsageFault('line 1: the column email stands there twice'))
  assert.deepEqual(await read('Email,first-name\na@b.example\nb@b.example,Amina\n'), [
    { line: 2, because: 'has 1 values, and the header 2' },
    { line: 3, fields: { email: 'b@b.example', first_name: 'Amina' } },
  ])
})

test('whatever JSON a row holds, it is an account or a refusal that names its field', () => {
  const field = fc.constantFrom(...accountFieldNames, 'password', 'nonsense')
  fc.assert(
    fc.property(
      fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.constantFrom('m', 'true', 'names'))),
      (fields) => {
        const read = readAccountRow(fields)
        if (read.ok) assert.equal(read.value.password, null)
        else assert.ok(read.refusal.field !== undefined && read.refusal.because !== undefined)
      },
    ),
    { numRuns: 3000 },
  )
})
