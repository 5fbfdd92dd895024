// Limits that several gateways over one database share, and what a caller is told of them.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import fc from 'fast-check'
import { instant, type Clock } from '../../src/base/time.ts'
import { drawLeases, forgetFullBuckets } from '../../src/core/limit/bucket.sql.ts'
import { draw, leaseOf } from '../../src/core/limit/bucket.ts'
import { readLimitsConfig } from '../../src/http/limit-settings.ts'
import { families, type Families } from '../../src/http/limits.ts'
import { freshDatabase } from '../cluster.ts'
import { openWorld, type World, type WorldOptions } from '../world.ts'

const start = Date.UTC(2026, 10, 22, 9)
const standing: Clock = { now: () => instant(start) }

async function world(t: TestContext, options: WorldOptions = {}): Promise<World> {
  const opened = await openWorld({ clock: standing, ...options })
  t.after(opened.close)
  return opened
}

const browserOf = (address: string) => ({ 'x-forwarded-for': address })
const asked = async (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  await fetch(url, { headers, redirect: 'manual' })

test('the statement in the database draws exactly what the rule says', async (t) => {
  const { deps } = await world(t)
  const step = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    count: fc.integer({ min: 1, max: 30 }),
    pauseMs: fc.nat({ max: 4000 }),
  })
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.record({ burst: fc.integer({ min: 1, max: 100 }), perSecond: fc.constantFrom(0.5, 1, 8, 100) }),
      fc.array(step, { minLength: 1, maxLength: 15 }),
      async (rule, steps) => {
        run += 1
        let now = start
        const held = new Map<string, number>()
        for (const { key, count, pauseMs } of steps) {
          now += pauseMs
          const name = `${run} ${key}`
          const drawn = await drawLeases(deps.db, [{ key: name, rule, count }], instant(now))
          const wanted = draw(held.get(name) ?? null, { rule, count }, now)
          held.set(name, wanted.clearAt)
          const got = drawn.get(name)
          assert.equal(got?.granted, wanted.granted)
          assert.ok(Math.abs((got?.clearAt ?? 0) - wanted.clearAt) < 0.1)
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('[identity 64] two gateways over one database let through one limit together, within their leases', async (t) => {
  const database = await freshDatabase()
  const proxies = { trustedProxies: ['127.0.0.1'], databaseUrl: database.url }
  const own = { clock: standing, ...proxies }
  const gateways = [await openWorld(own), await openWorld(own)]
  t.after(async () => {
    for (const gateway of gateways) await gateway.close()
    await database.drop()
  })
  const [{ burst }] = families.page
  const count = async (address: string): Promise<number> => {
    let admitted = 0
    for (let round = 0; round < 30; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 16 }, async (_, at) => {
          const answer = await asked(`${gateways[at % 2]?.url}/favicon.ico`, browserOf(address))
          await answer.arrayBuffer()
          return answer.status
        }),
      )
      admitted += answers.filter((status) => status === 200).length
    }
    return admitted
  }
  const admitted = await count('192.0.2.1')
  assert.ok(
    admitted >= burst - 2 * leaseOf(families.page[0]) && admitted <= burst + 2 * leaseOf(families.page[0]),
    String(admitted),
  )
  // Whoever used it up here has used it up there, and nobody else has.
  for (const { url } of gateways) {
    assert.equal((await asked(`${url}/favicon.ico`, browserOf('192.0.2.1'))).status, 429)
    assert.equal((await asked(`${url}/favicon.ico`, browserOf('192.0.2.2'))).status, 200)
  }
})

test('[identity 115] an IPv6 subscriber has one limit for the whole /64', async (t) => {
  const { url } = await world(t, { trustedProxies: ['127.0.0.1'] })
  const from = async (host: number): Promise<number> =>
    (await asked(`${url}/favicon.ico`, browserOf(`2001:db8:1:2::${host.toString(16)}`))).status
  let last = 200
  for (let host = 1; host < 500 && last === 200; host += 1) {
    last = await from(host)
  }
  assert.equal(last, 429)
  assert.equal((await asked(`${url}/favicon.ico`, browserOf('2001:db8:1:3::1'))).status, 200)
})

test('every answer says the policy and what is left, and 429 says when to come again', async (t) => {
  const { url } = await world(t, { trustedProxies: ['127.0.0.1'] })
  const first = await asked(`${url}/favicon.ico`, browserOf('192.0.2.7'))
  assert.equal(first.headers.get('ratelimit-policy'), '"network";q=300;w=15')
  assert.match(first.headers.get('ratelimit') ?? '', /^"network";r=(299|300);t=[01]$/)
  assert.equal(first.headers.get('retry-after'), null)
  let answer = first
  for (let tries = 0; tries < 500 && answer.status === 200; tries += 1) {
    await answer.arrayBuffer()
    answer = await asked(`${url}/favicon.ico`, browserOf('192.0.2.7'))
  }
  assert.equal(answer.status, 429)
  assert.match(answer.headers.get('ratelimit') ?? '', /^"network";r=0;t=\d+$/)
  assert.equal(answer.headers.get('retry-after'), '1')
  const { request_id: id, ...body } = (await answer.json()) as Record<string, unknown>
  assert.equal(typeof id, 'string')
  assert.deepEqual(body, { status: 429, description: 'Too Many Requests', error: 'Too Many Requests' })
  const metrics = await (await asked(`${url}/metrics`)).text()
  assert.match(metrics, /^lango_rate_limited_total\{family="page"\} [1-9]/m)
})

test('a machine that names itself has a bucket of its own beside the address’s', async (t) => {
  const { url } = await world(t)
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'somebody' }),
  })
  const policy = '"network";q=20000;w=2, "caller";q=10000;w=2'
  assert.equal(answer.headers.get('ratelimit-policy'), policy)
  const basic = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('somebody:wrong')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code' }),
  })
  assert.equal(basic.headers.get('ratelimit-policy'), policy)
  assert.equal((await asked(`${url}/healthz`)).headers.get('ratelimit-policy'), null)
})

/** The limits as an operator's setting makes them. */
const scaled = (text: string): Families =>
  readLimitsConfig((_name, parse, otherwise) => parse(text) ?? otherwise, [])

test('an operator scales a limit: the answer says it, the next request after it is refused, others stay', async (t) => {
  const limits = scaled('page.network=1,machine.network=40000,machine.caller=20000')
  const { url } = await world(t, { trustedProxies: ['127.0.0.1'], limits })
  const from = browserOf('192.0.2.9')
  const first = await asked(`${url}/favicon.ico`, from)
  assert.equal(first.headers.get('ratelimit-policy'), '"network";q=15;w=15')
  const statuses = [first.status]
  while (statuses.length < 60 && statuses.at(-1) === 200)
    statuses.push((await asked(`${url}/favicon.ico`, from)).status)
  assert.equal(statuses.at(-1), 429)
  const admitted = statuses.length - 1
  assert.ok(admitted >= 15 && admitted <= 15 + leaseOf({ burst: 15, perSecond: 1 }), String(admitted))
  const machine = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'somebody' }),
  })
  assert.equal(machine.headers.get('ratelimit-policy'), '"network";q=80000;w=2, "caller";q=40000;w=2')
  // Another house in the same process has its own.
  const other = await world(t)
  const untouched = await asked(`${other.url}/favicon.ico`)
  assert.equal(untouched.headers.get('ratelimit-policy'), '"network";q=300;w=15')
})

test('buckets that are full again are forgotten', async (t) => {
  const { deps } = await world(t)
  const rule = { burst: 10, perSecond: 1 }
  await drawLeases(
    deps.db,
    [
      { key: 'x', rule, count: 4 },
      { key: 'y', rule, count: 9 },
    ],
    instant(start),
  )
  assert.equal(await forgetFullBuckets(deps.db, instant(start + 5000), 100), 1)
  assert.equal(await forgetFullBuckets(deps.db, instant(start + 5000), 100), 0)
  assert.equal(await forgetFullBuckets(deps.db, instant(start + 9001), 100), 1)
})

test('an address with a broken percent escape is refused by name, in the words of who is asked', async (t) => {
  const { url } = await world(t)
  const page = await asked(`${url}/oauth/authorize?client_id=%zz`, { accept: 'text/html' })
  assert.equal(page.status, 400)
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
  const plain = await asked(`${url}/oauth/authorize?client_id=%zz`)
  assert.equal(plain.status, 400)
  const { request_id: _id, ...body } = (await plain.json()) as Record<string, unknown>
  assert.deepEqual(body, { status: 400, description: 'Bad Request', error: 'Bad Request' })
  const token = await fetch(`${url}/oauth/token?x=%E0%A4%A`, { method: 'POST' })
  assert.equal(token.status, 400)
  assert.deepEqual(await token.json(), {
    error: 'invalid_request',
    error_description: 'the query string has a broken percent escape',
  })
})
