// openid-client and oauth4webapi where no browser brings an answer back: a machine that speaks for itself (RFC 6749
// section 4.4), and a device that she lets in from her telephone (RFC 8628). All their checks are on.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { Browser, textOf } from '../account/town.ts'
import { openParty, type Party } from './party.ts'

let party: Party
before(async () => {
  party = await openParty()
})
after(async () => {
  await party.close()
})

const scopes = ['payments:read', 'payments:write'] as const

async function configured(
  clientId: string,
  by: client.ClientAuth,
  metadata: Partial<client.ClientMetadata> = {},
): Promise<client.Configuration> {
  return await client.discovery(new URL(party.world.url), clientId, metadata, by, {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  })
}

/** What she does with the address and the letters on the device's screen. */
async function decideAt(device: client.DeviceAuthorizationResponse, decision: 'allowed' | 'denied') {
  const address = new URL(device.verification_uri_complete ?? '')
  assert.equal(`${address.origin}${address.pathname}`, device.verification_uri)
  const browser = new Browser(party.world.url, {})
  const path = address.pathname + address.search
  await browser.signIn('00000011', 'wanjiku opens the gate', path)
  const { token } = await browser.get(path)
  const asks = await browser.post('/device', { token, user_code: device.user_code })
  assert.ok(textOf(asks).includes(device.user_code))
  const done = await browser.post('/device', { token: asks.token, user_code: device.user_code, decision })
  assert.equal(done.status, 200)
}

for (const method of ['ClientSecretBasic', 'ClientSecretPost'] as const) {
  test(`openid-client gets a token for a machine with ${method}, introspects it and revokes it`, async () => {
    const { clientId, secret } = await party.application({ kind: 'machine', redirectUris: [], scopes })
    const config = await configured(clientId, client[method](secret))
    const tokens = await client.clientCredentialsGrant(config, { scope: 'payments:read' })
    assert.deepEqual(
      [tokens.scope, tokens.token_type, tokens.refresh_token, tokens.id_token],
      ['payments:read', 'bearer', undefined, undefined],
    )
    const told = await client.tokenIntrospection(config, tokens.access_token)
    assert.deepEqual([told.active, told.sub, told.client_id], [true, clientId, clientId])
    await client.tokenRevocation(config, tokens.access_token)
    assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, false)
    await assert.rejects(client.clientCredentialsGrant(config, { scope: 'openid' }), {
      name: 'ResponseBodyError',
      error: 'invalid_scope',
    })
  })
}

test('oauth4webapi gets a token for a machine that signs for itself', async () => {
  const { publicKey, privateKey } = await oauth.generateKeyPair('ES256', { extractable: true })
  const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'm-1', alg: 'ES256', use: 'sig' }
  const { clientId } = await party.application({
    kind: 'machine',
    redirectUris: [],
    scopes,
    more: { authMethod: 'private_key_jwt', jwks: { keys: [jwk] } },
  })
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(party.world.url)
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  assert.ok(server.grant_types_supported?.includes('client_credentials'))
  const machine = { client_id: clientId }
  const by = oauth.PrivateKeyJwt({ key: privateKey, kid: 'm-1' })
  const answer = await oauth.clientCredentialsGrantRequest(
    server,
    machine,
    by,
    new URLSearchParams(),
    insecure,
  )
  const tokens = await oauth.processClientCredentialsResponse(server, machine, answer)
  assert.equal(tokens.scope, scopes.join(' '))
})

test('openid-client waits at a device until she lets it in, then refreshes and reads who she is', async () => {
  const { clientId } = await party.application({ kind: 'device', redirectUris: [], name: 'Sauti TV' })
  const config = await configured(clientId, client.None())
  const device = await client.initiateDeviceAuthorization(config, { scope: 'openid profile offline_access' })
  assert.deepEqual([device.expires_in, device.interval], [900, 5])
  await decideAt(device, 'allowed')
  const tokens = await client.pollDeviceAuthorizationGrant(config, device)
  assert.equal(tokens.claims()?.sub, party.subject)
  const info = await client.fetchUserInfo(config, tokens.access_token, party.subject)
  assert.equal(info.given_name, 'Wanjiku')
  const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
  assert.equal(next.claims()?.sub, party.subject)
})

test('openid-client at a device that she sends away hears access_denied', async () => {
  const { clientId } = await party.application({ kind: 'device', redirectUris: [] })
  const config = await configured(clientId, client.None())
  const device = await client.initiateDeviceAuthorization(config, { scope: 'openid' })
  await decideAt(device, 'denied')
  await assert.rejects(client.pollDeviceAuthorizationGrant(config, device), {
    name: 'ResponseBodyError',
    error: 'access_denied',
  })
})

test('oauth4webapi at a device hears authorization_pending, and tokens once she has decided', async () => {
  const { clientId } = await party.application({ kind: 'device', redirectUris: [] })
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(party.world.url)
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  const television = { client_id: clientId }
  const started = await oauth.processDeviceAuthorizationResponse(
    server,
    television,
    await oauth.deviceAuthorizationRequest(server, television, oauth.None(), { scope: 'openid' }, insecure),
  )
  const poll = async () =>
    await oauth.processDeviceCodeResponse(
      server,
      television,
      await oauth.deviceCodeGrantRequest(server, television, oauth.None(), started.device_code, insecure),
    )
  await assert.rejects(poll(), { name: 'ResponseBodyError', error: 'authorization_pending' })
  await decideAt(started, 'allowed')
  const tokens = await poll()
  assert.equal(oauth.getValidatedIdTokenClaims(tokens)?.sub, party.subject)
})
