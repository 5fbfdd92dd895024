// How sure an application wants to be, who it wants to see, and in which language: acr_values, claims, prompt, hints.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { minutes } from '../../../src/base/time.ts'
import { textOf, type Browser, type Page } from '../account/town.ts'
import {
  answered,
  authorizePath,
  claimsOf,
  codeFor,
  openGate,
  pushedPath,
  redeem,
  tokensFor,
  type Application,
  type Gate,
  type Parameters,
} from './gate.ts'

let gate: Gate
let shop: Application
let browser: Browser

before(async () => {
  gate = await openGate()
  shop = await gate.application({ name: 'Duka' })
  browser = await gate.signedIn()
  await codeFor(browser, shop)
})
after(async () => {
  await gate.close()
})

const essential = (...values: readonly string[]): Parameters => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }),
})

function signInOf(page: Page): URLSearchParams {
  assert.match(page.location ?? '', /^\/signin\?/, page.body.slice(0, 200))
  return new URL(page.location ?? '', gate.url).searchParams
}

/** As the sign-in page leads back when she has done what she can. */
async function comeBack(page: Page): Promise<Page> {
  return await browser.get(signInOf(page).get('next') ?? '')
}

/** As if a second factor had been given in this session. */
async function stepUp(): Promise<void> {
  await gate.deps.db.query(
    {
      name: 'test_step_up',
      text: `update session set methods = '{pwd,otp,mfa}' where account_id = $1 and ended_at is null`,
    },
    [gate.account.id],
  )
}

async function idToken(page: Page): Promise<Readonly<Record<string, unknown>>> {
  const answer = await redeem(gate, shop, answered(page)['code'] ?? '')
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return claimsOf(String(answer.body['id_token']))
}

test('acr_values sends her to step up; who cannot goes on as she is (oidcc-ensure-request-with-acr-values-succeeds)', async () => {
  const page = await browser.get(authorizePath(shop, { acr_values: 'urn:other aal2' }))
  assert.equal(signInOf(page).get('acr'), 'aal2')
  const claims = await idToken(await comeBack(page))
  assert.equal(claims['acr'], 'aal1')
  assert.deepEqual(claims['amr'], ['pwd'])
})

test('an essential acr that she cannot reach: unmet_authentication_requirements (fapi2-security-profile-final-test-essential-acr-sca-claim)', async () => {
  const page = await browser.get(authorizePath(shop, essential('aal2')))
  assert.equal(signInOf(page).get('acr'), 'aal2')
  assert.deepEqual(answered(await comeBack(page)), {
    error: 'unmet_authentication_requirements',
    error_description: 'The level of assurance that is essential to the request cannot be reached.',
    state: 'a-state',
    iss: gate.url,
  })
})

test('an essential acr that nobody reaches is refused at once', async () => {
  const page = await browser.get(authorizePath(shop, essential('urn:mace:incommon:iap:gold')))
  assert.equal(answered(page)['error'], 'unmet_authentication_requirements')
})

test('[identity 27] prompt=none with too low a level: login_required', async () => {
  for (const asked of [{ acr_values: 'aal2' }, essential('aal2')]) {
    const page = await browser.get(authorizePath(shop, { ...asked, prompt: 'none' }))
    assert.equal(answered(page)['error'], 'login_required')
  }
})

test('a level that is reached asks nothing, and the ID token says it, in the words that were asked for', async () => {
  browser = await gate.signedIn()
  const low = await browser.get(authorizePath(shop, essential('aal1')))
  assert.equal((await idToken(low))['acr'], 'aal1')
  await stepUp()
  const high = await browser.get(authorizePath(shop, { ...essential('aal2'), prompt: 'none' }))
  assert.equal((await idToken(high))['acr'], 'aal2')
  assert.equal((await idToken(await browser.get(authorizePath(shop, essential('aal1')))))['acr'], 'aal1')
  assert.equal((await idToken(await browser.get(authorizePath(shop))))['acr'], 'aal2')
})

test('the way to step up keeps a pushed request, its hint and its language', async () => {
  browser = await gate.signedIn()
  const pushed = { acr_values: 'aal2', login_hint: 'wanjiku@example.test', ui_locales: 'de fr-CD' }
  const sent = signInOf(await browser.get(await pushedPath(gate, shop, pushed)))
  assert.equal(sent.get('acr'), 'aal2')
  assert.equal(sent.get('login_hint'), 'wanjiku@example.test')
  assert.ok(answered(await browser.get(sent.get('next') ?? ''))['code'])
  const away = signInOf(await gate.browser().get(await pushedPath(gate, shop, pushed)))
  assert.equal(away.get('lang'), 'fr')
})

test('oidcc-ui-locales: the sign-in page speaks the first of the languages that it can', async () => {
  const visitor = gate.browser()
  const page = await visitor.get(authorizePath(shop, { ui_locales: 'xx sw-KE en' }))
  const shown = await visitor.get(page.location ?? '')
  assert.match(shown.body, /<html lang="sw"/)
  const picky = gate.browser()
  await picky.get('/signin?lang=en')
  assert.equal(signInOf(await picky.get(authorizePath(shop, { ui_locales: 'sw' }))).get('lang'), null)
})

test('prompt=select_account shows who is here before it goes on', async () => {
  browser = await gate.signedIn()
  const page = await browser.get(authorizePath(shop, { prompt: 'select_account' }))
  const shown = await browser.get(page.location ?? '')
  assert.match(textOf(shown), /Wanjiku Kamau/)
  assert.ok(answered(await comeBack(page))['code'])
  const late = await browser.get(authorizePath(shop, { prompt: 'select_account' }))
  gate.pass(minutes(16))
  signInOf(await comeBack(late))
  const both = await browser.get(authorizePath(shop, { prompt: 'none select_account' }))
  assert.equal(answered(both)['error'], 'invalid_request')
})

test('oidcc-display-page, oidcc-display-popup, oidcc-claims-locales: what asks for no more than a look is let be', async () => {
  browser = await gate.signedIn()
  for (const more of [
    { display: 'page' },
    { display: 'popup' },
    { display: 'hologram' },
    { claims_locales: 'fr' },
  ]) {
    assert.ok(answered(await browser.get(authorizePath(shop, more)))['code'])
  }
})

test('[identity 31] a subject asked for by name is who it is, or nobody (oidcc-id-token-hint)', async () => {
  browser = await gate.signedIn()
  const ask = (value: string) => ({
    claims: JSON.stringify({ id_token: { sub: { value } } }),
    prompt: 'none',
  })
  assert.ok(answered(await browser.get(authorizePath(shop, ask(gate.account.id))))['code'])
  const other = await browser.get(authorizePath(shop, ask(gate.other.id)))
  assert.equal(answered(other)['error'], 'login_required')
})

test('an ID token of a pairwise application is a hint too', async () => {
  const pairwise = await gate.application({ name: 'Apart', more: { subjectType: 'pairwise' } })
  const { id } = await tokensFor(gate, pairwise)
  browser = await gate.signedIn()
  const page = await browser.get(authorizePath(pairwise, { id_token_hint: id, prompt: 'none' }))
  assert.ok(answered(page)['code'])
  const stranger = gate.browser()
  await stranger.signIn('00000022', 'amina opens the gate')
  const wrong = await stranger.get(authorizePath(pairwise, { id_token_hint: id, prompt: 'none' }))
  assert.equal(answered(wrong)['error'], 'login_required')
})
