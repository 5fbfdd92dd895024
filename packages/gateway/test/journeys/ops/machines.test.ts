import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { setMaintenance } from '../../../src/core/switch/set-maintenance.ts'
import { readMaintenance } from '../../../src/core/switch/read-maintenance.ts'
import { checkReady } from '../../../src/core/switch/check-ready.ts'
import { openMetrics } from '../../../src/outside/metrics.ts'
import { routes } from '../../../src/sites/ops/routes.ts'
import { buildServer } from '../../../src/http/server.ts'
import { printFault } from '../../../src/sites/fault.ts'
import { openWorld, type World } from '../../world.ts'
import { families } from '../../../src/http/limits.ts'

async function world(t: TestContext): Promise<World> {
  const opened = await openWorld()
  t.after(opened.close)
  return opened
}

async function get(url: string, headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(url, { headers })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

async function until(isSo: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs
  while (!(await isSo())) {
    if (performance.now() > end) assert.fail(`not so within ${withinMs} ms`)
    await sleep(20)
  }
}

test('a gateway that serves says that it lives and is ready', async (t) => {
  const { url } = await world(t)
  const alive = await get(`${url}/healthz`)
  assert.deepEqual([alive.status, JSON.parse(alive.text)], [200, { status: 'ok' }])
  const ready = await get(`${url}/readyz`)
  assert.equal(ready.status, 200)
  assert.deepEqual(JSON.parse(ready.text), { status: 'ready', database: 'answers', migrations: 'current' })
})

test('a database that lacks a migration, or does not answer, is not ready', async (t) => {
  const { deps } = await world(t)
  assert.deepEqual(await checkReady(deps, 9999), { database: 'answers', migrations: 'behind' })
  const down = { ...deps.db, query: () => Promise.reject(new Error('connection refused')) }
  assert.deepEqual(await checkReady({ db: down }, 1), { database: 'silent', migrations: 'unknown' })
  const hanging = { ...deps.db, query: async () => await new Promise<never>(() => undefined) }
  const started = performance.now()
  assert.deepEqual(await checkReady({ db: hanging }, 1), { database: 'silent', migrations: 'unknown' })
  assert.ok(performance.now() - started < 3000)
  const server = buildServer({
    routes: routes({ newestMigration: 9999, metricsToken: null, printMetrics: async () => '' }),
    deps,
    trustedProxies: [],
    families,
    inMaintenance: () => false,
    fault: printFault(deps),
  })
  t.after(async () => await server.close())
  const answer = await server.inject('/readyz')
  assert.equal(answer.statusCode, 503)
})

test('maintenance closes every door but health within about a second, says when to come again, and opens again', async (t) => {
  const { url, deps, house } = await world(t)
  house.startJobs()
  const page = `${url}/checkout?request_id=none`
  assert.notEqual((await get(page)).status, 503)
  await setMaintenance(deps, true)
  assert.equal(await readMaintenance(deps), true)
  await until(async () => (await get(page)).status === 503, 2000)
  assert.match((await get(page)).headers.get('retry-after') ?? '', /^\d+$/)
  for (const path of ['/healthz', '/readyz', '/metrics'])
    assert.equal((await get(url + path)).status, 200, path)
  await setMaintenance(deps, false)
  await until(async () => (await get(page)).status !== 503, 2000)
})

test('a gateway that starts while maintenance is on is closed from its first request', async (t) => {
  const first = await world(t)
  await setMaintenance(first.deps, true)
  const second = await openWorld({ databaseUrl: first.databaseUrl })
  try {
    assert.equal((await get(`${second.url}/checkout?request_id=none`)).status, 503)
  } finally {
    await second.close()
  }
})

test('metrics count requests by route and show what waits, and name no address that was asked for', async (t) => {
  const { url } = await world(t)
  await get(`${url}/healthz`)
  await get(`${url}/nowhere/secret-path-of-a-person`)
  const { status, text, headers } = await get(`${url}/metrics`)
  assert.equal(status, 200)
  assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
  assert.match(text, /lango_http_request_duration_seconds_count\{route="\/healthz",status="2xx"\} 1/)
  assert.match(text, /^lango_notices_waiting 0$/m)
  assert.match(text, /^lango_callbacks_unread 0$/m)
  for (const table of ['code', 'token', 'token_family', 'session']) {
    assert.match(text, new RegExp(`^lango_table_rows\\{table="${table}"\\} \\d+$`, 'm'))
    assert.match(text, new RegExp(`^lango_table_bytes\\{table="${table}"\\} [1-9]\\d*$`, 'm'))
  }
  assert.match(text, /^process_cpu_seconds_total /m)
  assert.equal(text.includes('secret-path'), false)
})

test('metrics are for this machine, or for who has the token', async (t) => {
  const { deps } = await world(t)
  const server = buildServer({
    routes: routes({
      newestMigration: 1,
      metricsToken: 'a-token-for-metrics',
      printMetrics: openMetrics().print,
    }),
    deps,
    trustedProxies: [],
    families,
    inMaintenance: () => false,
    fault: printFault(deps),
  })
  t.after(async () => await server.close())
  const ask = async (
    remoteAddress: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<number> => (await server.inject({ url: '/metrics', remoteAddress, headers })).statusCode
  assert.equal(await ask('127.0.0.1'), 200)
  assert.equal(await ask('::1'), 200)
  assert.equal(await ask('192.0.2.7'), 401)
  assert.equal(await ask('192.0.2.7', { authorization: 'Bearer a-token-for-metrics' }), 200)
  assert.equal(await ask('192.0.2.7', { authorization: 'Bearer a-token-for-metricz' }), 401)
  // A proxy on this machine forwards strangers from loopback.
  assert.equal(await ask('127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }), 401)
  assert.equal(await ask('192.0.2.7', { 'x-forwarded-for': '127.0.0.1' }), 401)
})
