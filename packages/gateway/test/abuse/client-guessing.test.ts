// Guessing at client secrets, at several gateways over one database and many at a time.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openWorld } from '../world.ts'
import { openGate, post, type Application, type Gate } from '../journeys/standard/gate.ts'

type Twins = {
  readonly gate: Gate
  readonly application: Application
  readonly guess: (at: number, secret: string, clientId?: string) => Promise<number>
}

async function twins(t: TestContext): Promise<Twins> {
  const gate = await openGate()
  const other = await openWorld({ databaseUrl: gate.databaseUrl, clock: gate.deps.clock })
  t.after(async () => {
    await other.close()
    await gate.close()
  })
  const application = await gate.application()
  const urls = [gate.url, other.url]
  const guess = async (at: number, secret: string, clientId = application.clientId): Promise<number> => {
    const fields = { grant_type: 'authorization_code', code: 'x', client_id: clientId, client_secret: secret }
    return (await post(`${urls[at % 2]}/oauth/token`, fields)).status
  }
  return { gate, application, guess }
}

const count = (statuses: readonly number[], status: number): number =>
  statuses.filter((one) => one === status).length

test('[identity 64] eighty guesses at once at two gateways are looked at ten times, and once more for each gateway', async (t) => {
  const { gate, application, guess } = await twins(t)
  const statuses = await Promise.all(
    Array.from({ length: 80 }, async (_, at) => await guess(at, `sec_${at}`)),
  )
  const looked = count(statuses, 401)
  assert.ok(looked >= 10 && looked <= 12, String(looked))
  assert.equal(looked + count(statuses, 429), 80)
  // The right secret from there waits as well, at both; another application does not.
  for (const at of [0, 1]) assert.equal(await guess(at, application.secret), 429)
  const shop = await gate.application()
  assert.equal(await guess(0, shop.secret, shop.clientId), 400)
  const acts = await gate.deps.db.query(
    { name: 'acts_for_test', text: `select about_id from act where what = 'application.guessed'` },
    [],
  )
  assert.deepEqual(acts, [{ about_id: application.clientId }])
})

test('[identity 64] an application that proves itself is never counted, however many come at once', async (t) => {
  const { gate, application, guess } = await twins(t)
  const statuses = await Promise.all(
    Array.from({ length: 60 }, async (_, at) => await guess(at, application.secret)),
  )
  assert.equal(count(statuses, 400), 60, 'the code is wrong, and the secret is right')
  const rows = await gate.deps.db.query(
    { name: 'client_budgets_for_test', text: `select key from sign_in_budget where key like 'client %'` },
    [],
  )
  assert.deepEqual(rows, [])
})

test('[identity 64] one guess at each of many applications uses up what one network may try', async (t) => {
  const { guess } = await twins(t)
  const statuses: number[] = []
  for (let at = 0; at < 104; at += 1) statuses.push(await guess(at, 'sec_x', `nobody-${at}`))
  assert.equal(count(statuses, 401), 104, 'each name is looked at once')
  assert.equal(await guess(0, 'sec_y', 'nobody-0'), 429)
})
