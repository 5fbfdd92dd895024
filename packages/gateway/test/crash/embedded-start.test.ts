import assert from 'node:assert/strict'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { attachEmbedded } from '../../src/outside/embedded-postgres/attach.ts'
import { query, supervisor, temporaryFolder } from './embedded-supervisor.ts'

const folder = temporaryFolder()
const data = join(folder.path, 'data')
after(folder.remove)

test('the first start makes a cluster that keeps money: synced, in code point order, on a private socket only', async () => {
  const first = await supervisor(data)
  try {
    const rows = await query(
      first.told.connectionString,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
              current_setting('full_page_writes') AS pages, current_setting('listen_addresses') AS tcp,
              current_setting('ssl') AS ssl, current_setting('server_encoding') AS encoding,
              current_setting('TimeZone') AS zone, 'Z' < 'a' AS code_points, current_database() AS database`,
    )
    assert.deepEqual(rows, [
      {
        fsync: 'on',
        commit: 'on',
        pages: 'on',
        tcp: '',
        ssl: 'off',
        encoding: 'UTF8',
        zone: 'UTC',
        code_points: true,
        database: 'lango',
      },
    ])
    assert.equal(statSync(first.told.socketFolder).mode & 0o777, 0o700)
    assert.equal(statSync(data).mode & 0o777, 0o700)
  } finally {
    await first.end('SIGTERM')
  }
  assert.equal(existsSync(first.told.socketFolder), false, 'the socket folder is removed by a graceful stop')
})

test('a second start on the same folder is told who holds it and since when, and changes nothing', async () => {
  const first = await supervisor(data)
  try {
    const second = await supervisor(data)
    assert.equal(second.told.code, 'held')
    assert.match(
      second.told.message,
      new RegExp(`held by process ${first.process.pid} \\("a test"\\) since 20\\d\\d-`),
    )
    await second.end('SIGTERM')
    assert.deepEqual(await query(first.told.connectionString, 'SELECT 1 AS one'), [{ one: 1 }])
  } finally {
    await first.end('SIGTERM')
  }
})

test('of many starts at once exactly one gets the folder', async () => {
  const several = await Promise.all(Array.from({ length: 5 }, () => supervisor(data)))
  try {
    const told = several.map(({ told: { code } }) => code ?? 'started').sort()
    assert.deepEqual(told, ['held', 'held', 'held', 'held', 'started'])
  } finally {
    await Promise.all(several.map(({ end }) => end('SIGTERM')))
  }
})

test('a command attaches to the server that runs, and finds none when none runs', async () => {
  assert.equal(await attachEmbedded(data), null)
  const first = await supervisor(data)
  try {
    const attached = await attachEmbedded(data)
    assert.equal(attached?.connectionString, first.told.connectionString)
    assert.equal(attached?.pid, first.told.pid)
  } finally {
    await first.end('SIGTERM')
  }
  assert.equal(await attachEmbedded(data), null)
})

test('a postmaster.pid whose number now belongs to another program does not stand in the way', async () => {
  writeFileSync(
    join(data, 'postgres/postmaster.pid'),
    `${process.pid}\n${data}/postgres\n0\n5432\n/tmp\n\n0 0\nready\n`,
  )
  const again = await supervisor(data)
  assert.equal(again.told.code, undefined, again.told.message)
  assert.equal(again.told.adopted, false)
  await again.end('SIGTERM')
})

test('a second start is ready well within a second', async () => {
  const began = performance.now()
  const again = await supervisor(data)
  const took = performance.now() - began
  await again.end('SIGTERM')
  // The process itself included; the promise is two seconds for the whole gateway.
  assert.ok(took < 1500, `took ${Math.round(took)} ms`)
})
