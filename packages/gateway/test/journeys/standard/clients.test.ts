// Two independent client libraries complete the flow with all their checks on, against nothing but discovery.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { redirectUri } from './gate.ts'
import { openParty, type Party } from './party.ts'

let party: Party
before(async () => {
  party = await openParty()
})
after(async () => {
  await party.close()
})

for (const alg of ['RS256', 'ES256', 'PS256', 'EdDSA'] as const) {
  for (const method of ['ClientSecretBasic', 'ClientSecretPost'] as const) {
    test(`openid-client completes code and PKCE with ${alg} and ${method}, and refreshes, introspects, revokes`, async () => {
      const { clientId, secret } = await party.application({ idTokenAlg: alg })
      const config = await client.discovery(
        new URL(party.world.url),
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
      const tokens = await client.authorizationCodeGrant(config, await party.walk(url), {
        pkceCodeVerifier,
        expectedState,
        expectedNonce,
        maxAge: 600,
        idTokenExpected: true,
      })
      assert.equal(tokens.claims()?.sub, party.subject)
      const info = await client.fetchUserInfo(config, tokens.access_token, party.subject)
      assert.equal(info.phone_number, '+254700000011')
      const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
      assert.equal(next.claims()?.sub, party.subject)
      assert.equal((await client.tokenIntrospection(config, next.access_token)).active, true)
      await client.tokenRevocation(config, next.refresh_token ?? '')
      assert.equal((await client.tokenIntrospection(config, next.access_token)).active, false)
    })
  }
}

test('oauth4webapi completes code and PKCE for a public application', async () => {
  const native = await party.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(party.world.url)
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
    const answer = oauth.validateAuthResponse(as, me, await party.walk(url), oauth.expectNoState)
    const response = await oauth.authorizationCodeGrantRequest(
      as, me, oauth.None(), answer, native.redirectUri, verifier, insecure,
    ) // prettier-ignore
    const tokens = await oauth.processAuthorizationCodeResponse(as, me, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(as, response, insecure)
    const info = await oauth.userInfoRequest(as, me, tokens.access_token, insecure)
    assert.equal(
      (await oauth.processUserInfoResponse(as, me, party.subject, info)).email,
      'wanjiku@example.test',
    )
  }
})

test('openid-client takes its answer from a form, and knows her by a name of its own sector', async () => {
  const more = { subjectType: 'pairwise' } as const
  const { clientId, secret } = await party.application({ idTokenAlg: 'ES256', more })
  const config = await client.discovery(
    new URL(party.world.url),
    clientId,
    { client_secret: secret, id_token_signed_response_alg: 'ES256' },
    undefined,
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  )
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    response_mode: 'form_post',
    scope: 'openid email',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    acr_values: 'aal1',
  })
  const tokens = await client.authorizationCodeGrant(config, await party.walkToForm(url), {
    pkceCodeVerifier,
    expectedState,
    expectedNonce,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  const sub = claims?.sub ?? ''
  assert.notEqual(sub, party.subject)
  assert.equal(claims?.['acr'], 'aal1')
  assert.equal((await client.fetchUserInfo(config, tokens.access_token, sub)).email, 'wanjiku@example.test')
})
