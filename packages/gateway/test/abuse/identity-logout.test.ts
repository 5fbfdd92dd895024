// Signing out at an application's wish: OpenID Connect RP-Initiated Logout 1.0.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hours } from '../../src/base/time.ts'
import { textOf, type Browser, type Page } from '../journeys/account/town.ts'
import {
  answered,
  authorizePath,
  codeFor,
  openGate,
  post,
  redeem,
  type Application,
  type Gate,
  type Parameters,
} from '../journeys/standard/gate.ts'

const goodbye = 'https://shop.example/goodbye?from=lango'
let gate: Gate
let shop: Application
let browser: Browser
let hint: string

before(async () => {
  gate = await openGate()
  shop = await gate.application({ name: 'Duka', more: { postLogoutRedirectUris: [goodbye] } })
})
after(async () => {
  await gate.close()
})

/** She is signed in at us and at the shop, which holds an ID token. */
async function begin(): Promise<void> {
  browser = await gate.signedIn()
  const answer = await redeem(gate, shop, await codeFor(browser, shop))
  hint = String(answer.body['id_token'])
}

function endPath(parameters: Parameters): string {
  const query = new URLSearchParams(parameters).toString()
  return query === '' ? '/oauth/end-session' : `/oauth/end-session?${query}`
}

async function isSignedIn(): Promise<boolean> {
  const page = await browser.get(authorizePath(shop, { prompt: 'none' }))
  return answered(page)['error'] !== 'login_required'
}

/** Our page asks, and nothing has happened yet. */
async function asks(page: Page): Promise<void> {
  assert.equal(page.status, 200, page.location ?? '')
  assert.match(textOf(page), /Sign out\?.*Sign out.*Stay signed in/)
  assert.ok(await isSignedIn())
}

async function agree(page: Page): Promise<Page> {
  const action = /<form method="post" action="([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  return await browser.post(action, { token: page.token, decision: 'leave' })
}

test('[identity 101] oidcc-rp-initiated-logout: with her ID token she is signed out at once and taken back with the state', async () => {
  await begin()
  const parameters = { id_token_hint: hint, post_logout_redirect_uri: goodbye, state: 'bye & thanks' }
  const page = await browser.get(endPath(parameters))
  assert.equal(page.status, 303)
  assert.equal(page.location, `${goodbye}&state=bye+%26+thanks`)
  assert.equal(browser.cookies.has('lango-session'), false)
  assert.equal(await isSignedIn(), false)
})

test('[identity 101] oidcc-rp-initiated-logout: a POST of the application goes on as a GET, which brings the cookie', async () => {
  await begin()
  const fields = { id_token_hint: hint, post_logout_redirect_uri: goodbye, state: 's' }
  const answer = await post(`${gate.url}/oauth/end-session`, fields)
  assert.equal(answer.status, 303)
  const page = await browser.get(answer.headers.get('location') ?? '')
  assert.equal(page.location, `${goodbye}&state=s`)
  assert.equal(await isSignedIn(), false)
})

test('[identity 101] oidcc-rp-initiated-logout: an ID token that has expired is as good a hint', async () => {
  await begin()
  gate.pass(hours(1))
  gate.pass(hours(0.5))
  const page = await browser.get(endPath({ id_token_hint: hint, post_logout_redirect_uri: goodbye }))
  assert.equal(page.location, goodbye)
})

test('[identity 101] oidcc-rp-initiated-logout-no-state: without a state none comes back', async () => {
  await begin()
  const page = await browser.get(endPath({ id_token_hint: hint, post_logout_redirect_uri: goodbye }))
  assert.equal(page.location, goodbye)
})

test('[identity 101] oidcc-rp-initiated-logout-no-post-logout-redirect-uri: she ends on our own page', async () => {
  await begin()
  const page = await browser.get(endPath({ id_token_hint: hint, state: 's' }))
  assert.equal(page.location, '/signin?note=signed-out')
  assert.match(textOf(await browser.get('/signin?note=signed-out')), /You are signed out/)
})

test('[identity 101] oidcc-rp-initiated-logout-no-params: we ask, and only her answer signs her out', async () => {
  await begin()
  const page = await browser.get(endPath({}))
  await asks(page)
  assert.match(textOf(page), /A service asks to sign you out here/)
  assert.equal((await agree(page)).location, '/signin?note=signed-out')
  assert.equal(await isSignedIn(), false)
})

test('[identity 101] oidcc-rp-initiated-logout-only-state: we ask, and lead nowhere else', async () => {
  await begin()
  const page = await browser.get(endPath({ state: 's' }))
  await asks(page)
  assert.equal((await agree(page)).location, '/signin?note=signed-out')
})

test('[identity 101] oidcc-rp-initiated-logout-no-id-token-hint: we ask; an application that names itself gets her back', async () => {
  await begin()
  const nameless = await browser.get(endPath({ post_logout_redirect_uri: goodbye, state: 's' }))
  await asks(nameless)
  assert.equal((await agree(nameless)).location, '/signin?note=signed-out')
  await begin()
  const named = await browser.get(
    endPath({ client_id: shop.clientId, post_logout_redirect_uri: goodbye, state: 's' }),
  )
  await asks(named)
  assert.match(textOf(named), /Duka asks to sign you out here/)
  assert.equal((await agree(named)).location, `${goodbye}&state=s`)
})

const strays = [
  ['oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', 'https://evil.example/'],
  ['oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri', `${goodbye}&more=1`],
] as const

for (const [module, uri] of strays) {
  test(`[identity 101] ${module}: an address that is not registered is never gone to`, async () => {
    await begin()
    const page = await browser.get(
      endPath({ id_token_hint: hint, post_logout_redirect_uri: uri, state: 's' }),
    )
    await asks(page)
    assert.match(textOf(page), /an address afterwards that it did not register/)
    assert.equal((await agree(page)).location, '/signin?note=signed-out')
    assert.equal(await isSignedIn(), false)
  })
}

test('[identity 101] oidcc-rp-initiated-logout-bad-id-token-hint: a text that is no ID token proves nothing', async () => {
  await begin()
  for (const bad of ['bad', 'e30.e30.e30', 'a'.repeat(5000)]) {
    const parameters = { id_token_hint: bad, client_id: shop.clientId, post_logout_redirect_uri: goodbye }
    const page = await browser.get(endPath(parameters))
    await asks(page)
    if (bad === 'bad') assert.equal((await browser.get(endPath({ id_token_hint: bad }))).status, 200)
  }
})

test('[identity 101] oidcc-rp-initiated-logout-modified-id-token-hint: a changed ID token proves nothing', async () => {
  await begin()
  const [head = '', body = '', signature = ''] = hint.split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  const changed = Buffer.from(JSON.stringify({ ...claims, sub: gate.other.id })).toString('base64url')
  for (const modified of [
    `${head}.${changed}.${signature}`,
    `${head}.${body}.${signature.slice(0, -4)}AAAA`,
  ]) {
    const page = await browser.get(endPath({ id_token_hint: modified, post_logout_redirect_uri: goodbye }))
    await asks(page)
    assert.equal((await agree(page)).location, '/signin?note=signed-out')
    await begin()
  }
})

test('[identity 101] another person’s ID token, or another application’s, signs nobody out', async () => {
  await begin()
  const hers = hint
  const stranger = gate.browser()
  await stranger.signIn('00000022', 'amina opens the gate')
  browser = stranger
  await asks(await browser.get(endPath({ id_token_hint: hers, post_logout_redirect_uri: goodbye })))
  await begin()
  const other = await gate.application({ name: 'Other' })
  await asks(await browser.get(endPath({ id_token_hint: hint, client_id: other.clientId })))
})

test('[identity 101] a form of another site signs nobody out, and neither does a parameter that comes twice', async () => {
  await begin()
  const forged = await browser.post(endPath({}), { decision: 'leave', token: 'forged' })
  await asks(forged)
  const twice = `${endPath({ id_token_hint: hint })}&id_token_hint=x`
  await asks(await browser.get(twice))
})

test('[identity 101] who is not signed in has nothing to agree to', async () => {
  await begin()
  const visitor = gate.browser()
  const bare = await visitor.get(endPath({ client_id: shop.clientId, post_logout_redirect_uri: goodbye }))
  assert.equal(bare.location, '/signin?note=signed-out')
  const hinted = await visitor.get(endPath({ id_token_hint: hint, post_logout_redirect_uri: goodbye }))
  assert.equal(hinted.location, goodbye)
})

test('the page speaks the language that the application asks for', async () => {
  await begin()
  const fresh = await browser.get(endPath({ ui_locales: 'fr', logout_hint: 'wanjiku' }))
  assert.equal(fresh.status, 200)
  browser.cookies.delete('lango-language')
  assert.match((await browser.get(endPath({ ui_locales: 'xx fr-CD' }))).body, /<html lang="fr">/)
})

test('what she was given while the session lasted ends with it', async () => {
  await begin()
  const code = await codeFor(browser, shop)
  await browser.get(endPath({ id_token_hint: hint }))
  assert.equal((await redeem(gate, shop, code)).status, 400)
})
