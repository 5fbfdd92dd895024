// Consent and session are the ground of a grant: whoever takes them back in the very moment of granting leaves nothing alive.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { endConsent, findConsent } from '../../src/core/authorization/consent.sql.ts'
import { endSessions, revokeSessionFamilies } from '../../src/core/session/session.sql.ts'
import { textOf, type Browser } from '../journeys/account/town.ts'
import {
  answered,
  authorizePath,
  codeFor,
  openGate,
  press,
  redeem,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
let shop: Application
let browser: Browser

before(async () => {
  gate = await openGate()
})
after(async () => {
  await gate.close()
})

async function begin(): Promise<void> {
  shop = await gate.application({ name: 'Duka' })
  browser = await gate.signedIn()
  await codeFor(browser, shop)
}

/** Holds a transaction open while another asks, and lets it commit a moment later. */
async function meanwhile<T>(work: Parameters<Gate['deps']['db']['transaction']>[0], ask: () => Promise<T>) {
  return await gate.deps.db.transaction(async (tx) => {
    await work(tx)
    const asked = ask()
    await new Promise((done) => setTimeout(done, 150))
    return { asked }
  })
}

test('consent that is withdrawn in the instant of a grant: she is asked anew, and no code is given', async () => {
  await begin()
  const now = gate.deps.clock.now()
  const { asked } = await meanwhile(
    async (tx) => await endConsent(tx, gate.account.id, shop.clientId, now),
    async () => await browser.get(authorizePath(shop)),
  )
  const page = await asked
  assert.equal(page.status, 200)
  assert.match(textOf(page), /Let Duka in\?/)
  assert.deepEqual(await alive(), [])
})

test('with prompt=none the same moment answers consent_required', async () => {
  await begin()
  const { asked } = await meanwhile(
    async (tx) => await endConsent(tx, gate.account.id, shop.clientId, gate.deps.clock.now()),
    async () => await browser.get(authorizePath(shop, { prompt: 'none' })),
  )
  assert.equal(answered(await asked)['error'], 'consent_required')
})

test('[identity 78] a session that ends in the instant of a grant gives no code', async () => {
  await begin()
  const now = gate.deps.clock.now()
  const { asked } = await meanwhile(
    async (tx) => {
      await endSessions(tx, gate.account.id, null, now)
      await revokeSessionFamilies(tx, gate.account.id, null, now)
    },
    async () => await browser.get(authorizePath(shop)),
  )
  assert.match((await asked).location ?? '', /^\/signin\?/)
  assert.deepEqual(await alive(), [])
})

test('forty grants and withdrawals at once: what is withdrawn in the end has no family alive', async () => {
  await begin()
  const { token } = await browser.get('/account')
  const remove = { token, client_id: shop.clientId }
  await Promise.all(
    Array.from({ length: 40 }, async (_, at) =>
      at % 4 === 3
        ? await browser.post('/account/services/remove', remove)
        : await browser.get(authorizePath(shop)),
    ),
  )
  assert.equal(await findConsent(gate.deps.db, gate.account.id, shop.clientId), null)
  assert.deepEqual(await alive(), [])
})

test('[identity 78] a code that came before the withdrawal is dead after it', async () => {
  await begin()
  const code = await codeFor(browser, shop)
  const { token } = await browser.get('/account')
  await browser.post('/account/services/remove', { token, client_id: shop.clientId })
  assert.equal((await redeem(gate, shop, code)).status, 400)
})

test('what she agrees to and what she takes back is on record, with what it was', async () => {
  await begin()
  const { token } = await browser.get('/account')
  await browser.post('/account/services/remove', { token, client_id: shop.clientId })
  await press(browser, await browser.get(authorizePath(shop, { scope: 'openid email' })), 'back')
  const acts = await gate.deps.db.query<{
    readonly what: string
    readonly by: string
    readonly scopes: string
  }>(
    {
      name: 'test_consent_acts',
      text: `select what, by_kind || ' ' || by_id as by, details ->> 'scopes' as scopes from act
              where about_kind = 'application' and about_id = $1 and what like 'consent.%' order by id`,
    },
    [shop.clientId],
  )
  const by = `account ${gate.account.id}`
  assert.deepEqual(acts, [
    { what: 'consent.given', by, scopes: 'openid' },
    { what: 'consent.withdrawn', by, scopes: null },
  ])
})

async function alive(): Promise<readonly string[]> {
  const rows = await gate.deps.db.query<{ readonly id: string }>(
    {
      name: 'test_alive_families',
      text: 'select id from token_family where client_id = $1 and revoked_at is null',
    },
    [shop.clientId],
  )
  return rows.map(({ id }) => id)
}
