// Applications that prove themselves by signed assertions (private_key_jwt).
import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { after, before, test } from 'node:test'
import { exportSPKI, SignJWT, UnsecuredJWT, type CryptoKey, type JWTHeaderParameters } from 'jose'
import { epochSeconds, seconds } from '../../src/base/time.ts'
import {
  codeFor,
  get,
  openGate,
  post,
  redeem,
  redemption,
  type Answer,
  type Gate,
  type Parameters,
} from '../journeys/standard/gate.ts'
import {
  assertion,
  assertionType,
  openSigningShop,
  type SigningShop,
} from '../journeys/standard/signing-shop.ts'

let gate: Gate
let shop: SigningShop

before(async () => {
  gate = await openGate()
  shop = await openSigningShop(gate)
})
after(async () => {
  await gate.close()
})

/** A token request in which all but the code may be right. */
async function withProof(fields: Parameters): Promise<Answer> {
  return await post(`${gate.url}/oauth/token`, { grant_type: 'authorization_code', code: 'none', ...fields })
}

function assertRefused(answer: Answer, name: string, problem?: RegExp): void {
  const { mend, ...body } = answer.body
  const error_description = 'The application is unknown, or its secret is wrong or missing.'
  assert.deepEqual([answer.status, body], [401, { error: 'invalid_client', error_description }], name)
  if (problem !== undefined) assert.match(JSON.stringify(mend), problem, name)
}

/** Long enough for the counter of wrong guesses. */
function rest(): void {
  gate.pass(seconds(120))
}

const now = (): number => epochSeconds(gate.deps.clock.now())

test('[identity 65] an application that signs gets tokens, and each assertion is good once', async () => {
  const { application } = shop
  const proof = await shop.assert()
  const code = await codeFor(await gate.signedIn(), application, { scope: 'openid offline_access' })
  const answer = await redeem(gate, application, code, proof)
  assert.equal(answer.status, 200)
  assertRefused(await withProof(proof), 'the same assertion', /used before/)
  const refresh = { grant_type: 'refresh_token', refresh_token: String(answer.body['refresh_token']) }
  const next = await post(`${gate.url}/oauth/token`, { ...refresh, ...(await shop.assert()) })
  assert.equal(next.status, 200, 'the assertion alone says who asks')
  const token = String(next.body['access_token'])
  const ask = async (path: string, fields: Parameters) =>
    await post(`${gate.url}/oauth/${path}`, { token, ...fields })
  assert.equal((await ask('introspect', await shop.assert())).body['active'], true)
  assertRefused(await ask('introspect', { client_id: application.clientId }), 'introspection without')
  assert.equal((await ask('revoke', await shop.assert())).status, 200)
  assert.equal((await ask('introspect', await shop.assert())).body['active'], false)
  rest()
})

test('[identity 65] of twenty requests with one assertion at once one is believed', async () => {
  const proof = await shop.assert()
  const answers = await Promise.all(Array.from({ length: 20 }, async () => await withProof(proof)))
  assert.equal(answers.filter(({ body }) => body['error'] === 'invalid_grant').length, 1)
  rest()
})

const wrongClaims: readonly (readonly [string, () => Readonly<Record<string, unknown>>, RegExp])[] = [
  ['token-endpoint-url-as-audience-fails', () => ({ aud: `${gate.url}/oauth/token` }), /aud is not/],
  ['array-as-audience-fails', () => ({ aud: [gate.url] }), /aud is not/],
  ['two audiences', () => ({ aud: [gate.url, 'https://bank.example'] }), /aud is not/],
  ['another server', () => ({ aud: 'https://bank.example' }), /aud is not/],
  ['a slash behind the issuer', () => ({ aud: `${gate.url}/` }), /aud is not/],
  ['no aud', () => ({ aud: undefined }), /aud is not/],
  ['expired', () => ({ exp: now() - 11 }), /exp is over/],
  ['expired five minutes ago', () => ({ exp: now() - 300 }), /exp is over/],
  ['no exp', () => ({ exp: undefined }), /exp is missing/],
  ['exp as a text', () => ({ exp: String(now() + 60) }), /exp is missing|no signed JWT/],
  ['exp a day ahead', () => ({ exp: now() + 86_400 }), /more than 60 minutes/],
  ['no sub', () => ({ sub: undefined }), /sub is not/],
  ['another sub', () => ({ sub: 'someone' }), /sub is not/],
  ['no iss', () => ({ iss: undefined }), /iss is not/],
  ['iss is not sub', () => ({ iss: 'https://shop.example' }), /iss is not/],
  ['nbf in a minute', () => ({ nbf: now() + 60 }), /nbf is still to come/],
  ['iat in a minute', () => ({ iat: now() + 60 }), /iat is still to come/],
  ['nbf as a text', () => ({ nbf: 'now' }), /nbf is no number/],
  ['no jti', () => ({ jti: undefined }), /jti is missing/],
  ['jti as a number', () => ({ jti: 7 }), /jti is missing/],
]

for (const [name, claims, problem] of wrongClaims) {
  test(`[identity 65] an assertion is refused: ${name}`, async () => {
    const proof = await shop.assert(claims())
    assertRefused(await withProof({ client_id: shop.application.clientId, ...proof }), name, problem)
    rest()
  })
}

test('[identity 65] clocks may differ by ten seconds, and older libraries name no type', async () => {
  for (const claims of [
    { nbf: now() + 8, iat: now() + 8 },
    { exp: now() - 8 },
    { exp: now() + 3600 },
    { iat: undefined, nbf: undefined },
  ])
    assert.equal((await withProof(await shop.assert(claims))).body['error'], 'invalid_grant')
  for (const typ of ['JWT', 'client-authentication+jwt'])
    assert.equal((await withProof(await shop.assert({}, { typ }))).body['error'], 'invalid_grant', typ)
  const proof = await shop.assert({}, { typ: 'dpop+jwt' })
  assertRefused(await withProof(proof), 'a proof of a key is no assertion', /another typ/)
  rest()
})

test('[identity 65] what is not signed by a registered key with an allowed algorithm is refused', async () => {
  const { clientId } = shop.application
  const claims = { iss: clientId, sub: clientId, aud: gate.url, exp: now() + 6000, jti: randomUUID() }
  const hs = `${encoded({ alg: 'HS256', kid: shop.kid })}.${encoded(claims)}`
  const mac = createHmac('sha256', await exportSPKI(shop.publicKey))
    .update(hs)
    .digest('base64url')
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const right = (await shop.assert())['client_assertion'] ?? ''
  const [head = '', body = '', signature = ''] = right.split('.')
  const { kid } = shop
  const jwk = other.publicKey.export({ format: 'jwk' })
  const texts: readonly (readonly [string, string, RegExp])[] = [
    ['alg none', new UnsecuredJWT(claims).encode(), /alg is none that/],
    ['HS256 with the public key', `${hs}.${mac}`, /alg is none that/],
    ['another key', await sign(claims, other.privateKey, { kid }), /signature does not fit/],
    ['an unknown kid', await sign(claims, other.privateKey, { kid: 'other' }), /None of the application/],
    ['a key in the header', await sign(claims, other.privateKey, { jwk }), /signature does not fit/],
    ['an unknown crit', await sign(claims, shop.key, { kid, crit: ['x'], x: 1 }), /no signed JWT/],
    ['changed claims', `${head}.${encoded({ ...claims, jti: 'x' })}.${signature}`, /signature does not fit/],
    ['cut', `${head}.${body}`, /no signed JWT/],
    ['no JSON', 'e30.e30.x', /alg is none that/],
    ['too long', `${right}${'A'.repeat(9000)}`, /too long/],
  ]
  for (const [name, text, problem] of texts) {
    assertRefused(await withProof({ client_id: clientId, ...assertion(text) }), name, problem)
    rest()
  }
  for (const nobody of ['x', 'e30.e30.x', `${head}.${encoded({})}.${signature}`])
    assert.deepEqual((await withProof(assertion(nobody))).status, 401, 'without a client_id')
})

test('[identity 65] with the profile fapi2 RS256 is no algorithm', async () => {
  // A key that is not for one algorithm alone could sign by PS256 as well, so it may be registered.
  const strict = await openSigningShop(gate, { alg: 'RS256', keyFor: 'any', more: { profile: 'fapi2' } })
  assertRefused(await withProof(await strict.assert()), 'RS256', /alg is none that this application/)
  const plain = await openSigningShop(gate, { alg: 'RS256' })
  assert.equal((await withProof(await plain.assert())).body['error'], 'invalid_grant')
})

test('[identity 60] an assertion beside a secret, and half an assertion, are refused', async () => {
  const { client_assertion = '' } = await shop.assert()
  const whole = assertion(client_assertion)
  const { clientId } = shop.application
  const basic = { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }
  const saml = 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer'
  for (const answer of [
    await post(`${gate.url}/oauth/token`, { grant_type: 'authorization_code', code: 'x', ...whole }, basic),
    await withProof({ ...whole, client_secret: 'sec_x', client_id: clientId }),
    await withProof({ client_id: clientId, client_assertion_type: assertionType }),
    await withProof({ client_assertion }),
    await withProof({ ...whole, client_assertion_type: saml }),
  ])
    assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_request'])
})

test('[identity 62] an application proves itself by the registered method and no other', async () => {
  const basic = await gate.application({ more: { authMethod: 'client_secret_basic' } })
  const body = await gate.application({ more: { authMethod: 'client_secret_post' } })
  const header = (id: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  })
  const fields = { grant_type: 'authorization_code', code: 'lac_' }
  const byHeader = async ({ clientId, secret }: typeof basic) =>
    await post(`${gate.url}/oauth/token`, fields, header(clientId, secret))
  const byBody = async ({ clientId, secret }: typeof basic) =>
    await withProof({ client_id: clientId, client_secret: secret })
  assert.equal((await byHeader(basic)).body['error'], 'invalid_grant')
  assert.equal((await byBody(body)).body['error'], 'invalid_grant')
  assertRefused(await byBody(basic), 'post instead of basic', /registered for client_secret_basic/)
  assertRefused(await byHeader(body), 'basic instead of post', /registered for client_secret_post/)
  const signs = { ...shop.application, secret: 'sec_x' }
  assertRefused(await byHeader(signs), 'a secret instead of an assertion', /registered for private_key_jwt/)
  const mixed = { client_id: basic.clientId, ...(await shop.assert()) }
  assertRefused(await withProof(mixed), 'an assertion instead of a secret', /not registered for private_key/)
  // What is proved on the way, in one statement with the code or the token, is held to it as well.
  const spent = redemption(basic, await codeFor(await gate.signedIn(), basic))
  assertRefused(await post(`${gate.url}/oauth/token`, spent), 'a code by post')
  const rightly = { ...spent, client_secret: '', client_id: '' }
  const redeemed = await post(`${gate.url}/oauth/token`, rightly, header(basic.clientId, basic.secret))
  assert.equal(redeemed.status, 200)
  const token = String(redeemed.body['access_token'])
  const asks = { token, client_id: basic.clientId, client_secret: basic.secret }
  assertRefused(await post(`${gate.url}/oauth/introspect`, asks), 'a token by post')
  const code = await codeFor(await gate.signedIn(), body)
  const inAddress = new URLSearchParams(redemption(body, code)).toString()
  assertRefused(await post(`${gate.url}/oauth/access-token?${inAddress}`, {}), 'in the address')
  assert.equal((await redeem(gate, body, code)).status, 200)
  rest()
})

test('[identity 63] what signs needs its assertion; what is public has none', async () => {
  assertRefused(await withProof({ client_id: shop.application.clientId }), 'nothing')
  const native = await gate.application({
    kind: 'native',
    redirectUris: ['com.example.app:/back'],
    more: { authMethod: 'none' },
  })
  const { clientId: client_id } = native
  assert.equal((await withProof({ client_id })).body['error'], 'invalid_grant')
  assertRefused(await withProof({ client_id, client_secret: 'sec_x' }), 'a secret', /registered for none/)
  assertRefused(await withProof({ client_id, ...(await shop.assert()) }), 'an assertion', /not registered/)
  assert.equal((await redeem(gate, native, await codeFor(await gate.signedIn(), native))).status, 200)
  rest()
})

test('[identity 66] an application that is switched off cannot prove itself, and its tokens end', async () => {
  const off = await openSigningShop(gate)
  const code = await codeFor(await gate.signedIn(), off.application)
  const { body } = await redeem(gate, off.application, code, await off.assert())
  const switchOff = 'update application set disabled_at = now() where client_id = $1'
  await gate.deps.db.query({ name: 'test_switch_off', text: switchOff }, [off.application.clientId])
  assertRefused(await withProof(await off.assert()), 'switched off')
  const authorization = `Bearer ${String(body['access_token'])}`
  assert.equal((await get(`${gate.url}/oauth/userinfo`, { authorization })).status, 401)
})

async function sign(
  claims: Readonly<Record<string, unknown>>,
  key: CryptoKey | KeyObject,
  header: Partial<JWTHeaderParameters>,
): Promise<string> {
  const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...header })
  return await jwt.sign(key, { crit: { x: true } })
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
