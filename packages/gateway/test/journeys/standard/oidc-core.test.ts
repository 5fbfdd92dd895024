// OpenID Connect Core as the OpenID Foundation's modules test it, by their names.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { seconds } from '../../../src/base/time.ts'
import { createApplication } from '../../../src/core/application/create-application.ts'
import type { Browser, Page } from '../account/town.ts'
import {
  answered,
  authorizePath,
  claimsOf,
  codeFor,
  get,
  openGate,
  post,
  press,
  redeem,
  requestOf,
  tokensFor,
  type Application,
  type Gate,
  type Parameters,
} from './gate.ts'

let gate: Gate
let shop: Application
/** Wanjiku agreed to everything here. */
let browser: Browser
const everything = 'openid profile email phone offline_access'
before(async () => {
  gate = await openGate()
  shop = await gate.application()
  browser = await gate.signedIn()
  await codeFor(browser, shop, { scope: everything })
})
after(async () => {
  await gate.close()
})

async function ask(changed: Parameters = {}, who: Browser = browser): Promise<Page> {
  return await who.get(authorizePath(shop, changed))
}

async function userInfo(access: string): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${access}` })
  assert.equal(status, 200)
  return body
}

test('oidcc-server: code, tokens and user information of one person', async () => {
  const { access, id } = await tokensFor(gate, shop, { scope: everything, nonce: 'n-1' })
  assert.equal(claimsOf(id)['nonce'], 'n-1')
  assert.equal((await userInfo(access))['sub'], claimsOf(id)['sub'])
})

test('oidcc-alternate-happy-flow: another sign-in of the same person is the same subject', async () => {
  const first = claimsOf((await tokensFor(gate, shop)).id)
  assert.equal(claimsOf((await tokensFor(gate, shop)).id)['sub'], first['sub'])
})

for (const [module, alg] of [
  ['oidcc-idtoken-signature', 'ES256'],
  ['oidcc-idtoken-signature', 'PS256'],
  ['oidcc-idtoken-signature', 'EdDSA'],
  ['oidcc-idtoken-rs256', 'RS256'],
] as const) {
  test(`${module}: an ID token is signed by ${alg} with a published key`, async () => {
    const application = await gate.application({ idTokenAlg: alg })
    const { access, id } = await tokensFor(gate, application)
    const { protectedHeader, payload } = await jwtVerify(
      id,
      createRemoteJWKSet(new URL(`${gate.url}/oauth/jwks`)),
      {
        issuer: gate.url,
        audience: application.clientId,
        algorithms: [alg],
        currentDate: new Date(gate.deps.clock.now().epochMs),
      },
    )
    assert.equal(typeof protectedHeader.kid, 'string')
    // OpenID Connect Core 3.1.3.6: the left half of the digest that the algorithm is made with; Ed25519's is SHA-512.
    const whole = createHash(alg === 'EdDSA' ? 'sha512' : 'sha256')
      .update(access)
      .digest()
    assert.equal(payload['at_hash'], whole.subarray(0, whole.length / 2).toString('base64url'))
  })
}

const releases = {
  'oidcc-scope-profile': ['profile', ['name', 'given_name', 'family_name', 'gender', 'birthdate', 'locale']],
  'oidcc-scope-email': ['email', ['email', 'email_verified']],
  'oidcc-scope-phone': ['phone', ['phone_number', 'phone_number_verified']],
} as const
for (const [module, [scope, claims]] of Object.entries(releases)) {
  test(`${module}: releases its claims at user information, and no others`, async () => {
    const { access, id } = await tokensFor(gate, shop, { scope: `openid ${scope}` })
    assert.deepEqual(Object.keys(await userInfo(access)).toSorted(), [...claims, 'sub'].toSorted())
    assert.equal(Object.hasOwn(claimsOf(id), claims[0]), false)
  })
}

test('oidcc-scope-all: all scopes at once release what each does', async () => {
  const { access } = await tokensFor(gate, shop, { scope: everything })
  const all = Object.values(releases).flatMap(([, claims]) => claims)
  assert.deepEqual(Object.keys(await userInfo(access)).toSorted(), [...all, 'sub'].toSorted())
})

test('oidcc-userinfo-get: a token in the header is answered', async () => {
  assert.equal((await userInfo((await tokensFor(gate, shop)).access))['sub'], gate.account.id)
})

test('oidcc-userinfo-post-header: and by POST', async () => {
  const { access } = await tokensFor(gate, shop)
  const { status, body } = await post(`${gate.url}/oauth/userinfo`, {}, { authorization: `Bearer ${access}` })
  assert.deepEqual([status, body['sub']], [200, gate.account.id])
})

test('oidcc-userinfo-post-body: and in the body of a POST', async () => {
  const { access } = await tokensFor(gate, shop)
  const { status, body } = await post(`${gate.url}/oauth/userinfo`, { access_token: access })
  assert.deepEqual([status, body['sub']], [200, gate.account.id])
})

test('oidcc-prompt-none-logged-in: whoever is signed in and agreed gets the code without a page', async () => {
  const { id } = await tokensFor(gate, shop, { scope: 'openid' })
  assert.ok(answered(await ask({ prompt: 'none', id_token_hint: id }))['code'])
})

test('oidcc-max-age-10000: a sign-in that is young enough is used, and its time is told', async () => {
  const code = answered(await ask({ max_age: '10000' }))['code'] ?? ''
  const before = claimsOf(String((await redeem(gate, shop, code)).body['id_token']))
  gate.pass(seconds(60))
  const later = answered(await ask({ max_age: '10000' }))['code'] ?? ''
  const after = claimsOf(String((await redeem(gate, shop, later)).body['id_token']))
  assert.equal(after['auth_time'], before['auth_time'])
})

test('oidcc-ensure-request-without-nonce-succeeds-for-code-flow: and no nonce comes back', async () => {
  const { id } = await tokensFor(gate, shop)
  assert.equal(Object.hasOwn(claimsOf(id), 'nonce'), false)
})

test('oidcc-ensure-request-with-valid-pkce-succeeds: a challenge and its verifier belong together', async () => {
  const code = answered(await ask())['code'] ?? ''
  assert.equal((await redeem(gate, shop, code)).status, 200)
})

for (const module of ['oidcc-display-page', 'oidcc-display-popup']) {
  const display = module.split('-').at(-1) ?? ''
  test(`${module}: is taken, and the page fits`, async () => {
    assert.ok(answered(await ask({ display }))['code'])
  })
}

test('oidcc-ui-locales: the page speaks the first language that we have', async () => {
  const application = await gate.application()
  const visitor = await gate.signedIn()
  // What she picked herself would go before what an application says of her.
  visitor.cookies.delete('lango-language')
  const page = await visitor.get(authorizePath(application, { ui_locales: 'xx fr en' }))
  assert.match(page.body, /<html lang="fr"/)
})

test('oidcc-login-hint: the sign-in page is filled in with it', async () => {
  const stranger = gate.browser()
  const page = await ask({ login_hint: 'wanjiku@example.test' }, stranger)
  const form = await stranger.get(page.location ?? '')
  assert.match(form.body, /value="wanjiku@example\.test"/)
})

test('oidcc-ensure-request-with-acr-values-succeeds: a level that is reached is told', async () => {
  const code = answered(await ask({ acr_values: 'aal1' }))['code'] ?? ''
  assert.equal(claimsOf(String((await redeem(gate, shop, code)).body['id_token']))['acr'], 'aal1')
})

test('oidcc-response-type-missing: is told to the application', async () => {
  const { error, state } = answered(await ask({ response_type: '' }))
  assert.deepEqual([error, state], ['invalid_request', 'a-state'])
})

test('oidcc-redirect-uri-query-OK: a registered query comes back whole', async () => {
  const redirectUri = 'https://shop.example/back?shop=1'
  const application = await gate.application({ redirectUris: [redirectUri] })
  const visitor = await gate.signedIn()
  const page = await press(visitor, await visitor.get(authorizePath(application)), 'proceed')
  const { searchParams, pathname } = new URL(page.location ?? '')
  assert.deepEqual([pathname, searchParams.get('shop')], ['/back', '1'])
  assert.ok(searchParams.has('code'))
})

test('oidcc-redirect-uri-query-added: a query that is not registered is refused on a page', async () => {
  const page = await ask({ redirect_uri: 'https://shop.example/back?more=1' })
  assert.deepEqual([page.status, page.location], [400, null])
})

test('oidcc-redirect-uri-query-mismatch: another value than the registered one is refused on a page', async () => {
  const application = await gate.application({ redirectUris: ['https://shop.example/back?shop=1'] })
  const changed = { ...application, redirectUri: 'https://shop.example/back?shop=2' }
  const page = await browser.get(authorizePath(changed))
  assert.deepEqual([page.status, page.location], [400, null])
})

test('oidcc-redirect-uri-regfrag: an address with a fragment cannot be registered', async () => {
  const redirectUris = ['https://shop.example/back#fragment']
  const asked = { organizationId: gate.organizationId, name: 'Boma', kind: 'web' as const, redirectUris }
  const made = await createApplication(gate.deps, asked)
  assert.equal(made.ok ? 'made' : made.refusal.code, 'field_invalid')
})

test('oidcc-codereuse: a code is good once', async () => {
  const code = await codeFor(browser, shop)
  const answers = [await redeem(gate, shop, code), await redeem(gate, shop, code)]
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body['error']]),
    [
      [200, undefined],
      [400, 'invalid_grant'],
    ],
  )
})

const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"scope":"openid"}').toString('base64url')}.`
for (const [module, parameter, value, error] of [
  [
    'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
    'request',
    unsigned,
    'request_not_supported',
  ],
  [
    'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported',
    'request_uri',
    'https://shop.example/request.jwt',
    'request_uri_not_supported',
  ],
] as const) {
  test(`${module}: is refused by name`, async () => {
    assert.equal(
      answered(
        await browser.get(
          `/oauth/authorize?${new URLSearchParams({ ...requestOf(shop), [parameter]: value }).toString()}`,
        ),
      )['error'],
      error,
    )
  })
}
