// Between the request and its answer: signing in, agreeing, and everything that can come between the two.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { minutes, seconds, type Seconds } from '../../src/base/time.ts'
import { findConsent } from '../../src/core/authorization/consent.sql.ts'
import { textOf, type Browser, type Page } from '../journeys/account/town.ts'
import {
  answered,
  authorizePath,
  claimsOf,
  codeFor,
  openGate,
  post,
  press,
  redeem,
  requestOf,
  tokensFor,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
let shop: Application

before(async () => {
  gate = await openGate()
})
after(async () => {
  await gate.close()
})

async function freshShop(name = 'Duka'): Promise<Application> {
  return await gate.application({ name })
}

/** Follows the way to the sign-in page and back to the request. */
async function signInAgain(
  browser: Browser,
  page: Page,
  who: 'wanjiku' | 'amina' = 'wanjiku',
): Promise<Page> {
  assert.match(page.location ?? '', /^\/signin\?/)
  const next = new URL(page.location ?? '', gate.url).searchParams.get('next') ?? ''
  const number = who === 'wanjiku' ? '00000011' : '00000022'
  const back = await browser.signIn(number, `${who} opens the gate`, next)
  assert.equal(back.location, next)
  return await browser.get(next)
}

test('[identity 27] prompt=none never shows a page (oidcc-prompt-none-not-logged-in)', async () => {
  shop = await freshShop()
  const nobody = gate.browser()
  assert.equal(answered(await nobody.get(authorizePath(shop, { prompt: 'none' })))['error'], 'login_required')
  const browser = await gate.signedIn()
  assert.equal(
    answered(await browser.get(authorizePath(shop, { prompt: 'none' })))['error'],
    'consent_required',
  )
  await codeFor(browser, shop)
  assert.ok(answered(await browser.get(authorizePath(shop, { prompt: 'none' })))['code'])
  const more = answered(await browser.get(authorizePath(shop, { prompt: 'none', scope: 'openid phone' })))
  assert.equal(more['error'], 'consent_required')
})

test('[identity 29] prompt=login asks again, once, and auth_time moves (oidcc-prompt-login)', async () => {
  shop = await freshShop()
  const browser = await gate.signedIn()
  const before = claimsOf((await tokensFrom(await codeFor(browser, shop))).id)
  gate.pass(minutes(5))
  const page = await browser.get(authorizePath(shop, { prompt: 'login' }))
  const { code = '' } = answered(await signInAgain(browser, page))
  const later = claimsOf((await tokensFrom(code)).id)
  assert.equal(Number(later['auth_time']) - Number(before['auth_time']), 300)
})

test('[identity 29] the mark of an earlier sign-in is worth nothing for another request, changed, or late', async () => {
  shop = await freshShop()
  const browser = await gate.signedIn()
  await codeFor(browser, shop)
  const sent = await browser.get(authorizePath(shop, { prompt: 'login' }))
  const next = new URL(sent.location ?? '', gate.url).searchParams.get('next') ?? ''
  const asksAgain = async (path: string) =>
    assert.match((await browser.get(path)).location ?? '', /^\/signin\?/, path)
  // She was sent, and came back without signing in.
  gate.pass(seconds(1))
  const unsigned = await browser.get(authorizePath(shop, { prompt: 'login' }))
  await asksAgain(new URL(unsigned.location ?? '', gate.url).searchParams.get('next') ?? '')
  await browser.signIn('00000011', 'wanjiku opens the gate', next)
  assert.ok(answered(await browser.get(next))['code'])
  const mark = new URL(next, gate.url).searchParams.get('signed_in') ?? ''
  await asksAgain(`${authorizePath(shop, { prompt: 'login', state: 'other' })}&signed_in=${mark}`)
  await asksAgain(
    next.replace(/signed_in=\d/, (digit) => `${digit.slice(0, -1)}${(Number(digit.slice(-1)) + 1) % 10}`),
  )
  gate.pass(minutes(15))
  await asksAgain(next)
})

test('[identity 30] max_age asks again when the sign-in is older, and max_age=0 always, without a loop (oidcc-max-age-1)', async () => {
  shop = await freshShop()
  const browser = await gate.signedIn()
  await codeFor(browser, shop)
  gate.pass(seconds(10))
  assert.ok(answered(await browser.get(authorizePath(shop, { max_age: '11' })))['code'])
  assert.equal(
    answered(await browser.get(authorizePath(shop, { max_age: '1', prompt: 'none' })))['error'],
    'login_required',
  )
  for (const age of ['1', '0']) {
    gate.pass(seconds(5))
    const { code = '' } = answered(
      await signInAgain(browser, await browser.get(authorizePath(shop, { max_age: age }))),
    )
    const { id } = await tokensFrom(code)
    assert.ok(Number(claimsOf(id)['iat']) - Number(claimsOf(id)['auth_time']) <= 1)
  }
})

test('[identity 31] a hint at somebody else never gives her session away (oidcc-id-token-hint)', async () => {
  shop = await freshShop()
  const { id } = await tokensFor(gate, shop)
  const amina = gate.browser()
  await amina.signIn('00000022', 'amina opens the gate')
  await codeFor(amina, shop)
  const silently = await amina.get(authorizePath(shop, { prompt: 'none', id_token_hint: id }))
  assert.equal(answered(silently)['error'], 'login_required')
  const asked = await amina.get(authorizePath(shop, { id_token_hint: id }))
  const { code = '' } = answered(await signInAgain(amina, asked, 'wanjiku'))
  assert.equal(claimsOf((await tokensFrom(code)).id)['sub'], gate.account.id)
  const own = await gate.signedIn()
  assert.ok(answered(await own.get(authorizePath(shop, { prompt: 'none', id_token_hint: id })))['code'])
})

test('[identity 33] a consent that was not pressed on a page of ours in this browser gives no code', async () => {
  shop = await freshShop()
  const path = authorizePath(shop)
  const browser = await gate.signedIn()
  const page = await browser.get(path)
  const mark = /name="page" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const other = await gate.signedIn()
  const otherPage = await other.get(path)
  for (const forged of [
    { decision: 'proceed' },
    { decision: 'proceed', page: mark },
    { decision: 'proceed', token: page.token },
    { decision: 'proceed', token: page.token, page: 'x'.repeat(43) },
    { decision: 'proceed', token: otherPage.token, page: mark },
    { decision: 'grant', token: page.token, page: mark },
  ]) {
    const answer = await browser.post(path, forged)
    assert.equal(answer.status, 200, JSON.stringify(forged))
    assert.match(textOf(answer), /Let Duka in\?/)
  }
  const nobody = await gate.browser().post(path, { decision: 'proceed', token: page.token, page: mark })
  assert.match(nobody.location ?? '', /^\/signin\?/)
  assert.equal(await findConsent(gate.deps.db, gate.account.id, shop.clientId), null)
  assert.ok(answered(await press(browser, page, 'proceed'))['code'])
})

test('[identity 35] [identity 34] what was shown to one account is not granted by another that signed in meanwhile', async () => {
  shop = await freshShop()
  const browser = await gate.signedIn()
  const page = await browser.get(authorizePath(shop))
  await browser.signIn('00000022', 'amina opens the gate')
  const again = await press(browser, page, 'proceed')
  assert.equal(again.status, 200)
  assert.match(textOf(again), /signed in as Amina Hassan/)
  const mark = /name="page" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const mixed = { token: again.token, page: mark, decision: 'proceed' }
  assert.equal((await browser.post(authorizePath(shop), mixed)).status, 200)
  assert.equal(await findConsent(gate.deps.db, gate.other.id, shop.clientId), null)
})

test('[identity 36] a page from yesterday or from another tab starts again instead of ending dead', async () => {
  shop = await freshShop()
  const browser = await gate.signedIn()
  const [first, second] = [
    await browser.get(authorizePath(shop)),
    await browser.get(authorizePath(shop, { state: 'tab-2' })),
  ]
  assert.equal(answered(await press(browser, second, 'proceed'))['state'], 'tab-2')
  assert.equal(answered(await press(browser, first, 'proceed'))['state'], 'a-state')
  const late = await freshShop('Late')
  const page = await browser.get(authorizePath(late))
  gate.pass({ seconds: 13 * 3600 } satisfies Seconds)
  const again = await press(browser, page, 'proceed')
  const shown = await signInAgain(browser, again)
  assert.match(textOf(shown), /Let Late in\?/)
})

test('[identity 37] who goes back is refused with access_denied, and nothing is remembered', async () => {
  shop = await freshShop()
  const browser = await gate.signedIn()
  const answer = answered(await press(browser, await browser.get(authorizePath(shop)), 'back'))
  assert.deepEqual(answer, {
    error: 'access_denied',
    error_description: 'The account holder chose not to continue.',
    state: 'a-state',
    iss: gate.url,
  })
  assert.equal(await findConsent(gate.deps.db, gate.account.id, shop.clientId), null)
})

test('[identity 38] what is granted is what the page listed: a changed scope is another request', async () => {
  shop = await freshShop()
  const browser = await gate.signedIn()
  const page = await browser.get(authorizePath(shop, { scope: 'openid' }))
  const mark = /name="page" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const wide = await browser.post(authorizePath(shop, { scope: 'openid email phone' }), {
    token: page.token, page: mark, decision: 'proceed',
  }) // prettier-ignore
  assert.equal(wide.status, 200)
  assert.match(textOf(wide), /Your phone number/)
  const hidden = await browser.post(authorizePath(shop, { scope: 'openid' }), {
    token: page.token, page: mark, decision: 'proceed', scope: 'openid email phone',
  }) // prettier-ignore
  const tokens = await redeem(gate, shop, answered(hidden)['code'] ?? '')
  assert.equal(tokens.body['scope'], 'openid')
})

test('[identity 38] an application that begins to see the national identity has to ask again', async () => {
  const plain = await freshShop('Growing')
  const browser = await gate.signedIn()
  await codeFor(browser, plain)
  await gate.deps.db.query(
    { name: 'test_grow', text: `update application set releases = 'national-identity' where client_id = $1` },
    [plain.clientId],
  )
  const page = await browser.get(authorizePath(plain))
  assert.equal(page.status, 200)
  assert.match(textOf(page), /Your identity number/)
  await press(browser, page, 'proceed')
  assert.ok(answered(await browser.get(authorizePath(plain)))['code'])
})

test('prompt=consent asks although she agreed before', async () => {
  shop = await freshShop()
  const browser = await gate.signedIn()
  await codeFor(browser, shop)
  const page = await browser.get(authorizePath(shop, { prompt: 'consent' }))
  assert.equal(page.status, 200)
  assert.ok(answered(await press(browser, page, 'proceed'))['code'])
})

test('[identity 14] an authorization request by POST goes on as a GET with 303 (oidcc-ensure-post-request-succeeds)', async () => {
  shop = await freshShop()
  const answer = await post(`${gate.url}/oauth/authorize`, requestOf(shop))
  assert.equal(answer.status, 303)
  const browser = await gate.signedIn()
  const page = await browser.get(answer.headers.get('location') ?? '')
  assert.ok(answered(await press(browser, page, 'proceed'))['code'])
})

test('the page’s policy lets its form lead back to the application, over hosts of its own, by its scheme alone', async () => {
  shop = await freshShop()
  const native = await gate.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
  const browser = await gate.signedIn()
  const policy = async (application: Application) =>
    /form-action ([^;]+)/.exec(
      (await browser.get(authorizePath(application))).headers.get('content-security-policy') ?? '',
    )?.[1]
  assert.equal(await policy(shop), `'self' https:`)
  assert.equal(await policy(native), `'self' com.example.app:`)
})

test('login_hint reaches the sign-in page', async () => {
  shop = await freshShop()
  const page = await gate.browser().get(authorizePath(shop, { login_hint: 'wanjiku@example.test' }))
  assert.equal(new URL(page.location ?? '', gate.url).searchParams.get('login_hint'), 'wanjiku@example.test')
})

test('[identity 66] an application that is switched off is unknown at the door, and its tokens are dead', async () => {
  const closed = await gate.application({ name: 'Closed' })
  const { access, refresh } = await tokensFor(gate, closed, { scope: 'openid offline_access' })
  await gate.deps.db.query(
    { name: 'test_disable', text: 'update application set disabled_at = now() where client_id = $1' },
    [closed.clientId],
  )
  const page = await gate.browser().get(authorizePath(closed))
  assert.equal(page.status, 400)
  const info = await fetch(`${gate.url}/oauth/userinfo`, { headers: { authorization: `Bearer ${access}` } })
  assert.equal(info.status, 401)
  const again = await post(`${gate.url}/oauth/token`, {
    grant_type: 'refresh_token', refresh_token: refresh, client_id: closed.clientId, client_secret: closed.secret,
  }) // prettier-ignore
  assert.equal(again.status, 401)
})

async function tokensFrom(code: string): Promise<{ readonly id: string }> {
  const answer = await redeem(gate, shop, code)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { id: String(answer.body['id_token']) }
}
