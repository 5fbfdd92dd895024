// Every act that an auditor would ask about leaves a trace in the transaction that does it, and no act leaves a secret.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { days, hours, seconds } from '../../src/base/time.ts'
import { verifyChain } from '../../src/core/audit/verify-chain.ts'
import { linkActs } from '../../src/core/audit/link-acts.ts'
import { configureChannel } from '../../src/core/attempt/configure-channel.ts'
import { setMaintenance } from '../../src/core/switch/set-maintenance.ts'
import { rotateClientSecret } from '../../src/core/application/rotate-client-secret.ts'
import { addWebhookSecret } from '../../src/core/notice/add-webhook-secret.ts'
import { addOrigin } from '../../src/core/organization/add-origin.ts'
import { createApiClient, rotateApiKey } from '../../src/core/organization/create-api-client.ts'
import { createService } from '../../src/core/organization/create-service.ts'
import { linkAggregator } from '../../src/core/organization/link-aggregator.ts'
import { openSigningKeys } from '../../src/outside/signing-keys.ts'
import { must, openWorld } from '../world.ts'
import {
  answered,
  authorizePath,
  codeFor,
  openGate,
  redeem,
  refreshed,
  tokensFor,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
let shop: Application
let admin: pg.Client
before(async () => {
  gate = await openGate()
  shop = await gate.application()
  admin = new pg.Client({ connectionString: gate.databaseUrl })
  await admin.connect()
})
after(async () => {
  await admin.end()
  await gate.close()
})

type Row = {
  readonly what: string
  readonly by_kind: string
  readonly by_id: string | null
  readonly about_kind: string | null
  readonly about_id: string | null
  readonly organization_id: string | null
  readonly details: Readonly<Record<string, unknown>>
}

const seen = new Set<string>()

/** What was recorded since the last look. */
async function news(): Promise<readonly Row[]> {
  const { rows } = await admin.query<Row & { readonly id: string }>('select * from act order by at, id')
  const fresh = rows.filter(({ id }) => !seen.has(id))
  for (const { id } of fresh) seen.add(id)
  return fresh
}

async function only(what: string): Promise<Row> {
  const found = (await news()).filter((act) => act.what === what)
  assert.equal(found.length, 1, `${what}: ${JSON.stringify(found)}`)
  return found[0] as Row
}

test('signing in and out are recorded, with how', async () => {
  await news()
  const browser = await gate.signedIn()
  const started = await only('session.started')
  assert.deepEqual(
    [started.by_kind, started.by_id, started.about_kind, started.details],
    ['account', gate.account.id, 'session', { methods: 'pwd', known: false }],
  )
  const page = await browser.get('/signout')
  await browser.post('/signout', { token: page.token })
  const ended = await only('session.ended')
  assert.deepEqual(
    [ended.by_id, ended.about_id, ended.details],
    [gate.account.id, started.about_id, { reach: 'here' }],
  )
})

test('wrong passwords are recorded when they have used up a budget, once an hour, and without what was typed', async () => {
  await news()
  const guess = async (): Promise<number> =>
    (await gate.browser().signIn('00000022', 'not the password')).status
  for (let tries = 0; tries < 6; tries += 1) await guess()
  assert.deepEqual(await news(), [], 'a few wrong passwords are no news')
  for (let tries = 0; tries < 5; tries += 1) assert.equal(await guess(), 429)
  const limited = await only('sign-in.limited')
  assert.deepEqual(
    [limited.by_kind, limited.about_kind, limited.about_id, limited.details],
    ['stranger', 'account', gate.other.id, { budget: 'pair' }],
  )
  gate.pass(hours(2))
  for (let tries = 0; tries < 14; tries += 1) await guess()
  assert.equal((await only('sign-in.limited')).about_id, gate.other.id)
})

test('consent is recorded when it is given and when it is taken back', async () => {
  await news()
  const browser = await gate.signedIn()
  const application = await gate.application({ name: 'Fresh' })
  await codeFor(browser, application, { scope: 'openid profile' })
  const given = await only('consent.given')
  assert.deepEqual(
    [given.by_id, given.about_id, given.details],
    [gate.account.id, application.clientId, { scopes: 'openid profile' }],
  )
  const { token } = await browser.get('/account')
  await browser.post('/account/services/remove', { token, client_id: application.clientId })
  assert.equal((await only('consent.withdrawn')).about_id, application.clientId)
})

test('[identity 71] a code or a refresh token that comes twice is recorded once, with the grant that it ended', async () => {
  const code = await codeFor(await gate.signedIn(), shop)
  await redeem(gate, shop, code)
  await news()
  for (let again = 0; again < 3; again += 1) assert.equal((await redeem(gate, shop, code)).status, 400)
  const replayed = await only('code.replayed')
  assert.deepEqual(
    [replayed.by_kind, replayed.by_id, replayed.about_kind],
    ['application', shop.clientId, 'grant'],
  )
  const { refresh } = await tokensFor(gate, shop, { scope: 'openid offline_access' })
  await refreshed(gate, shop, refresh)
  gate.pass(seconds(60))
  await news()
  for (let again = 0; again < 3; again += 1) assert.equal((await refreshed(gate, shop, refresh)).status, 400)
  assert.equal((await only('token.replayed')).by_id, shop.clientId)
})

test('[identity 52] an application that repeats its code_challenge or nonce in another request is flagged', async () => {
  const application = await gate.application({ name: 'Lazy' })
  const challenge = 'c'.repeat(43)
  const browser = await gate.signedIn()
  const once = { code_challenge: challenge, nonce: 'a-nonce', state: 'one' }
  await codeFor(browser, application, once)
  await news()
  answered(await browser.get(authorizePath(application, once)))
  assert.deepEqual(await news(), [], 'a page that was reloaded is no other request')
  answered(await browser.get(authorizePath(application, { ...once, nonce: 'another', state: 'two' })))
  const first = await only('authorization.value-repeated')
  assert.deepEqual(
    [first.by_kind, first.about_id, first.organization_id, first.details],
    ['application', application.clientId, gate.organizationId, { parameter: 'code_challenge' }],
  )
  // The same nonce from another browser, with a challenge of its own.
  const other = await gate.signedIn()
  const changed = { ...once, code_challenge: 'd'.repeat(43) }
  answered(await other.get(authorizePath(application, changed)))
  assert.deepEqual((await only('authorization.value-repeated')).details, { parameter: 'nonce' })
  answered(await browser.get(authorizePath(application, { ...once, state: 'three' })))
  assert.deepEqual(await news(), [], 'once an hour each')
  gate.pass(hours(1))
  answered(await browser.get(authorizePath(application, { ...once, state: 'four' })))
  assert.equal((await news()).length, 2)
  const stranger = await gate.application({ name: 'Stranger' })
  await news()
  await codeFor(browser, stranger, { ...once, state: 'five' })
  assert.deepEqual(
    (await news()).map(({ what }) => what),
    ['consent.given'],
    'two applications may choose the same',
  )
})

test('what the operator does is recorded, each with what it is about', async () => {
  const { deps } = gate
  const { organizationId } = gate
  await news()
  const client = must(await createApiClient(deps, { organizationId, role: 'aggregator' }))
  must(await rotateApiKey(deps, { apiClientId: client.id, overlap: days(1) }))
  const feeRule = { kind: 'flat', fee: 0n } as const
  must(await createService(deps, { organizationId, code: '125', name: 'Fines', currency: 'KES', feeRule }))
  must(await addOrigin(deps, { organizationId, origin: 'https://more.example' }))
  must(await linkAggregator(deps, { organizationId, apiClientId: client.id }))
  must(await addWebhookSecret(deps, { organizationId, overlap: days(1) }))
  must(await rotateClientSecret(deps, { clientId: shop.clientId, overlap: days(1) }))
  const channel = deps.channels.get('bank')
  assert.ok(channel !== undefined)
  must(await configureChannel(deps, { organizationId, channel, place: 0, settings: {} }))
  await setMaintenance(deps, true)
  await setMaintenance(deps, false, { kind: 'account', id: gate.account.id })
  await (await openSigningKeys(deps)).rotate('ES256')
  const told = (await news()).map(({ what, by_kind, about_kind, organization_id }) => [
    what,
    by_kind,
    about_kind,
    organization_id === organizationId,
  ])
  assert.deepEqual(told, [
    ['api-client.created', 'operator', 'api-client', true],
    ['api-client.key-rotated', 'operator', 'api-client', true],
    ['service.created', 'operator', 'service', true],
    ['origin.added', 'operator', 'organization', true],
    ['aggregator.linked', 'operator', 'api-client', true],
    ['webhook-secret.added', 'operator', 'organization', true],
    ['application.secret-rotated', 'operator', 'application', true],
    ['channel.configured', 'operator', 'channel', true],
    ['maintenance.switched', 'operator', 'switch', false],
    ['maintenance.switched', 'account', 'switch', false],
    ['signing-key.rotated', 'system', 'key', false],
  ])
})

test('what is refused is not recorded as done', async () => {
  const { deps } = gate
  await news()
  const { organizationId } = gate
  const client = must(await createApiClient(deps, { organizationId, role: 'merchant' }))
  await news()
  assert.equal((await createApiClient(deps, { organizationId, role: 'merchant', id: client.id })).ok, false)
  assert.equal((await addOrigin(deps, { organizationId, origin: 'nonsense' })).ok, false)
  assert.equal((await linkAggregator(deps, { organizationId, apiClientId: client.id })).ok, false)
  assert.equal((await rotateApiKey(deps, { apiClientId: 'nobody', overlap: days(1) })).ok, false)
  assert.deepEqual(await news(), [])
})

test('[identity 116] the jobs of a running house chain what is recorded, and its metrics say how far behind it is', async () => {
  const world = await openWorld()
  try {
    const gauge = async (): Promise<string> => await (await fetch(`${world.url}/metrics`)).text()
    assert.match(await gauge(), /^lango_acts_unchained [1-9]/m)
    assert.match(await gauge(), /^lango_audit_lag_seconds \d/m)
    world.house.startJobs()
    const until = performance.now() + 20_000
    while (!/^lango_acts_unchained 0$/m.test(await gauge()) && performance.now() < until)
      await new Promise((done) => setTimeout(done, 50))
    assert.match(await gauge(), /^lango_audit_lag_seconds 0$/m)
    const { head, waiting, broken } = await verifyChain(world.deps)
    assert.ok(head.place >= 2)
    assert.deepEqual([waiting, broken], [0, null])
  } finally {
    await world.close()
  }
})

test('no act holds a password, a code, a token, a secret or an identity number', async () => {
  const { rows } = await admin.query<{ text: string }>('select act::text as text from act')
  const all = rows.map(({ text }) => text).join('\n')
  for (const secret of [
    'wanjiku opens',
    'not the password',
    'sec_',
    '00000011',
    '00000022',
    '127.0.0.1',
    shop.secret,
  ])
    assert.ok(!all.includes(secret), secret)
  while ((await linkActs(gate.deps)) > 0);
  assert.equal((await verifyChain(gate.deps)).broken, null)
})
