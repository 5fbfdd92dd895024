// openid-client, unmodified, takes her out again by its own helper (OpenID Connect RP-Initiated Logout 1.0), and asks for
// claims by name (OpenID Connect Core 5.5).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as client from 'openid-client'
import { textOf, type Browser } from '../account/town.ts'
import { redirectUri } from './gate.ts'
import { openParty, type Party } from './party.ts'

const goodbye = 'https://shop.example/goodbye'

let party: Party
before(async () => {
  party = await openParty()
})
after(async () => {
  await party.close()
})

async function configured(): Promise<client.Configuration> {
  const { clientId, secret } = await party.application({
    idTokenAlg: 'ES256',
    name: 'Duka',
    more: { postLogoutRedirectUris: [goodbye] },
  })
  return await client.discovery(
    new URL(party.world.url),
    clientId,
    { client_secret: secret, id_token_signed_response_alg: 'ES256' },
    undefined,
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  )
}

type Walk = {
  readonly browser: Browser
  readonly changed?: Readonly<Record<string, string>>
  readonly pushed?: boolean
}

async function tokensFor(config: client.Configuration, { browser, changed = {}, pushed = false }: Walk) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const expectedState = client.randomState()
  const parameters = {
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    ...changed,
  }
  const url = pushed
    ? await client.buildAuthorizationUrlWithPAR(config, parameters)
    : client.buildAuthorizationUrl(config, parameters)
  const back = await party.walk(url, 'proceed', browser)
  return await client.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState })
}

/** The application asks without showing a page, and hears that nobody is signed in here. */
async function isSignedOut(config: client.Configuration, browser: Browser): Promise<boolean> {
  const asking = tokensFor(config, { browser, changed: { prompt: 'none' } })
  return await asking.then(
    () => false,
    (fault: unknown) =>
      fault instanceof client.AuthorizationResponseError && fault.error === 'login_required',
  )
}

const pathOf = ({ pathname, search }: URL): string => pathname + search

test('oidcc-rp-initiated-logout: openid-client signs her out by its helper, gets her back, and its tokens end', async () => {
  const config = await configured()
  const browser = party.browser()
  const tokens = await tokensFor(config, { browser })
  assert.equal(await isSignedOut(config, browser), false)
  const state = client.randomState()
  const url = client.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: goodbye,
    state,
  })
  assert.equal(`${url.origin}${url.pathname}`, config.serverMetadata().end_session_endpoint)
  assert.equal(url.searchParams.get('client_id'), config.clientMetadata().client_id, 'which it adds itself')
  const page = await browser.get(pathOf(url))
  assert.deepEqual([page.status, page.location], [303, `${goodbye}?state=${state}`])
  assert.equal(await isSignedOut(config, browser), true)
  assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, false)
})

test('openid-client goes on without her after her logout where she allowed that, and nowhere else (offline_access)', async () => {
  const config = await configured()
  const browser = party.browser()
  const offline = await tokensFor(config, { browser, changed: { scope: 'openid offline_access' } })
  const online = await tokensFor(config, { browser })
  await browser.get(pathOf(client.buildEndSessionUrl(config, { id_token_hint: online.id_token ?? '' })))
  const actives: (boolean | undefined)[] = []
  for (const { access_token: token } of [offline, online])
    actives.push((await client.tokenIntrospection(config, token)).active)
  assert.deepEqual(actives, [true, false])
  const next = await client.refreshTokenGrant(config, offline.refresh_token ?? '')
  assert.equal(next.claims()?.sub, party.subject)
})

test('oidcc-rp-initiated-logout-no-id-token-hint: openid-client without a hint has her asked, and gets her back', async () => {
  const config = await configured()
  const browser = party.browser()
  await tokensFor(config, { browser })
  const url = client.buildEndSessionUrl(config, { post_logout_redirect_uri: goodbye, state: 'bye' })
  const asks = await browser.get(pathOf(url))
  assert.equal(asks.status, 200)
  assert.match(textOf(asks), /Duka asks to sign you out here/)
  assert.equal(await isSignedOut(config, browser), false, 'nothing happened yet')
  const action = /<form method="post" action="([^"]+)"/.exec(asks.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const done = await browser.post(action, { token: asks.token, decision: 'leave' })
  assert.equal(done.location, `${goodbye}?state=bye`)
  assert.equal(await isSignedOut(config, browser), true)
})

test('oidcc-rp-initiated-logout-no-params: openid-client that says no more than its name ends on our own page', async () => {
  const config = await configured()
  const browser = party.browser()
  const { id_token: hint = '' } = await tokensFor(config, { browser })
  const bare = await browser.get(pathOf(client.buildEndSessionUrl(config)))
  assert.match(textOf(bare), /Duka asks to sign you out here/)
  const left = await browser.get(pathOf(client.buildEndSessionUrl(config, { id_token_hint: hint })))
  assert.equal(left.location, '/signin?note=signed-out')
  assert.equal(await isSignedOut(config, browser), true)
})

for (const pushed of [false, true]) {
  test(`oidcc-claims-essential: openid-client asks for claims by name${pushed ? ', pushed' : ''}, and reads them where it asked for them`, async () => {
    const config = await configured()
    const claims = JSON.stringify({
      id_token: { given_name: { essential: true }, acr: null },
      userinfo: { email: { essential: true }, made_up: null },
    })
    const tokens = await tokensFor(config, {
      browser: party.browser(),
      changed: { claims, scope: 'openid offline_access' },
      pushed,
    })
    const told = tokens.claims()
    assert.deepEqual(
      [told?.sub, told?.['given_name'], told?.['email'], told?.['acr']],
      [party.subject, 'Wanjiku', undefined, 'aal1'],
    )
    const info = await client.fetchUserInfo(config, tokens.access_token, party.subject)
    assert.deepEqual({ ...info }, { sub: party.subject, email: 'wanjiku@example.test' })
    const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
    const again = await client.fetchUserInfo(config, next.access_token, party.subject)
    assert.equal(again.email, 'wanjiku@example.test')
  })
}
