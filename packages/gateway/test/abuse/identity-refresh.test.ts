// Refresh tokens: rotation, reuse, and the ends of a family.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { days, hours, minutes } from '../../src/base/time.ts'
import { expireTokens } from '../../src/core/token/expire-tokens.ts'
import {
  codeFor,
  get,
  redeem,
  refreshed,
  tokensFor,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'
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

test('[identity 71] a refresh token that is used again after the window ends its whole family, and the trail says so', async () => {
  const first = await tokensFor(gate, shop, offline)
  const second = await refreshed(gate, shop, first.refresh)
  assert.equal(second.status, 200)
  assert.deepEqual(Object.keys(second.body).sort(), [
    'access_token',
    'expires_in',
    'id_token',
    'refresh_token',
    'scope',
    'token_type',
  ])
  assert.notEqual(second.body['refresh_token'], first.refresh)
  assert.ok(await isActive(first.access))
  gate.pass(window)
  refusedAs(await refreshed(gate, shop, first.refresh), 'invalid_grant')
  assert.equal(await isActive(first.access), false)
  assert.equal(await isActive(String(second.body['access_token'])), false)
  refusedAs(await refreshed(gate, shop, String(second.body['refresh_token'])), 'invalid_grant')
  const recorded = await gate.deps.db.query(
    {
      name: 'test_revoked_acts',
      text: `select what from act where about_kind = 'grant' and about_id = $1`,
    },
    [familyIdOf(first.refresh)],
  )
  assert.deepEqual(
    recorded.map(({ what }) => what),
    ['token.replayed'],
  )
})

test('[identity 75] two sign-ins of one person are families of their own', async () => {
  const [one, two] = [await tokensFor(gate, shop, offline), await tokensFor(gate, shop, offline)]
  await refreshed(gate, shop, one.refresh)
  gate.pass(window)
  refusedAs(await refreshed(gate, shop, one.refresh), 'invalid_grant')
  assert.equal((await refreshed(gate, shop, two.refresh)).status, 200)
})

test('[identity 76] another application gets nothing for a refresh token, and does not burn it (oidcc-refresh-token)', async () => {
  const { refresh } = await tokensFor(gate, shop, offline)
  refusedAs(await refreshed(gate, other, refresh), 'invalid_grant')
  assert.equal((await refreshed(gate, shop, refresh)).status, 200)
  refusedAs(await refreshed(gate, other, refresh), 'invalid_grant')
})

test('[identity 77] a refresh may narrow the scope and never widen it', async () => {
  const { refresh } = await tokensFor(gate, shop, offline)
  refusedAs(await refreshed(gate, shop, refresh, { scope: 'openid phone' }), 'invalid_scope')
  refusedAs(await refreshed(gate, shop, refresh, { scope: 'openid admin' }), 'invalid_scope')
  const narrow = await refreshed(gate, shop, refresh, { scope: 'openid' })
  assert.equal(narrow.body['scope'], 'openid')
  const back = await refreshed(gate, shop, String(narrow.body['refresh_token']))
  assert.equal(back.body['scope'], 'openid email offline_access')
})

test('[identity 78] after a withdrawn consent, an inactive account or a sign-out nothing is refreshed', async () => {
  const withdrawn = await tokensFor(gate, shop, offline)
  const browser = await gate.signedIn()
  const page = await browser.get('/account')
  await browser.post('/account/services/remove', { token: page.token, client_id: shop.clientId })
  refusedAs(await refreshed(gate, shop, withdrawn.refresh), 'invalid_grant')
  assert.equal(await isActive(withdrawn.access), false)

  const online = await redeem(gate, shop, await codeFor(browser, shop))
  assert.ok(await isActive(String(online.body['access_token'])))
  await browser.post('/signout', { token: (await browser.get('/signout')).token })
  assert.equal(await isActive(String(online.body['access_token'])), false)

  const closed = await tokensFor(gate, shop, offline)
  const set = async (active: boolean) =>
    await gate.deps.db.query({ name: 'test_active', text: 'update account set active = $2 where id = $1' }, [
      gate.account.id,
      active,
    ])
  await set(false)
  assert.equal(
    (await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${closed.access}` })).status,
    401,
  )
  refusedAs(await refreshed(gate, shop, closed.refresh), 'invalid_grant')
  await set(true)
  assert.equal(await isActive(closed.access), false)
})

test('[identity 79] an access token ends after an hour, a refresh token after thirty idle days', async () => {
  const { access, refresh } = await tokensFor(gate, shop, offline)
  gate.pass({ seconds: 3599.999 })
  assert.ok(await isActive(access))
  gate.pass({ seconds: 0.001 })
  assert.equal(await isActive(access), false)
  gate.pass({ seconds: days(30).seconds - 3600.001 })
  const next = await refreshed(gate, shop, refresh)
  assert.equal(next.status, 200)
  gate.pass(days(30))
  refusedAs(await refreshed(gate, shop, String(next.body['refresh_token'])), 'invalid_grant')
})

test('[identity 79] half a year after she agreed nothing is refreshed, however often it was', async () => {
  let { refresh } = await tokensFor(gate, shop, offline)
  for (let month = 1; month <= 6; month += 1) {
    gate.pass({ seconds: days(30).seconds - 1 })
    const next = await refreshed(gate, shop, refresh)
    assert.equal(next.status, 200, String(month))
    refresh = String(next.body['refresh_token'])
  }
  gate.pass({ seconds: 6 })
  refusedAs(await refreshed(gate, shop, refresh), 'invalid_grant')
})

test('what has ended is deleted in batches, a day later, and what is still good stays', async () => {
  const gone = await tokensFor(gate, shop)
  gate.pass(hours(2))
  const kept = await tokensFor(gate, shop, offline)
  gate.pass({ seconds: hours(23).seconds })
  await expireTokens(gate.deps)
  const left = async (token: string) =>
    (
      await gate.deps.db.query(
        { name: 'test_left', text: 'select 1 as one from token_family where id = $1::uuid' },
        [familyIdOf(token)],
      )
    ).length
  assert.deepEqual([await left(gone.access), await left(kept.access)], [1, 1])
  gate.pass(minutes(61))
  assert.ok((await expireTokens(gate.deps)) >= 1)
  assert.deepEqual([await left(gone.access), await left(kept.access)], [0, 1])
  assert.equal((await refreshed(gate, shop, kept.refresh)).status, 200)
})

function familyIdOf(token: string): string {
  return token.slice(4, 36).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
