// openid-client and oauth4webapi whose tokens are bound to a key of theirs (RFC 9449): whoever copies a token has nothing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { get, redirectUri } from './gate.ts'
import { openParty, type Party } from './party.ts'

let party: Party
before(async () => {
  party = await openParty()
})
after(async () => {
  await party.close()
})

for (const alg of ['ES256', 'PS256'] as const) {
  test(`openid-client proves its key by ${alg} at each step, from the code to the revocation`, async () => {
    const { clientId, secret } = await party.application({ idTokenAlg: 'ES256', more: { dpopBound: true } })
    const config = await client.discovery(
      new URL(party.world.url),
      clientId,
      { client_secret: secret, id_token_signed_response_alg: 'ES256' },
      undefined,
      { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
    )
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair(alg))
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    // Pushed with a proof, so that the code itself is bound to the key.
    const url = await client.buildAuthorizationUrlWithPAR(
      config,
      {
        redirect_uri: redirectUri,
        scope: 'openid email offline_access',
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      },
      { DPoP },
    )
    const back = await party.walk(url)
    const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier }, undefined, {
      DPoP,
    })
    assert.equal(tokens.token_type, 'dpop')
    assert.equal(tokens.claims()?.sub, party.subject)
    const info = await client.fetchUserInfo(config, tokens.access_token, party.subject, { DPoP })
    assert.equal(info.email, 'wanjiku@example.test')
    const stolen = await get(`${party.world.url}/oauth/userinfo`, {
      authorization: `Bearer ${tokens.access_token}`,
    })
    assert.equal(stolen.status, 401)
    const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP })
    const seen = await client.tokenIntrospection(config, next.access_token)
    assert.deepEqual([seen.active, seen.token_type], [true, 'DPoP'])
    assert.equal(seen.cnf?.jkt, await DPoP.calculateThumbprint())
    await client.tokenRevocation(config, next.refresh_token ?? '')
    assert.equal((await client.tokenIntrospection(config, next.access_token)).active, false)
  })
}

test('openid-client, under the profile fapi2, goes from the push to the third refresh with one refresh token', async () => {
  const { publicKey, privateKey: key } = await oauth.generateKeyPair('PS256', { extractable: true })
  const kid = 'a-bank'
  const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid, alg: 'PS256', use: 'sig' }
  const { clientId, secret } = await party.application({
    more: { profile: 'fapi2', authMethod: 'private_key_jwt', jwks: { keys: [jwk] } },
  })
  assert.equal(secret, '')
  const config = await client.discovery(
    new URL(party.world.url),
    clientId,
    { id_token_signed_response_alg: 'ES256' },
    client.PrivateKeyJwt({ key, kid }),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  )
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  const strange = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const parameters = {
    redirect_uri: redirectUri,
    scope: 'openid email offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  }
  const url = await client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP })
  const back = await party.walk(url)
  // The push was proved by another key than the one that comes with the code now.
  const stealing = client.authorizationCodeGrant(config, back, { pkceCodeVerifier }, undefined, {
    DPoP: strange,
  })
  await assert.rejects(stealing, { error: 'invalid_grant' })
  const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier }, undefined, { DPoP })
  for (let times = 0; times < 3; times += 1) {
    const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP })
    assert.deepEqual([next.token_type, next.refresh_token], ['dpop', undefined])
    const info = await client.fetchUserInfo(config, next.access_token, party.subject, { DPoP })
    assert.equal(info.email, 'wanjiku@example.test')
  }
})

test('oauth4webapi, as a public application, cannot refresh with another key than the one it began with', async () => {
  const native = await party.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(party.world.url)
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  const me: oauth.Client = { client_id: native.clientId }
  const [own, strange] = await Promise.all(
    [1, 2].map(async () => oauth.DPoP(me, await oauth.generateKeyPair('ES256'))),
  )
  const verifier = oauth.generateRandomCodeVerifier()
  const url = new URL(as.authorization_endpoint ?? '')
  url.search = new URLSearchParams({
    client_id: native.clientId,
    redirect_uri: native.redirectUri,
    response_type: 'code',
    scope: 'openid offline_access',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  const answer = oauth.validateAuthResponse(as, me, await party.walk(url), oauth.expectNoState)
  const redeem = oauth.authorizationCodeGrantRequest
  const response = await redeem(as, me, oauth.None(), answer, native.redirectUri, verifier, {
    ...insecure,
    ...(own && { DPoP: own }),
  })
  const tokens = await oauth.processAuthorizationCodeResponse(as, me, response)
  assert.equal(tokens.token_type, 'dpop')
  const refresh = async (key: oauth.DPoPHandle | undefined): Promise<oauth.TokenEndpointResponse> => {
    const options = { ...insecure, ...(key && { DPoP: key }) }
    const asked = oauth.refreshTokenGrantRequest(
      as, me, oauth.None(), tokens.refresh_token ?? '', options,
    ) // prettier-ignore
    return await oauth.processRefreshTokenResponse(as, me, await asked)
  }
  for (const key of [strange, undefined]) {
    await assert.rejects(refresh(key), (error: unknown) => {
      assert.ok(error instanceof oauth.ResponseBodyError, String(error))
      assert.ok(['invalid_grant', 'invalid_dpop_proof'].includes(error.error), error.error)
      return true
    })
  }
  assert.equal((await refresh(own)).token_type, 'dpop')
})
