// Two independent client libraries complete the flow with all their checks on, against nothing but discovery.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { must, openWorld, type World } from '../../world.ts'
import { createApplication } from '../../../src/core/identity/create-application.ts'
import { createOrganization } from '../../../src/core/organization/create-organization.ts'
import { Browser, register, wanjiku } from '../account/town.ts'
import { press, redirectUri, type Application } from './gate.ts'

let world: World
let subject: string
let organizationId: string

before(async () => {
  // The machine's own time: these libraries hold tokens against it.
  world = await openWorld()
  subject = (await register(world.deps, wanjiku)).id
  organizationId = must(await createOrganization(world.deps, { name: 'Ministry of Gates', origins: [] })).id
})
after(async () => {
  await world.close()
})

async function application(
  wanted: Partial<Parameters<typeof createApplication>[1]> = {},
): Promise<Application> {
  const asked = { organizationId, name: 'Boma', kind: 'web' as const, redirectUris: [redirectUri], ...wanted }
  const made = must(await createApplication(world.deps, asked))
  return {
    clientId: made.clientId,
    secret: made.clientSecret ?? '',
    redirectUri: asked.redirectUris[0] ?? '',
  }
}

/** Does what a person does with the address that a client library made, and returns where she ends. */
async function walk(authorizationUrl: URL): Promise<URL> {
  const browser = new Browser(world.url, {})
  const first = await browser.get(authorizationUrl.pathname + authorizationUrl.search)
  const next = new URL(first.location ?? '', world.url).searchParams.get('next') ?? ''
  const back = await browser.signIn('00000011', 'wanjiku opens the gate', next)
  const page = await browser.get(back.location ?? '')
  const done = page.status === 200 ? await press(browser, page, 'proceed') : page
  return new URL(done.location ?? '')
}

for (const alg of ['RS256', 'ES256'] as const) {
  for (const method of ['ClientSecretBasic', 'ClientSecretPost'] as const) {
    test(`openid-client completes code and PKCE with ${alg} and ${method}, and refreshes, introspects, revokes`, async () => {
      const { clientId, secret } = await application({ idTokenAlg: alg })
      const config = await client.discovery(
        new URL(world.url),
        clientId,
        { client_secret: secret, id_token_signed_response_alg: alg },
        client[method](secret),
        { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
      )
      const pkceCodeVerifier = client.randomPKCECodeVerifier()
      const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile email phone offline_access',
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
        state: expectedState,
        nonce: expectedNonce,
        max_age: '600',
      })
      const tokens = await client.authorizationCodeGrant(config, await walk(url), {
        pkceCodeVerifier,
        expectedState,
        expectedNonce,
        maxAge: 600,
        idTokenExpected: true,
      })
      assert.equal(tokens.claims()?.sub, subject)
      const info = await client.fetchUserInfo(config, tokens.access_token, subject)
      assert.equal(info.phone_number, '+254700000011')
      const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
      assert.equal(next.claims()?.sub, subject)
      assert.equal((await client.tokenIntrospection(config, next.access_token)).active, true)
      await client.tokenRevocation(config, next.refresh_token ?? '')
      assert.equal((await client.tokenIntrospection(config, next.access_token)).active, false)
    })
  }
}

test('oauth4webapi completes code and PKCE for a public application', async () => {
  const native = await application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(world.url)
  for (const algorithm of ['oidc', 'oauth2'] as const) {
    const as = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { algorithm, ...insecure }),
    )
    const me: oauth.Client = { client_id: native.clientId }
    const verifier = oauth.generateRandomCodeVerifier()
    const nonce = oauth.generateRandomNonce()
    const url = new URL(as.authorization_endpoint ?? '')
    url.search = new URLSearchParams({
      client_id: native.clientId,
      redirect_uri: native.redirectUri,
      response_type: 'code',
      scope: 'openid email',
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString()
    const answer = oauth.validateAuthResponse(as, me, await walk(url), oauth.expectNoState)
    const response = await oauth.authorizationCodeGrantRequest(
      as, me, oauth.None(), answer, native.redirectUri, verifier, insecure,
    ) // prettier-ignore
    const tokens = await oauth.processAuthorizationCodeResponse(as, me, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(as, response, insecure)
    const info = await oauth.userInfoRequest(as, me, tokens.access_token, insecure)
    assert.equal((await oauth.processUserInfoResponse(as, me, subject, info)).email, 'wanjiku@example.test')
  }
})
