// The FAPI 2.0 Security Profile, final: one application with pushed requests, signed assertions and proofs of a key.
// Each test bears the name of the OpenID Foundation's module that asks for the same.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { minutes, seconds } from '../../../src/base/time.ts'
import { strict, widened } from '../../../src/core/token/grant.ts'
import { createApplication } from '../../../src/core/application/create-application.ts'
import { attributeOf, describe } from '../../../src/dialects/standard/claims.ts'
import type { Browser } from '../account/town.ts'
import { accessOf, assertNo, openBank, type Bank } from './bank.ts'
import { answered, claimsOf, get, openGate, pathOf, post, press, type Gate, type Parameters } from './gate.ts'

let gate: Gate
let browser: Browser
let bank: Bank

before(async () => {
  gate = await openGate()
  browser = await gate.signedIn()
  bank = await openBank(gate, browser)
})
after(async () => {
  await gate.close()
})

const offline = { scope: 'openid offline_access' }

/** Long enough for the counter of wrong guesses. */
function rest(): void {
  gate.pass(seconds(120))
}

test('fapi2-security-profile-final-happy-flow: what comes back names the issuer, and the ID token is signed by ES256', async () => {
  const { code = '', iss, state } = await bank.back({ nonce: 'n' })
  assert.deepEqual([iss, state], [gate.url, 'a-state'])
  const answer = await bank.redeem(code)
  accessOf(answer)
  const idToken = String(answer.body['id_token'])
  assert.equal(algOf(idToken), 'ES256')
  assert.equal(claimsOf(idToken)['nonce'], 'n')
})

for (const idTokenAlg of ['PS256', 'EdDSA'] as const) {
  test(`fapi2-security-profile-final-happy-flow: or by ${idTokenAlg}, where the application is registered so`, async () => {
    const other = await openBank(gate, browser, { idTokenAlg })
    const answer = await other.redeem(await other.code())
    accessOf(answer)
    assert.equal(algOf(String(answer.body['id_token'])), idTokenAlg)
  })
}

function algOf(idToken: string): unknown {
  const header = JSON.parse(Buffer.from(idToken.split('.')[0] ?? '', 'base64url').toString()) as object
  return Object.entries(header).find(([name]) => name === 'alg')?.[1]
}

test('fapi2-security-profile-final-discovery-end-point-verification: what the profile needs is named', async () => {
  const { status, body } = await get(`${gate.url}/.well-known/openid-configuration`)
  assert.equal(status, 200)
  assert.equal(body['issuer'], gate.url)
  assert.equal(body['pushed_authorization_request_endpoint'], bank.parUrl)
  assert.equal(body['authorization_response_iss_parameter_supported'], true)
  assert.deepEqual(body['code_challenge_methods_supported'], ['S256'])
  assert.deepEqual(body['response_types_supported'], ['code'])
  for (const [name, needed] of [
    ['token_endpoint_auth_methods_supported', ['private_key_jwt']],
    ['token_endpoint_auth_signing_alg_values_supported', ['ES256', 'PS256', 'EdDSA']],
    ['dpop_signing_alg_values_supported', ['ES256', 'PS256', 'EdDSA']],
    ['id_token_signing_alg_values_supported', ['ES256', 'PS256', 'EdDSA']],
    ['grant_types_supported', ['authorization_code', 'refresh_token']],
  ] as const) {
    const said = body[name]
    assert.ok(Array.isArray(said), name)
    for (const one of needed) assert.ok(said.includes(one), `${name}: ${one}`)
  }
  assert.ok(!JSON.stringify(body['dpop_signing_alg_values_supported']).includes('RS256'))
})

const long = 'x'.repeat(384)
for (const [module, nonce] of [
  ['fapi2-security-profile-final-ensure-authorization-request-with-64-char-nonce-success', 'n'.repeat(64)],
  ['fapi2-security-profile-final-ensure-authorization-request-with-long-nonce', long],
] as const) {
  test(`${module}: a nonce stands in the ID token as it was sent`, async () => {
    const answer = await bank.redeem(await bank.code({ nonce }))
    accessOf(answer)
    assert.equal(claimsOf(String(answer.body['id_token']))['nonce'], nonce)
  })
}

test('fapi2-security-profile-final-ensure-authorization-request-without-nonce-success: and no nonce comes back', async () => {
  const answer = await bank.redeem(await bank.code())
  accessOf(answer)
  assert.equal(claimsOf(String(answer.body['id_token']))['nonce'], undefined)
})

test('fapi2-security-profile-final-ensure-authorization-request-with-long-state: it comes back whole', async () => {
  const back = await bank.back({ state: long })
  assert.equal(back['state'], long)
  accessOf(await bank.redeem(back['code'] ?? ''))
})

test('fapi2-security-profile-final-ensure-authorization-request-without-state-success: and no state comes back', async () => {
  const back = await bank.back({ state: '' })
  assert.deepEqual(Object.keys(back).toSorted(), ['code', 'iss'])
  accessOf(await bank.redeem(back['code'] ?? ''))
})

test('fapi2-security-profile-final-ensure-other-scope-order-succeeds: openid may stand last', async () => {
  const answer = await bank.redeem(await bank.code({ scope: 'email profile openid' }))
  accessOf(answer)
  assert.deepEqual(String(answer.body['scope']).split(' ').toSorted(), ['email', 'openid', 'profile'])
  assert.ok(answer.body['id_token'])
})

test('fapi2-security-profile-final-user-rejects-authentication: access_denied, with state and issuer', async () => {
  const pushed = await bank.push({ prompt: 'consent' })
  const page = await browser.get(pathOf(bank.application, String(pushed.body['request_uri'])))
  assert.equal(page.status, 200)
  const { error, state, iss, code } = answered(await press(browser, page, 'back'))
  assert.deepEqual([error, state, iss, code], ['access_denied', 'a-state', gate.url, undefined])
})

test('fapi2-security-profile-final-attempt-reuse-authorization-code-after-one-second: refused, and what it gave ends', async () => {
  const code = await bank.code(offline)
  const first = await bank.redeem(code)
  const token = accessOf(first)
  assert.equal((await bank.info(token)).status, 200)
  gate.pass(seconds(1))
  assertNo(await bank.redeem(code), [400, 'invalid_grant'])
  assertNo(await bank.info(token), [401, 'invalid_token'])
  assertNo(await bank.refresh(String(first.body['refresh_token'])), [400, 'invalid_grant'])
})

test('fapi2-security-profile-final-ensure-token-endpoint-fails-with-expired-auth-code: after 60 seconds', async () => {
  const inTime = await bank.code()
  gate.pass(seconds(59))
  accessOf(await bank.redeem(inTime))
  const late = await bank.code()
  gate.pass(seconds(60))
  assertNo(await bank.redeem(late), [400, 'invalid_grant'])
})

test('fapi2-security-profile-final-ensure-authorization-code-is-bound-to-client: another application gets nothing for it', async () => {
  const other = await openBank(gate, browser, { name: 'Other' })
  const code = await bank.code()
  assertNo(await other.redeem(code), [400, 'invalid_grant'])
  accessOf(await bank.redeem(code))
})

test('fapi2-security-profile-final-ensure-pkce-code-verifier-required: no code without it', async () => {
  const code = await bank.code()
  assertNo(await bank.redeem(code, { code_verifier: '' }), [400, 'invalid_grant'])
  accessOf(await bank.redeem(code))
})

test('fapi2-security-profile-final-incorrect-pkce-code-verifier-rejected: no code with another', async () => {
  const code = await bank.code()
  assertNo(await bank.redeem(code, { code_verifier: 'w'.repeat(43) }), [400, 'invalid_grant'])
  accessOf(await bank.redeem(code))
})

test('fapi2-security-profile-final-par-authorization-request-containing-request_uri: a pushed request points to no other', async () => {
  const first = String((await bank.push()).body['request_uri'])
  assertNo(await bank.push({ request_uri: first }), [400, 'invalid_request'])
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const within = `${encoded({ alg: 'none' })}.${encoded({ request_uri: first })}.`
  assertNo(await bank.push({ request: within }), [400, 'request_not_supported'])
  const page = await browser.get(pathOf(bank.application, first))
  assert.ok(answered(page)['code'], 'the request that was pointed to is as it was')
})

const audiences: readonly (readonly [string, () => string | readonly string[]])[] = [
  ['fapi2-security-profile-final-par-test-array-as-audience-fails', () => [gate.url]],
  ['fapi2-security-profile-final-par-test-par-endpoint-url-as-audience-fails', () => bank.parUrl],
  ['fapi2-security-profile-final-par-test-token-endpoint-url-as-audience-fails', () => bank.tokenUrl],
]
for (const [module, aud] of audiences) {
  test(`${module}: an assertion is for the issuer alone`, async () => {
    assertNo(await bank.push({}, undefined, await bank.shop.assert({ aud: aud() })), [401, 'invalid_client'])
    assert.equal((await bank.push()).status, 201)
    rest()
  })
}

test('fapi2-security-profile-final-refresh-token: it stays the same, and is its application’s alone', async () => {
  const first = await bank.redeem(await bank.code(offline))
  accessOf(first)
  const refresh = String(first.body['refresh_token'])
  for (let times = 0; times < 3; times += 1) {
    const next = await bank.refresh(refresh)
    assert.equal((await bank.info(accessOf(next))).status, 200)
    assert.equal(next.body['refresh_token'], undefined, 'no other one comes')
    gate.pass(seconds(60))
  }
  const other = await openBank(gate, browser, { name: 'Another' })
  assertNo(await other.refresh(refresh), [400, 'invalid_grant'])
  assertNo(await bank.refresh(refresh, {}, null), [400, 'invalid_grant'])
  const unsigned = {
    grant_type: 'refresh_token',
    refresh_token: refresh,
    client_id: bank.application.clientId,
  }
  const dpop = await bank.prover.prove({ url: bank.tokenUrl })
  assertNo(await post(bank.tokenUrl, unsigned, { dpop }), [401, 'invalid_client'])
  accessOf(await bank.refresh(refresh))
  rest()
})

test('a machine under the profile gets its own token for a key alone', async () => {
  const machine = await openBank(gate, browser, {
    kind: 'machine',
    redirectUris: [],
    grants: ['client_credentials'],
    scopes: ['payments:read'],
  })
  const ask = async (headers: Parameters) =>
    await post(
      machine.tokenUrl,
      { grant_type: 'client_credentials', ...(await machine.shop.assert()) },
      headers,
    )
  assertNo(await ask({}), [400, 'invalid_grant'])
  accessOf(await ask({ dpop: await machine.prover.prove({ url: machine.tokenUrl }) }))
})

test('the profile is registered whole, or not at all', async () => {
  const { organizationId } = gate
  const asked = { organizationId, name: 'Benki', kind: 'web', redirectUris: ['https://b.example/'] } as const
  const more = {
    profile: 'fapi2',
    authMethod: 'private_key_jwt',
    jwks: { keys: [bank.shop.publicJwk] },
  } as const
  const because = async (wanted: object) => {
    const made = await createApplication(gate.deps, { ...asked, more, ...wanted })
    return made.ok ? null : made.refusal.because
  }
  assert.equal(await because({ more: { profile: 'fapi2' } }), 'The profile fapi2 asks for private_key_jwt.')
  assert.equal(
    await because({ idTokenAlg: 'RS256' }),
    'The profile fapi2 knows no RS256: take ES256, PS256, EdDSA.',
  )
  assert.equal(
    await because({ allowances: ['no-pkce'] }),
    'The profile fapi2 and an allowance contradict each other.',
  )
  assert.equal(await because({}), null)
})

test('whatever a wire or an allowance would permit, under the profile it is strict', () => {
  const loose = { ...strict, describe, attributeOf, codeLives: minutes(10) }
  const allowances = ['no-pkce', 'no-state'] as const
  const own = (profile: 'standard' | 'fapi2') => {
    const { pkce, request, refresh, codeLives } = widened(loose, { profile, allowances })
    return [pkce, request, refresh, codeLives.seconds]
  }
  assert.deepEqual(own('standard'), ['optional', 'unbound', 'rotating', 600])
  assert.deepEqual(own('fapi2'), ['required', 'bound', 'reusable', 60])
})
