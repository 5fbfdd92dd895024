// response_mode=form_post: the answer travels in a form of its own, escaped, under a policy that names where it goes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from '../journeys/account/town.ts'
import {
  answered,
  authorizePath,
  codeFor,
  openGate,
  press,
  pushedPath,
  redeem,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
let shop: Application

before(async () => {
  gate = await openGate()
  shop = await gate.application({ name: 'Duka' })
})
after(async () => {
  await gate.close()
})

const byForm = { response_mode: 'form_post' }

/** What the page would post, and where. */
function posted(page: Page): { readonly action: string; readonly fields: Readonly<Record<string, string>> } {
  assert.equal(page.status, 200)
  const form = /<form method="post" action="([^"]*)" id="answer">([\s\S]*?)<\/form>/.exec(page.body)
  const inputs = [...(form?.[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  return {
    action: plain(form?.[1] ?? ''),
    fields: Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, plain(value)])),
  }
}

function plain(markup: string): string {
  return markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

test('[identity 18] the code comes in a form, with state and issuer, and is good', async () => {
  const browser = await gate.signedIn()
  const page = await press(browser, await browser.get(authorizePath(shop, byForm)), 'proceed')
  const { action, fields } = posted(page)
  assert.equal(action, shop.redirectUri)
  assert.deepEqual(Object.keys(fields).toSorted(), ['code', 'iss', 'state'])
  assert.equal(fields['iss'], gate.url)
  assert.equal(fields['state'], 'a-state')
  assert.equal((await redeem(gate, shop, fields['code'] ?? '')).status, 200)
})

test('[identity 18] refusals come the same way, also for pushed requests', async () => {
  const visitor = gate.browser()
  for (const path of [
    authorizePath(shop, { ...byForm, prompt: 'none' }),
    await pushedPath(gate, shop, { ...byForm, prompt: 'none' }),
  ]) {
    const { action, fields } = posted(await visitor.get(path))
    assert.equal(action, shop.redirectUri)
    assert.deepEqual(fields, {
      error: 'login_required',
      error_description: 'A sign-in is needed, and prompt=none forbids to ask for it.',
      state: 'a-state',
      iss: gate.url,
    })
  }
})

test('[identity 23] whatever state holds, it is text in the page and comes back as it was', async () => {
  const browser = await gate.signedIn()
  await codeFor(browser, shop)
  for (const state of [
    `"><script>alert(1)</script>`,
    `' onfocus='alert(1)`,
    '</form></script><svg/onload=alert(1)>',
    '&quot;&#34;',
    '\u202Eevil‮',
    'a'.repeat(2000),
  ]) {
    const page = await browser.get(authorizePath(shop, { ...byForm, state }))
    assert.equal(posted(page).fields['state'], state)
    assert.equal(page.body.split('<script').length, 2, 'only our own script')
    assert.ok(!page.body.includes('<svg/onload'))
  }
})

test('[identity 23] the page runs our script alone, posts only to the scheme of the address, and is not kept', async () => {
  const browser = await gate.signedIn()
  await codeFor(browser, shop)
  const page = await browser.get(authorizePath(shop, byForm))
  const policy = page.headers.get('content-security-policy') ?? ''
  const [, nonce = ''] = /script-src 'nonce-([^']+)'/.exec(policy) ?? []
  assert.match(page.body, new RegExp(`<script nonce="${nonce}">`))
  assert.match(policy, /form-action 'self' https:;/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.equal(page.headers.get('cache-control'), 'no-store')
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
  assert.match(page.body, /<button type="submit"[^>]*>Go on/)
})

test('a form leads to a web server, not into an application on a device', async () => {
  const native = await gate.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
  const page = await gate.browser().get(authorizePath(native, byForm))
  const { error, error_description: because } = answered(page)
  assert.equal(error, 'invalid_request')
  assert.equal(because, 'response_mode=form_post needs a redirect_uri with https or http.')
})

test('other modes are refused in the address', async () => {
  for (const mode of ['fragment', 'jwt', 'web_message', 'Form_Post']) {
    const back = answered(await gate.browser().get(authorizePath(shop, { response_mode: mode })))
    assert.equal(back['error'], 'invalid_request')
    assert.equal(back['error_description'], 'response_mode is one of query, form_post.')
  }
})
