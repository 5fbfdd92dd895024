import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { attachEmbedded } from '../src/outside/embedded-postgres/attach.ts'
import { databaseOn, ensureTemplate, withAdmin } from './template.ts'

export type FreshDatabase = { readonly url: string; readonly drop: () => Promise<void> }

/**
 * A migrated database of its own, a copy of the template: some 30 ms. Works under `npm test`, which says where its
 * server is, and under a bare `node --test one.test.ts`, which shares a private cluster that ends by itself.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { url, template } = await server()
  const name = `t_${process.pid}_${randomBytes(5).toString('hex')}`
  await withAdmin(url, (admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`))
  return databaseNamed(url, name)
}

/** An empty database, not even migrated, for what tests the migrations and a restore. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  const { url } = await server()
  const name = `t_${process.pid}_${randomBytes(5).toString('hex')}`
  await withAdmin(url, (admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE template0`))
  return databaseNamed(url, name)
}

function databaseNamed(url: string, name: string): FreshDatabase {
  return {
    url: databaseOn(url, name),
    drop: async () => {
      await withAdmin(url, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
    },
  }
}

type Server = { readonly url: string; readonly template: string }

let found: Promise<Server> | undefined

function server(): Promise<Server> {
  found ??= findServer()
  return found
}

async function findServer(): Promise<Server> {
  const url = process.env['LANGO_TEST_SERVER'] ?? (await privateCluster())
  return { url, template: process.env['LANGO_TEST_TEMPLATE'] ?? (await ensureTemplate(url)) }
}

const patience = 60_000

/** One cluster per checkout and user, kept by a process that ends a minute after its last test. */
async function privateCluster(): Promise<string> {
  const checkout = fileURLToPath(new URL('../../..', import.meta.url))
  const key = createHash('sha256')
    .update(`${checkout} ${process.getuid?.() ?? ''}`)
    .digest('hex')
    .slice(0, 10)
  const folder = join(tmpdir(), `lango-test-${key}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const until = performance.now() + patience
  let keeper: ChildProcess | undefined
  while (performance.now() < until && (keeper?.exitCode ?? 0) === 0) {
    const running = await attachEmbedded(folder)
    if (running !== null) return running.connectionString
    keeper ??= startKeeper(folder)
    await sleep(25)
  }
  throw new Error(
    `no test cluster came up in ${folder}:\n${readFileSync(join(folder, 'keeper.log'), 'utf8')}`,
  )
}

function startKeeper(folder: string): ChildProcess {
  const log = openSync(join(folder, 'keeper.log'), 'a')
  const program = fileURLToPath(new URL('./cluster-keeper.ts', import.meta.url))
  // A test runner's variables would make the keeper think that it is a test.
  const { NODE_TEST_CONTEXT: _context, NODE_OPTIONS: _options, ...env } = process.env
  const keeper = spawn(process.execPath, [program, folder], {
    detached: true,
    stdio: ['ignore', log, log],
    env,
  })
  keeper.unref()
  return keeper
}
