// The short while in which a refresh token that was used gives the very same answer again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Database } from '../../src/base/db.ts'
import { forgetAnswers } from '../../src/core/token/forget-answers.ts'
import { grantTokens } from '../../src/core/token/grant-tokens.ts'
import { strict, type GrantPolicy } from '../../src/core/token/grant.ts'
import { must, openWorld } from '../world.ts'
import { refreshed, tokensFor, type Application, type Gate } from '../journeys/standard/gate.ts'
import { offline, openTokenDesk, refusedAs, window, type TokenDesk } from './token-desk.ts'

let gate: Gate
let shop: Application
let other: Application
let isActive: TokenDesk['isActive']

before(async () => {
  ;({ gate, shop, other, isActive } = await openTokenDesk())
})
after(async () => {
  await gate.close()
})

test('[identity 72] [identity 73] 20 parallel refreshes of one token leave one family, and all get the same answer', async () => {
  for (const idTokenAlg of ['RS256', 'ES256'] as const) {
    const application = await gate.application({ idTokenAlg })
    const { refresh } = await tokensFor(gate, application, offline)
    const answers = await parallel(20, async () => await refreshed(gate, application, refresh))
    const [first] = answers
    for (const answer of answers) assert.deepEqual([answer.status, answer.body], [200, first?.body])
    assert.deepEqual(await liveTokens(refresh), { access: 2, refresh: 1 })
    assert.equal((await refreshed(gate, application, String(first?.body['refresh_token']))).status, 200)
  }
})

test('[identity 72] 20 parallel refreshes over two processes get the same answer', async (t) => {
  const second = await openWorld({ databaseUrl: gate.databaseUrl, clock: gate.deps.clock })
  t.after(second.close)
  const { refresh } = await tokensFor(gate, shop, offline)
  const twin = { ...gate, url: second.url }
  const answers = await parallel(
    20,
    async (place) => await refreshed(place % 2 === 0 ? gate : twin, shop, refresh),
  )
  const [first] = answers
  for (const { status, body } of answers) {
    assert.equal(status, 200)
    assert.deepEqual(
      [body['access_token'], body['refresh_token'], body['id_token']],
      [first?.body['access_token'], first?.body['refresh_token'], first?.body['id_token']],
    )
  }
  assert.deepEqual(await liveTokens(refresh), { access: 2, refresh: 1 })
})

test('[identity 73] a lost answer can be asked for again until the window ends, and is then a copy', async () => {
  const { refresh } = await tokensFor(gate, shop, offline)
  const first = await refreshed(gate, shop, refresh)
  gate.pass({ seconds: window.seconds - 0.001 })
  assert.deepEqual((await refreshed(gate, shop, refresh)).body, first.body)
  assert.deepEqual((await refreshed(gate, shop, refresh, { scope: offline.scope })).body, first.body)
  // What followed in the meantime changes nothing: a slow second tab still gets where the first one is.
  assert.equal((await refreshed(gate, shop, String(first.body['refresh_token']))).status, 200)
  gate.pass({ seconds: 0.001 })
  refusedAs(await refreshed(gate, shop, refresh), 'invalid_grant')
  assert.equal(await isActive(String(first.body['access_token'])), false)
})

test('[identity 73] an attempt whose connection died after the commit gives what it stored', async () => {
  const { refresh } = await tokensFor(gate, shop, offline)
  let lost = 0
  const db: Database = {
    ...gate.deps.db,
    query: async (statement, values) => {
      const rows = await gate.deps.db.query(statement, values)
      if (statement.name === 'refresh_spend' && lost++ === 0)
        throw new Error('Connection terminated unexpectedly')
      return rows
    },
  }
  const sent = { method: 'client_secret_post', assertion: null, address: '127.0.0.1' } as const
  const by = { clientId: shop.clientId, secret: shop.secret, ...sent }
  const policy: GrantPolicy = { ...strict, describe: () => ({}) }
  const asked = { grant: 'refresh', refreshToken: refresh, scopes: null, resources: null, jkt: null } as const
  const tokens = must(await grantTokens({ ...gate.deps, db }, by, asked, policy))
  assert.equal(lost, 2)
  assert.ok(await isActive(tokens.accessToken))
  assert.equal((await refreshed(gate, shop, refresh)).body['access_token'], tokens.accessToken)
})

test('[identity 74] inside the window another scope or client gets nothing, and the family lives on', async () => {
  const { refresh } = await tokensFor(gate, shop, offline)
  const first = await refreshed(gate, shop, refresh)
  refusedAs(await refreshed(gate, shop, refresh, { scope: 'openid' }), 'invalid_grant')
  refusedAs(await refreshed(gate, other, refresh), 'invalid_grant')
  assert.equal((await refreshed(gate, { ...shop, secret: 'sec_no' }, refresh)).status, 401)
  assert.deepEqual((await refreshed(gate, shop, refresh)).body, first.body)
  assert.equal((await refreshed(gate, shop, String(first.body['refresh_token']))).status, 200)
})

test('[identity 80] the kept answer opens with the refresh token alone, and is gone soon after the window', async () => {
  const { refresh } = await tokensFor(gate, shop, offline)
  const { body } = await refreshed(gate, shop, refresh)
  const [row] = await answersOf(refresh)
  const sealed = row?.['sealed'] as Uint8Array
  for (const secret of Object.values(body).map(String))
    assert.equal(Buffer.from(sealed).includes(secret), false)
  assert.throws(() => gate.deps.vault.openUnder(String(body['refresh_token']), 'refresh answer', sealed))
  assert.throws(() => gate.deps.vault.open('refresh answer', sealed))
  const opened = JSON.parse(gate.deps.vault.openUnder(refresh, 'refresh answer', sealed)) as Record<
    string,
    string
  >
  assert.equal(opened['accessToken'], body['access_token'])
  gate.pass({ seconds: window.seconds - 1 })
  await forgetAnswers(gate.deps)
  assert.equal((await answersOf(refresh)).length, 1)
  gate.pass({ seconds: 1.001 })
  await forgetAnswers(gate.deps)
  assert.equal((await answersOf(refresh)).length, 0)
})

test('[identity 78] inside the window too, nothing is repeated of what was taken back', async () => {
  const { refresh } = await tokensFor(gate, shop, offline)
  assert.equal((await refreshed(gate, shop, refresh)).status, 200)
  const browser = await gate.signedIn()
  const page = await browser.get('/account')
  await browser.post('/account/services/remove', { token: page.token, client_id: shop.clientId })
  refusedAs(await refreshed(gate, shop, refresh), 'invalid_grant')
})

test('[identity 78] an application that is switched off refreshes nothing and repeats nothing', async () => {
  const off = await gate.application()
  const { refresh } = await tokensFor(gate, off, offline)
  assert.equal((await refreshed(gate, off, refresh)).status, 200)
  await gate.deps.db.query(
    { name: 'test_disable', text: 'update application set disabled_at = now() where client_id = $1' },
    [off.clientId],
  )
  assert.equal((await refreshed(gate, off, refresh)).status, 401)
})

async function parallel<T>(count: number, ask: (place: number) => Promise<T>): Promise<readonly T[]> {
  return await Promise.all(Array.from({ length: count }, (_, place) => ask(place)))
}

async function liveTokens(refresh: string): Promise<Readonly<Record<string, number>>> {
  const rows = await gate.deps.db.query(
    {
      name: 'test_live',
      text: `select kind, count(*)::int as n from token join token_family f on f.id = family_id
              where used_at is null and f.revoked_at is null and f.id = $1::uuid group by kind order by kind`,
    },
    [familyIdOf(refresh)],
  )
  return Object.fromEntries(rows.map(({ kind, n }) => [String(kind), Number(n)]))
}

async function answersOf(refresh: string) {
  return await gate.deps.db.query(
    { name: 'test_answers', text: 'select sealed from refresh_answer where family_id = $1::uuid' },
    [familyIdOf(refresh)],
  )
}

function familyIdOf(token: string): string {
  return token.slice(4, 36).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
