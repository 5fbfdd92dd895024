// openid-client and oauth4webapi as a bank would have them: requests pushed ahead (RFC 9126), and signatures instead of
// a secret (RFC 7523). No secret is ever made.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { redirectUri, type Application } from './gate.ts'
import { openParty, type Party } from './party.ts'

let party: Party
before(async () => {
  party = await openParty()
})
after(async () => {
  await party.close()
})

type Signing = { readonly application: Application; readonly key: oauth.PrivateKey }

/** An application whose key pair the library makes, and which may only push its requests. */
async function signingApplication(alg: 'ES256' | 'PS256'): Promise<Signing> {
  const { publicKey, privateKey } = await oauth.generateKeyPair(alg, { extractable: true })
  const kid = `a-key-for-${alg}`
  const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid, alg, use: 'sig' }
  const application = await party.application({
    idTokenAlg: 'ES256',
    more: { authMethod: 'private_key_jwt', jwks: { keys: [jwk] }, requirePar: true },
  })
  assert.equal(application.secret, '')
  return { application, key: { key: privateKey, kid } }
}

for (const alg of ['ES256', 'PS256'] as const) {
  test(`openid-client pushes its request and signs for itself with ${alg}, from the code to the revocation`, async () => {
    const { application, key } = await signingApplication(alg)
    const config = await client.discovery(
      new URL(party.world.url),
      application.clientId,
      { id_token_signed_response_alg: 'ES256' },
      client.PrivateKeyJwt(key),
      { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
    )
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
    const url = await client.buildAuthorizationUrlWithPAR(config, {
      redirect_uri: redirectUri,
      scope: 'openid email offline_access',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
    })
    // Nothing of the request is left in the address that the browser sees.
    assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri'])
    const tokens = await client.authorizationCodeGrant(config, await party.walk(url), {
      pkceCodeVerifier,
      expectedState,
      expectedNonce,
      idTokenExpected: true,
    })
    assert.equal(tokens.claims()?.sub, party.subject)
    const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
    assert.equal((await client.tokenIntrospection(config, next.access_token)).active, true)
    await client.tokenRevocation(config, next.refresh_token ?? '')
    assert.equal((await client.tokenIntrospection(config, next.access_token)).active, false)
  })
}

test('openid-client, where requests must be pushed, is told so when it does not', async () => {
  const { application, key } = await signingApplication('ES256')
  const config = await client.discovery(
    new URL(party.world.url),
    application.clientId,
    {},
    client.PrivateKeyJwt(key),
    { execute: [client.allowInsecureRequests] },
  )
  const state = client.randomState()
  const verifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  })
  await assert.rejects(
    client.authorizationCodeGrant(config, await party.walk(url), {
      pkceCodeVerifier: verifier,
      expectedState: state,
    }),
    (error: unknown) => {
      assert.ok(error instanceof client.AuthorizationResponseError)
      assert.equal(error.error, 'invalid_request')
      return true
    },
  )
})

test('oauth4webapi pushes its request, signs for itself, and redeems', async () => {
  const { application, key } = await signingApplication('ES256')
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(party.world.url)
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  const me: oauth.Client = { client_id: application.clientId, id_token_signed_response_alg: 'ES256' }
  const prove = oauth.PrivateKeyJwt(key)
  const verifier = oauth.generateRandomCodeVerifier()
  const expectedNonce = oauth.generateRandomNonce()
  const pushed = await oauth.processPushedAuthorizationResponse(
    as,
    me,
    await oauth.pushedAuthorizationRequest(
      as,
      me,
      prove,
      {
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid',
        nonce: expectedNonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      },
      insecure,
    ),
  )
  const url = new URL(as.authorization_endpoint ?? '')
  url.search = new URLSearchParams({
    client_id: me.client_id,
    request_uri: pushed.request_uri,
  }).toString()
  const answer = oauth.validateAuthResponse(as, me, await party.walk(url), oauth.expectNoState)
  const response = await oauth.authorizationCodeGrantRequest(
    as, me, prove, answer, redirectUri, verifier, insecure,
  ) // prettier-ignore
  const tokens = await oauth.processAuthorizationCodeResponse(as, me, response, {
    expectedNonce,
    requireIdToken: true,
  })
  assert.equal(oauth.getValidatedIdTokenClaims(tokens)?.sub, party.subject)
})

test('openid-client in two tabs that refresh at the same moment gets one answer, and stays signed in', async () => {
  const { application, key } = await signingApplication('ES256')
  const config = await client.discovery(
    new URL(party.world.url),
    application.clientId,
    { id_token_signed_response_alg: 'ES256' },
    client.PrivateKeyJwt(key),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  )
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const url = await client.buildAuthorizationUrlWithPAR(config, {
    redirect_uri: redirectUri,
    scope: 'openid offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  const tokens = await client.authorizationCodeGrant(config, await party.walk(url), { pkceCodeVerifier })
  const tabs = await Promise.all(
    [1, 2].map(async () => await client.refreshTokenGrant(config, tokens.refresh_token ?? '')),
  )
  const [one, other] = tabs.map(({ access_token, refresh_token, id_token }) => ({
    access_token,
    refresh_token,
    id_token,
  }))
  assert.deepEqual(one, other)
  // Whichever tab goes on, goes on.
  const next = await client.refreshTokenGrant(config, other?.refresh_token ?? '')
  assert.equal((await client.tokenIntrospection(config, next.access_token)).active, true)
})
