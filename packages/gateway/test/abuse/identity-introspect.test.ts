// Asking about tokens and ending them.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after as afterwards, before, test } from 'node:test'
import { crc32 } from 'node:zlib'
import { SignJWT, generateKeyPair } from 'jose'
import { after, seconds } from '../../src/base/time.ts'
import { introspectToken } from '../../src/core/token/introspect-token.ts'
import { must } from '../world.ts'
import {
  codeFor,
  get,
  introspected,
  post,
  redeem,
  redemption,
  refreshed,
  saidBy,
  tokensFor,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'
import { offline, openTokenDesk, refusedAs, type TokenDesk } from './token-desk.ts'

let gate: Gate
let shop: Application
let other: Application
let isActive: TokenDesk['isActive']

before(async () => {
  ;({ gate, shop, other, isActive } = await openTokenDesk())
})
afterwards(async () => {
  await gate.close()
})

test('[identity 81] nobody asks the standard endpoint without a secret', async () => {
  const { access } = await tokensFor(gate, shop)
  const native = await gate.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
  for (const who of [
    {},
    { client_id: shop.clientId },
    { client_id: native.clientId },
    { client_id: shop.clientId, client_secret: 'sec_no' },
  ]) {
    const answer = await post(`${gate.url}/oauth/introspect`, { token: access, ...who })
    assert.deepEqual([answer.status, answer.body['error']], [401, 'invalid_client'])
  }
})

test('[identity 81] without saying who asks, only tokens of applications that allow it are known, by four members', async () => {
  const open = await gate.application({ allowances: ['open-introspection'] })
  const [theirs, ours] = [await tokensFor(gate, open, offline), await tokensFor(gate, shop)]
  const ask = async (token: string) => await post(`${gate.url}/api/oauth/token/introspect`, { token })
  assert.deepEqual((await ask(theirs.access)).body, {
    active: true,
    scope: 'openid email offline_access',
    token_type: 'authorization_code',
    client_id: open.clientId,
  })
  for (const token of [
    ours.access,
    theirs.refresh,
    theirs.access.slice(0, -1),
    `${theirs.access} `,
    `${theirs.access}x`,
  ]) {
    const answer = await ask(token)
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.body, { active: false })
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  }
})

test('[identity 82] [identity 83] whatever is not the asker’s own live token is exactly {"active":false}', async () => {
  const { access, refresh } = await tokensFor(gate, shop, offline)
  assert.deepEqual(await introspected(gate, other, access), { active: false })
  assert.deepEqual(await introspected(gate, other, refresh), { active: false })
  const forged = `${access.slice(0, 36)}${randomBytes(32).toString('base64url')}${access.slice(-8)}`
  const { privateKey } = await generateKeyPair('RS256')
  const jwt = await new SignJWT({ sub: gate.account.id })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(privateKey)
  for (const token of [forged, jwt, 'x', 'lat_', '\0', '💥', 'a'.repeat(60_000)]) {
    assert.deepEqual(await introspected(gate, shop, token), { active: false }, token.slice(0, 20))
  }
  const known = await introspected(gate, shop, access)
  assert.deepEqual(Object.keys(known).sort(), [
    'active',
    'aud',
    'client_id',
    'exp',
    'iat',
    'iss',
    'scope',
    'sub',
    'token_type',
  ])
})

test('[identity 85] revoking: unknown is 200, another’s has no effect, a refresh token takes its access tokens along', async () => {
  const { access, refresh } = await tokensFor(gate, shop, offline)
  const revoke = async (application: Application, token: string) =>
    await post(`${gate.url}/oauth/revoke`, {
      token,
      client_id: application.clientId,
      client_secret: application.secret,
    })
  for (const token of ['garbage', access, refresh]) assert.equal((await revoke(other, token)).status, 200)
  assert.ok(await isActive(access))
  // The family stands readable in every token: knowing it is not enough to end it.
  const guess = `${refresh.slice(0, 36)}${randomBytes(32).toString('base64url')}`
  await revoke(shop, guess + crc32(guess).toString(16).padStart(8, '0'))
  assert.ok(await isActive(access))
  const second = await refreshed(gate, shop, refresh)
  const newest = String(second.body['access_token'])
  assert.equal((await revoke(shop, access)).status, 200)
  assert.equal(await isActive(access), false)
  assert.ok(await isActive(newest))
  assert.equal((await revoke(shop, String(second.body['refresh_token']))).status, 200)
  assert.equal(await isActive(newest), false)
  refusedAs(
    await post(`${gate.url}/oauth/revoke`, { client_id: shop.clientId, client_secret: shop.secret }),
    'invalid_request',
  )
})

test('[identity 92] every answer of an endpoint for machines says no-store, errors too', async () => {
  const answers = [
    await post(`${gate.url}/oauth/token`, {}),
    await post(`${gate.url}/oauth/access-token`, {}),
    await post(`${gate.url}/oauth/introspect`, {}),
    await post(`${gate.url}/oauth/revoke`, {}),
    await post(`${gate.url}/api/oauth/token/introspect`, {}),
    await get(`${gate.url}/oauth/userinfo`),
    await get(`${gate.url}/api/userinfo`),
    await redeem(gate, shop, await codeFor(await gate.signedIn(), shop)),
  ]
  for (const answer of answers) assert.equal(answer.headers.get('cache-control'), 'no-store')
})

test('a slash at the end of the address changes nothing', async () => {
  const code = await codeFor(await gate.signedIn(), shop)
  const answer = await post(`${gate.url}/oauth/token/`, redemption(shop, code))
  assert.equal(answer.status, 200)
})

test('[identity 93] a process whose clock is a second behind or ahead takes what the others gave', async () => {
  const { access } = await tokensFor(gate, shop)
  const by = saidBy(shop)
  for (const skew of [-1, 1]) {
    const clock = { now: () => after(gate.deps.clock.now(), seconds(skew)) }
    const deps = { ...gate.deps, clock }
    assert.notEqual(
      must(await introspectToken(deps, { token: access, by, kinds: ['access'] })),
      null,
      String(skew),
    )
  }
})
