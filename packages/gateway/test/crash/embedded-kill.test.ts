import assert from 'node:assert/strict'
import { accessSync, constants, mkdirSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../../src/outside/embedded-postgres/process-identity.ts'
import { query, supervisor, temporaryFolder } from './embedded-supervisor.ts'

const folder = temporaryFolder()
after(folder.remove)

test('kill -9 of the process that started it, started again at once: what was committed is there', async () => {
  const data = join(folder.path, 'killed')
  const first = await supervisor(data)
  await query(first.told.connectionString, 'CREATE TABLE kept (n integer PRIMARY KEY)')
  for (let round = 1; round <= 3; round++) {
    const running = round === 1 ? first : await supervisor(data)
    assert.equal(running.told.code, undefined, running.told.message)
    await query(running.told.connectionString, `INSERT INTO kept VALUES (${round})`)
    await running.end('SIGKILL')
  }
  const last = await supervisor(data)
  try {
    assert.deepEqual(await query(last.told.connectionString, 'SELECT count(*)::int AS n FROM kept'), [
      { n: 3 },
    ])
  } finally {
    await last.end('SIGTERM')
  }
  assert.equal(isAlive(last.told.pid), false, 'a graceful stop ends the server')
})

test('without setpriv the server outlives a kill -9 and is adopted as it runs', async () => {
  const data = join(folder.path, 'orphaned')
  const env = { ...process.env, PATH: pathWithoutSetpriv(join(folder.path, 'bin')) }
  const first = await supervisor(data, env)
  await query(first.told.connectionString, 'CREATE TABLE kept AS SELECT 1 AS n')
  await first.end('SIGKILL')
  const second = await supervisor(data, env)
  try {
    assert.equal(second.told.adopted, true)
    assert.equal(second.told.pid, first.told.pid)
    assert.deepEqual(await query(second.told.connectionString, 'SELECT n FROM kept'), [{ n: 1 }])
  } finally {
    await second.end('SIGTERM')
  }
  assert.equal(isAlive(first.told.pid), false, 'who adopted it also stops it')
})

test('kill -9 of PostgreSQL itself: it is started again behind the same address, with everything committed', async () => {
  const data = join(folder.path, 'database-killed')
  const running = await supervisor(data)
  try {
    await query(running.told.connectionString, 'CREATE TABLE kept AS SELECT 1 AS n')
    process.kill(running.told.pid, 'SIGKILL')
    assert.deepEqual(await eventually(() => query(running.told.connectionString, 'SELECT n FROM kept')), [
      { n: 1 },
    ])
  } finally {
    await running.end('SIGTERM')
  }
})

/** A PATH with the programs that a start needs, setpriv left out: as on macOS or a bare container. */
function pathWithoutSetpriv(bin: string): string {
  mkdirSync(bin)
  for (const name of ['unshare', 'true']) {
    const found = (process.env['PATH'] ?? '')
      .split(delimiter)
      .map((part) => join(part, name))
      .find(isProgram)
    if (found !== undefined) symlinkSync(found, join(bin, name))
  }
  return bin
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries === 200) throw error
      await sleep(50)
    }
  }
}
