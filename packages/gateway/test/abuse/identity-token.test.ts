// Tokens, their introspection and revocation, keys, discovery.
import assert from 'node:assert/strict'
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { crc32 } from 'node:zlib'
import { createRemoteJWKSet, jwtVerify, SignJWT, generateKeyPair } from 'jose'
import { days, hours, minutes } from '../../src/base/time.ts'
import { expireTokens } from '../../src/core/identity/expire-tokens.ts'
import { openSigningKeys } from '../../src/outside/signing-keys.ts'
import {
  claimsOf,
  codeFor,
  get,
  introspected,
  openGate,
  post,
  redeem,
  redemption,
  refreshed,
  tokensFor,
  type Answer,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
let shop: Application
let other: Application

before(async () => {
  gate = await openGate()
  shop = await gate.application()
  other = await gate.application({ name: 'Other' })
})
after(async () => {
  await gate.close()
})

const offline = { scope: 'openid email offline_access' }

function refusedAs(answer: Answer, error: string): void {
  assert.deepEqual([answer.status, answer.body['error']], [400, error])
}

async function isActive(token: string, application = shop): Promise<boolean> {
  return (await introspected(gate, application, token))['active'] === true
}

test('[identity 71] a refresh token that is used again ends its whole family', async () => {
  const first = await tokensFor(gate, shop, offline)
  const second = await refreshed(gate, shop, first.refresh)
  assert.equal(second.status, 200)
  assert.deepEqual(Object.keys(second.body).sort(), ['access_token', 'expires_in', 'id_token', 'refresh_token', 'scope', 'token_type'])
  assert.notEqual(second.body['refresh_token'], first.refresh)
  assert.ok(await isActive(first.access))
  refusedAs(await refreshed(gate, shop, first.refresh), 'invalid_grant')
  assert.equal(await isActive(first.access), false)
  assert.equal(await isActive(String(second.body['access_token'])), false)
  refusedAs(await refreshed(gate, shop, String(second.body['refresh_token'])), 'invalid_grant')
})

test('[identity 72] of 20 parallel refreshes at most one gives tokens', async () => {
  const { refresh } = await tokensFor(gate, shop, offline)
  const answers = await Promise.all(Array.from({ length: 20 }, async () => await refreshed(gate, shop, refresh)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  const rows = await gate.deps.db.query(
    { name: 'test_live', text: `select count(*)::int as n from token join token_family f on f.id = family_id where kind = 'refresh' and used_at is null and f.revoked_at is null and f.id = $1::uuid` },
    [familyIdOf(refresh)],
  )
  assert.ok(Number(rows[0]?.['n']) <= 1)
})

test('[identity 75] two sign-ins of one person are families of their own', async () => {
  const [one, two] = [await tokensFor(gate, shop, offline), await tokensFor(gate, shop, offline)]
  await refreshed(gate, shop, one.refresh)
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
    await gate.deps.db.query({ name: 'test_active', text: 'update account set active = $2 where id = $1' }, [gate.account.id, active])
  await set(false)
  assert.equal((await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${closed.access}` })).status, 401)
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

test('[identity 81] nobody asks the standard endpoint without a secret', async () => {
  const { access } = await tokensFor(gate, shop)
  const native = await gate.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
  for (const who of [{}, { client_id: shop.clientId }, { client_id: native.clientId }, { client_id: shop.clientId, client_secret: 'sec_no' }]) {
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
  for (const token of [ours.access, theirs.refresh, theirs.access.slice(0, -1), `${theirs.access} `, `${theirs.access}x`]) {
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
  const jwt = await new SignJWT({ sub: gate.account.id }).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
  for (const token of [forged, jwt, 'x', 'lat_', '\0', '💥', 'a'.repeat(60_000)]) {
    assert.deepEqual(await introspected(gate, shop, token), { active: false }, token.slice(0, 20))
  }
  const known = await introspected(gate, shop, access)
  assert.deepEqual(Object.keys(known).sort(), ['active', 'client_id', 'exp', 'iat', 'iss', 'scope', 'sub', 'token_type'])
})

test('[identity 85] revoking: unknown is 200, another’s has no effect, a refresh token takes its access tokens along', async () => {
  const { access, refresh } = await tokensFor(gate, shop, offline)
  const revoke = async (application: Application, token: string) =>
    await post(`${gate.url}/oauth/revoke`, { token, client_id: application.clientId, client_secret: application.secret })
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
  refusedAs(await post(`${gate.url}/oauth/revoke`, { client_id: shop.clientId, client_secret: shop.secret }), 'invalid_request')
})

test('[identity 86] a hint signed with anything but a key of ours is not believed', async () => {
  const { id } = await tokensFor(gate, shop)
  const [head = '', claims = '', signature = ''] = id.split('.')
  const header = (change: object) => Buffer.from(JSON.stringify({ ...decoded(head), ...change })).toString('base64url')
  const keys = (await get(`${gate.url}/oauth/jwks`)).body['keys'] as readonly Readonly<Record<string, string>>[]
  const rsa = keys.find((key) => key['alg'] === 'RS256')
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const hs = `${header({ alg: 'HS256' })}.${claims}`
  const own = await new SignJWT(claimsOf(id)).setProtectedHeader({ alg: 'RS256', kid: String(rsa?.['kid']) }).sign(privateKey)
  const embedded = await new SignJWT(claimsOf(id)).setProtectedHeader({ alg: 'RS256', jwk: { kty: 'RSA' } }).sign(privateKey)
  assert.ok(publicKey)
  for (const forged of [
    `${header({ alg: 'none' })}.${claims}.`,
    `${hs}.${createHmac('sha256', JSON.stringify(rsa)).update(hs).digest('base64url')}`,
    `${header({ kid: '../../etc/passwd' })}.${claims}.${signature}`,
    `${header({ crit: ['x'], x: 1 })}.${claims}.${signature}`,
    `${header({ b64: false, crit: ['b64'] })}.${claims}.${signature}`,
    own,
    embedded,
    `${id}.more`,
    `${id}A`,
    'x'.repeat(1_000_000),
  ]) {
    assert.equal(await gate.deps.signer.read(forged), null, forged.slice(0, 60))
  }
  assert.equal((await gate.deps.signer.read(id))?.['sub'], gate.account.id)
})

test('[identity 87] an ID token is no access token', async () => {
  const { id } = await tokensFor(gate, shop)
  const answer = await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${id}` })
  assert.equal(answer.status, 401)
  assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer realm="Lango", error="invalid_token"/)
  assert.equal((await get(`${gate.url}/api/userinfo?access_token=${id}`)).status, 400)
})

test('[identity 88] a token without openid is refused where the person is told of', async () => {
  const { body } = await redeem(gate, shop, await codeFor(await gate.signedIn(), shop, { scope: 'email' }))
  assert.equal('id_token' in body, false)
  const answer = await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${String(body['access_token'])}` })
  assert.deepEqual([answer.status, answer.body['error']], [403, 'insufficient_scope'])
})

test('[identity 89] user information: no token in the address; header and body are both read; sub is the ID token’s', async () => {
  const { access, id } = await tokensFor(gate, shop)
  const address = `${gate.url}/oauth/userinfo`
  const inQuery = await get(`${address}?access_token=${access}`)
  assert.equal(inQuery.status, 401)
  assert.equal(inQuery.headers.get('www-authenticate'), 'Bearer realm="Lango"')
  const answers = [
    await get(address, { authorization: `Bearer ${access}` }),
    await post(address, '', { authorization: `Bearer ${access}` }),
    await post(address, { access_token: access }),
  ]
  for (const answer of answers) {
    assert.equal(answer.status, 200)
    assert.equal(answer.body['sub'], claimsOf(id)['sub'])
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  }
  const twice = await post(address, { access_token: access }, { authorization: `Bearer ${access}` })
  assert.deepEqual([twice.status, twice.body['error']], [400, 'invalid_request'])
})

test('[identity 90] the scheme of a Bearer is read in any case, and nothing loose about it', async () => {
  const { access } = await tokensFor(gate, shop)
  for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEaReR']) {
    assert.equal((await get(`${gate.url}/oauth/userinfo`, { authorization: `${scheme} ${access}` })).status, 200)
  }
  for (const header of [`Bearer${access}`, `Bearer "${access}"`, `Bearer ${access},${access}`, `Basic ${access}`, access]) {
    assert.equal((await get(`${gate.url}/oauth/userinfo`, { authorization: header })).status, 400, header.slice(0, 10))
  }
})

test('[identity 91] an ID token says who, for whom, when and for which request, and its signature holds', async () => {
  for (const alg of ['RS256', 'ES256'] as const) {
    const application = await gate.application({ idTokenAlg: alg })
    const nonce = 'nonce "with" änything'
    const { access, id } = await tokensFor(gate, application, { nonce })
    const keys = createRemoteJWKSet(new URL(`${gate.url}/oauth/jwks`))
    const { payload, protectedHeader } = await jwtVerify(id, keys, {
      issuer: gate.url,
      audience: application.clientId,
      currentDate: new Date(gate.deps.clock.now().epochMs),
    })
    assert.deepEqual([protectedHeader.alg, protectedHeader.typ], [alg, 'JWT'])
    const now = Math.floor(gate.deps.clock.now().epochMs / 1000)
    assert.deepEqual(payload, {
      iss: gate.url,
      sub: gate.account.id,
      aud: application.clientId,
      azp: application.clientId,
      iat: now,
      exp: now + 3600,
      auth_time: now,
      nonce,
      at_hash: createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url'),
    })
  }
  const { id } = await tokensFor(gate, shop)
  assert.equal('nonce' in claimsOf(id), false)
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

test('[identity 94] a new key is published a day before it signs, the old one until its last token has ended', async () => {
  const rotating = await openGate()
  try {
    const { deps } = rotating
    const application = await rotating.application()
    const published = async () => (await deps.signer.publicKeys()).map(({ kid }) => kid)
    const signs = async () => String(decoded((await tokensFor(rotating, application)).id.split('.')[0] ?? '')['kid'])
    const old = await signs()
    assert.equal((await published()).length, 2)
    const { kid: next } = await (await openSigningKeys(deps)).rotate('RS256')
    assert.ok((await published()).includes(next))
    assert.equal(await signs(), old)
    rotating.pass({ seconds: hours(24).seconds - 1 })
    assert.equal(await signs(), old)
    rotating.pass(minutes(6))
    assert.equal(await signs(), next)
    assert.ok((await published()).includes(old))
    rotating.pass(hours(2))
    assert.ok(!(await published()).includes(old))
    // A process that was asleep through it all does not sign with a key that is no longer published.
    assert.equal(await signs(), next)
  } finally {
    await rotating.close()
  }
})

test('[identity 94] two processes that start on an empty database sign with keys that both publish', async () => {
  const shared = await openGate()
  try {
    await shared.deps.db.query({ name: 'test_no_keys', text: 'delete from signing_key' }, [])
    const [one, two] = await Promise.all([openSigningKeys(shared.deps), openSigningKeys(shared.deps)])
    const kids = new Set((await two.publicKeys()).map(({ kid }) => kid))
    for (const signer of [one, two]) {
      for (const alg of ['RS256', 'ES256'] as const) {
        const token = await signer.sign(alg, { sub: 'x' })
        assert.ok(kids.has(String(decoded(token.split('.')[0] ?? '')['kid'])))
        assert.deepEqual(await one.read(token), { sub: 'x' })
      }
    }
  } finally {
    await shared.close()
  }
})

test('[identity 95] the key set holds public members alone, and may be cached', async () => {
  const answer = await get(`${gate.url}/oauth/jwks`)
  const keys = answer.body['keys'] as readonly Readonly<Record<string, string>>[]
  const members = { RS256: ['alg', 'e', 'kid', 'kty', 'n', 'use'], ES256: ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'] }
  assert.deepEqual(new Set(keys.map((key) => key['alg'])), new Set(['RS256', 'ES256']))
  for (const key of keys) assert.deepEqual(Object.keys(key).sort(), members[key['alg'] === 'RS256' ? 'RS256' : 'ES256'])
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=300')
  const etag = answer.headers.get('etag') ?? ''
  const again = await get(`${gate.url}/oauth/jwks`, { 'if-none-match': etag })
  assert.equal(again.status, 304)
})

test('what has ended is deleted in batches, a day later, and what is still good stays', async () => {
  const gone = await tokensFor(gate, shop)
  gate.pass(hours(2))
  const kept = await tokensFor(gate, shop, offline)
  gate.pass({ seconds: hours(23).seconds })
  await expireTokens(gate.deps)
  const left = async (token: string) =>
    (await gate.deps.db.query({ name: 'test_left', text: 'select 1 as one from token_family where id = $1::uuid' }, [familyIdOf(token)])).length
  assert.deepEqual([await left(gone.access), await left(kept.access)], [1, 1])
  gate.pass(minutes(61))
  assert.ok((await expireTokens(gate.deps)) >= 2)
  assert.deepEqual([await left(gone.access), await left(kept.access)], [0, 1])
  assert.equal((await refreshed(gate, shop, kept.refresh)).status, 200)
})

test('a slash at the end of the address changes nothing', async () => {
  const code = await codeFor(await gate.signedIn(), shop)
  const answer = await post(`${gate.url}/oauth/token/`, redemption(shop, code))
  assert.equal(answer.status, 200)
})

function familyIdOf(token: string): string {
  return token.slice(4, 36).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
}
