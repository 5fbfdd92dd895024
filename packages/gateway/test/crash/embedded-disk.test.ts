import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { query, supervisor, temporaryFolder } from './embedded-supervisor.ts'

const folder = temporaryFolder()
const disk = join(folder.path, 'disk')
mkdirSync(disk)
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=0700', 'tmpfs', disk], {
  encoding: 'utf8',
})
const why =
  mounted.status === 0
    ? ''
    : `a small tmpfs cannot be mounted: ${mounted.error?.message ?? mounted.stderr.trim()}`
// What is skipped is named by the runner, and counts as failed in CI.
const skip = why === '' ? false : why
after(() => {
  if (why === '') spawnSync('umount', ['-l', disk])
  folder.remove()
})

const data = join(disk, 'data')
const ballast = join(disk, 'ballast')

/** Leaves so many megabytes free. */
function fillUpTo(megabytes: number): void {
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - megabytes * 1024 * 1024)))
}

test('a first start on a disk that is too small says so and leaves nothing half made', { skip }, async () => {
  fillUpTo(10)
  const first = await supervisor(data)
  assert.equal(first.told.code, 'disk-full', first.told.message)
  assert.match(first.told.message, /the disk that holds .* is full \(\d+ MB free\)\. Make room/)
  rmSync(ballast)
  const second = await supervisor(data)
  assert.equal(second.told.code, undefined, second.told.message)
  await second.end('SIGTERM')
})

test(
  'a disk that fills up in service loses nothing acknowledged, and a start on it says what to do',
  { skip },
  async () => {
    const running = await supervisor(data)
    const { connectionString } = running.told
    await query(connectionString, 'CREATE TABLE kept (n serial PRIMARY KEY, filling text)')
    fillUpTo(8)
    const acknowledged = await writeUntilRefused(connectionString)
    await running.end('SIGKILL')
    fillUpToNothing()
    const refused = await supervisor(data)
    assert.equal(refused.told.code, 'disk-full', JSON.stringify(refused.told))
    rmSync(ballast)
    rmSync(`${ballast}.rest`)
    const again = await supervisor(data)
    try {
      assert.equal(again.told.code, undefined, again.told.message)
      const [row] = await query(again.told.connectionString, 'SELECT count(*)::int AS n FROM kept')
      const { n } = row as { n: number }
      assert.ok(n >= acknowledged, `${acknowledged} were acknowledged, ${n} are there`)
      assert.ok(acknowledged > 0)
    } finally {
      await again.end('SIGTERM')
    }
  },
)

/** Each on a commit of its own; returns how many were acknowledged. */
async function writeUntilRefused(connectionString: string): Promise<number> {
  for (let acknowledged = 0; ; acknowledged++) {
    try {
      await query(
        connectionString,
        "INSERT INTO kept (filling) SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 8000)",
      )
    } catch {
      return acknowledged
    }
  }
}

/** Not a byte more: even postmaster.pid cannot be written. */
function fillUpToNothing(): void {
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(`${ballast}.rest`, Buffer.alloc(bavail * bsize))
}
