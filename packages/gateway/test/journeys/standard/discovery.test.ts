// [identity 96]: what the documents say is tried, and what they do not say is refused.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { oauth } from '@lango/wire'
import { metadata } from '../../../src/dialects/standard/metadata.ts'
import { signingAlgs } from '../../../src/core/signing-key/signing-key.ts'
import { standardDialect } from '../../../src/dialects/standard/dialect.ts'
import {
  answered,
  authorizePath,
  claimsOf,
  codeFor,
  get,
  openGate,
  post,
  redemption,
  tokensFor,
  type Application,
  type Gate,
} from './gate.ts'
import { openSigningShop } from './signing-shop.ts'

let gate: Gate
let shop: Application
let said: oauth.Metadata

before(async () => {
  gate = await openGate()
  shop = await gate.application()
  said = metadata(gate.deps)
})
after(async () => {
  await gate.close()
})

test('[identity 96] both documents are the same, under the issuer (oidcc-discovery-endpoint-verification)', async () => {
  for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']) {
    const answer = await get(gate.url + path)
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.body, JSON.parse(JSON.stringify(said)))
  }
  assert.equal(said.issuer, gate.url)
})

test('[identity 96] every endpoint that is named answers, and every route of the dialect is named', () => {
  const named = Object.entries(said).filter(([name]) => name.endsWith('_endpoint') || name === 'jwks_uri')
  const paths = new Set(named.map(([, address]) => new URL(String(address)).pathname))
  const unnamed = [
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
    '/:locale/oauth/authorize',
  ]
  const served = new Set(
    standardDialect.routes.map(({ path }) => path).filter((path) => !unnamed.includes(path)),
  )
  assert.deepEqual(paths, served)
})

test('[identity 96] every way to prove who asks works, and no other', async () => {
  const browser = await gate.signedIn()
  const native = await gate.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
  const withAssertion = async (alg: string) => {
    const { application, assert: proof } = await openSigningShop(gate, { alg })
    const fields = redemption(application, await codeFor(browser, application))
    return await post(said.token_endpoint, { ...fields, ...(await proof()) })
  }
  const send = {
    client_secret_basic: async () => {
      const {
        client_id: id = '',
        client_secret: secret = '',
        ...rest
      } = redemption(shop, await codeFor(browser, shop))
      return await post(said.token_endpoint, rest, {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      })
    },
    client_secret_post: async () =>
      await post(said.token_endpoint, redemption(shop, await codeFor(browser, shop))),
    none: async () => await post(said.token_endpoint, redemption(native, await codeFor(browser, native))),
    private_key_jwt: async () => await withAssertion('ES256'),
  }
  assert.deepEqual([...said.token_endpoint_auth_methods_supported].sort(), Object.keys(send).sort())
  for (const way of Object.values(send)) assert.equal((await way()).status, 200)
  const algs = said.token_endpoint_auth_signing_alg_values_supported ?? []
  assert.deepEqual([...algs].sort(), ['ES256', 'EdDSA', 'PS256', 'RS256'])
  for (const alg of algs) assert.equal((await withAssertion(alg)).status, 200, alg)
})

test('[identity 96] every grant, scope, prompt, algorithm and claim that is named is served', async () => {
  assert.deepEqual(said.grant_types_supported, [
    'authorization_code',
    'refresh_token',
    'client_credentials',
    'urn:ietf:params:oauth:grant-type:device_code',
  ])
  const national = await gate.application({ releases: 'national-identity' })
  const seen = new Set<string>()
  for (const application of [shop, national]) {
    const { access, id } = await tokensFor(gate, application, {
      scope: said.scopes_supported.join(' '),
      nonce: 'n',
    })
    const info = await get(said.userinfo_endpoint ?? '', { authorization: `Bearer ${access}` })
    for (const name of [...Object.keys(info.body), ...Object.keys(claimsOf(id))]) seen.add(name)
  }
  assert.deepEqual([...seen].sort(), [...said.claims_supported].sort())
  const browser = await gate.signedIn()
  for (const prompt of said.prompt_values_supported ?? []) {
    const page = await browser.get(authorizePath(shop, { prompt }))
    assert.ok(page.status === 200 || answered(page)['error'] === undefined, prompt)
  }
  assert.deepEqual(said.id_token_signing_alg_values_supported, signingAlgs)
  for (const alg of signingAlgs) {
    const application = await gate.application({ idTokenAlg: alg })
    const { id } = await tokensFor(gate, application)
    assert.equal(
      (JSON.parse(Buffer.from(id.split('.')[0] ?? '', 'base64url').toString()) as { alg: string }).alg,
      alg,
    )
  }
})

test('[identity 96] what is not named is refused or ignored', async () => {
  const browser = await gate.signedIn()
  const error = async (changed: Readonly<Record<string, string>>) =>
    answered(await browser.get(authorizePath(shop, changed)))['error']
  assert.equal(await error({ response_type: 'code id_token' }), 'unsupported_response_type')
  assert.equal(await error({ response_mode: 'fragment' }), 'invalid_request')
  assert.equal(await error({ code_challenge_method: 'plain' }), 'invalid_request')
  assert.equal(await error({ request: 'x' }), 'request_not_supported')
  assert.equal(await error({ request_uri: 'https://x.example/' }), 'request_uri_not_supported')
  assert.equal(await error({ prompt: 'create' }), 'invalid_request')
  assert.equal(await error({ scope: 'address' }), 'invalid_scope')
  for (const path of ['/oauth/register']) {
    assert.equal((await post(gate.url + path, {})).status, 404, path)
  }
})

test('a scope beyond what the application is registered for is refused', async () => {
  const narrow = await gate.application({ scopes: ['openid'] })
  const page = await gate.browser().get(authorizePath(narrow, { scope: 'openid email' }))
  assert.equal(answered(page)['error'], 'invalid_scope')
})
