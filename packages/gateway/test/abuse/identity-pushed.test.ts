// Requests that the application pushes itself (RFC 9126): who may, for how long they hold, and how often they are answered.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { seconds } from '../../src/base/time.ts'
import { textOf, type Browser } from '../journeys/account/town.ts'
import {
  answered,
  authorizePath,
  claimsOf,
  codeFor,
  get,
  openGate,
  pathOf,
  post,
  press,
  push,
  pushedPath,
  redeem,
  requestOf,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

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

const par = (): string => `${gate.url}/oauth/par`

test('a pushed request is answered with an address that holds for 90 seconds (fapi2-security-profile-final-happy-flow)', async () => {
  const answer = await push(gate, shop, { nonce: 'pushed' })
  assert.equal(answer.status, 201)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.match(String(answer.body['request_uri']), /^urn:ietf:params:oauth:request_uri:[\w-]{43}$/)
  assert.equal(answer.body['expires_in'], 90)
  const back = answered(await browser.get(pathOf(shop, String(answer.body['request_uri']))))
  assert.equal(back['state'], 'a-state')
  const tokens = await redeem(gate, shop, back['code'] ?? '')
  assert.equal(claimsOf(String(tokens.body['id_token']))['nonce'], 'pushed')
})

test('Basic proves who pushes too, and client_id may then be left out', async () => {
  const { client_id: id = '', ...rest } = requestOf(shop)
  const authorization = `Basic ${Buffer.from(`${id}:${shop.secret}`).toString('base64')}`
  const answer = await post(par(), rest, { authorization })
  assert.equal(answer.status, 201)
  const page = await browser.get(pathOf(shop, String(answer.body['request_uri'])))
  assert.ok(answered(page)['code'])
})

test('what stands beside the address counts for nothing (fapi2-security-profile-final-state-only-outside-request-object-not-used)', async () => {
  const answer = await push(gate, shop, { state: '' })
  const outside = {
    state: 'outside',
    redirect_uri: 'https://evil.example/',
    scope: 'openid email',
    nonce: 'x',
  }
  const page = await browser.get(pathOf(shop, String(answer.body['request_uri']), outside))
  assert.ok(page.location?.startsWith(shop.redirectUri))
  const back = answered(page)
  assert.ok(back['code'])
  assert.equal(back['state'], undefined)
})

test('[identity 97] only a POST pushes (fapi2-security-profile-final-par-attempt-invalid-http-method)', async () => {
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const answer = await fetch(`${par()}?${new URLSearchParams(requestOf(shop)).toString()}`, { method })
    assert.equal(answer.status, 405, method)
    assert.equal(answer.headers.get('allow'), 'OPTIONS, POST')
  }
})

test('[identity 97] who pushes proves who it is', async () => {
  const none = await post(par(), requestOf(shop))
  const wrong = await post(par(), { ...requestOf(shop), client_secret: 'sec_wrong' })
  const nobody = await post(par(), { ...requestOf(shop), client_id: 'nobody', client_secret: 'x' })
  const silent = await post(par(), requestOf(shop, { client_id: '' }))
  for (const answer of [none, wrong, nobody, silent]) {
    assert.equal(answer.status, 401)
    assert.equal(answer.body['error'], 'invalid_client')
  }
})

test('[identity 97] a pushed request points to no other (fapi2-security-profile-final-par-authorization-request-containing-request_uri-form-param)', async () => {
  const first = await push(gate, shop)
  for (const requestUri of [String(first.body['request_uri']), 'https://evil.example/request']) {
    const answer = await push(gate, shop, { request_uri: requestUri })
    assert.equal(answer.status, 400)
    assert.deepEqual(answer.body, {
      error: 'invalid_request',
      error_description: 'A pushed request holds its parameters itself: leave request_uri out.',
    })
  }
})

const faults = [
  ['an unregistered address (fapi2-security-profile-final-ensure-registered-redirect-uri)', { redirect_uri: 'https://evil.example/' }, 'invalid_request'],
  ['no address (fapi2-security-profile-final-ensure-redirect-uri-in-authorization-request)', { redirect_uri: '' }, 'invalid_request'],
  ['no PKCE (fapi2-security-profile-final-par-ensure-pkce-required)', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
  ['plain PKCE (fapi2-security-profile-final-par-plain-pkce-rejected)', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['another response type (fapi2-security-profile-final-ensure-response-type-code-idtoken-fails)', { response_type: 'code id_token' }, 'unsupported_response_type'],
  ['response_type=token (fapi2-security-profile-final-ensure-response-type-token-fails)', { response_type: 'token' }, 'unsupported_response_type'],
  ['a request object (fapi2-security-profile-final-ensure-unsigned-request-at-par-endpoint-fails)', { request: 'e30.e30.' }, 'request_not_supported'],
  ['a scope that is not served', { scope: 'address' }, 'invalid_scope'],
  ['a hint that is none of ours', { id_token_hint: 'e30.e30.x' }, 'invalid_request'],
] as const // prettier-ignore

for (const [what, changed, error] of faults) {
  test(`[identity 97] pushed with ${what}: 400 ${error}`, async () => {
    const answer = await push(gate, shop, changed)
    assert.equal(answer.status, 400, JSON.stringify(answer.body))
    assert.equal(answer.body['error'], error)
    assert.equal(typeof answer.body['error_description'], 'string')
  })
}

test('[identity 97] what comes twice is refused (fapi2-security-profile-final-par-without-duplicate-parameters)', async () => {
  for (const name of ['state', 'client_id', 'redirect_uri']) {
    const twice = new URLSearchParams({ ...requestOf(shop), client_secret: shop.secret })
    twice.append(name, 'again')
    const answer = await post(par(), twice)
    assert.equal(answer.status, 400, name)
    assert.equal(answer.body['error'], 'invalid_request')
  }
  assert.equal(
    (await post(par(), JSON.stringify(requestOf(shop)), { 'content-type': 'application/json' })).status,
    400,
  )
})

test('[identity 97] an answered address is not answered again (fapi2-security-profile-final-par-attempt-reuse-request_uri)', async () => {
  const path = await pushedPath(gate, shop)
  assert.ok(answered(await browser.get(path))['code'])
  const again = await browser.get(path)
  assert.deepEqual(answered(again), {
    error: 'invalid_request_uri',
    error_description: 'The request_uri was answered before, or its time is over.',
    state: 'a-state',
    iss: gate.url,
  })
  const silent = await pushedPath(gate, shop, { prompt: 'none' })
  assert.equal(answered(await gate.browser().get(silent))['error'], 'login_required')
  assert.equal(answered(await browser.get(silent))['error'], 'invalid_request_uri')
})

test('[identity 97] twenty tabs with one address get one code', async () => {
  const path = await pushedPath(gate, shop)
  const pages = await Promise.all(Array.from({ length: 20 }, async () => answered(await browser.get(path))))
  assert.equal(pages.filter(({ code }) => code !== undefined).length, 1)
  assert.equal(pages.filter(({ error }) => error === 'invalid_request_uri').length, 19)
})

test('[identity 97] before it is answered it may be opened again (fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds)', async () => {
  const path = await pushedPath(gate, shop)
  const visitor = gate.browser()
  assert.match((await visitor.get(path)).location ?? '', /^\/signin\?/)
  assert.match((await visitor.get(path)).location ?? '', /^\/signin\?/)
  assert.ok(answered(await browser.get(path))['code'])
})

test('[identity 97] an address that nobody opened in time has ended (fapi2-security-profile-final-par-attempt-to-use-expired-request_uri)', async () => {
  const inTime = await pushedPath(gate, shop)
  gate.pass(seconds(89))
  assert.ok(answered(await browser.get(inTime))['code'])
  const late = await pushedPath(gate, shop)
  gate.pass(seconds(90))
  assert.equal(answered(await browser.get(late))['error'], 'invalid_request_uri')
})

test('whoever opened it in time may take her time to sign in and agree; after half an hour the way leads back', async () => {
  const slow = await gate.application({ name: 'Slow' })
  const visitor = gate.browser()
  const path = await pushedPath(gate, slow)
  const away = await visitor.get(path)
  gate.pass(seconds(600))
  const next = new URL(away.location ?? '', gate.url).searchParams.get('next') ?? ''
  const back = await visitor.signIn('00000011', 'wanjiku opens the gate', next)
  const page = await visitor.get(back.location ?? '')
  assert.match(textOf(page), /Let Slow in\?/)
  gate.pass(seconds(600))
  assert.equal((await visitor.get(path)).status, 200)
  assert.ok(answered(await press(visitor, page, 'proceed'))['code'])

  const forgotten = await visitor.get(await pushedPath(gate, slow, { prompt: 'consent' }))
  gate.pass(seconds(1800))
  assert.equal(answered(await press(visitor, forgotten, 'proceed'))['error'], 'invalid_request_uri')
})

test('[identity 97] another application’s address, and one that was made up, end on our page (fapi2-security-profile-final-par-attempt-to-use-request_uri-for-different-client)', async () => {
  const other = await gate.application({ name: 'Other' })
  const answer = await push(gate, shop)
  const requestUri = String(answer.body['request_uri'])
  for (const path of [
    pathOf(other, requestUri),
    pathOf(shop, `urn:ietf:params:oauth:request_uri:${'x'.repeat(43)}`),
    pathOf(other, requestUri, { redirect_uri: other.redirectUri, response_type: 'code' }),
  ]) {
    const page = await browser.get(path)
    assert.equal(page.status, 400)
    assert.equal(page.location, null)
    assert.match(textOf(page), /no longer there.*invalid_request_uri/)
  }
  assert.ok(answered(await browser.get(pathOf(shop, requestUri)))['code'])
})

test('[identity 97] an address of somebody’s own is never fetched', async () => {
  const page = await browser.get(authorizePath(shop, { request_uri: 'https://evil.example/request' }))
  assert.equal(answered(page)['error'], 'request_uri_not_supported')
  const bare = await browser.get(pathOf(shop, 'https://evil.example/request'))
  assert.equal(bare.status, 400)
})

test('[identity 98] an application that must push is refused what it did not push (fapi2-security-profile-final-ensure-unsigned-authorization-request-without-using-par-fails)', async () => {
  const strict = await gate.application({ name: 'Strict', more: { requirePar: true } })
  const plain = answered(await browser.get(authorizePath(strict)))
  assert.equal(plain['error'], 'invalid_request')
  assert.equal(plain['error_description'], 'This application pushes its requests first: send request_uri.')
  const page = await browser.get(await pushedPath(gate, strict))
  assert.ok(answered(await press(browser, page, 'proceed'))['code'])
})

test('[identity 98] the profile fapi2 pushes always, whatever else is registered', async () => {
  const made = await gate.application({ name: 'Bank' })
  await gate.deps.db.query(
    { name: 'test_fapi2', text: `update application set profile = 'fapi2' where client_id = $1` },
    [made.clientId],
  )
  const plain = answered(await browser.get(authorizePath(made)))
  assert.equal(plain['error'], 'invalid_request')
  assert.equal(plain['error_description'], 'This application pushes its requests first: send request_uri.')
})

test('[identity 80] the table of pushed requests holds no address and no secret', async () => {
  const answer = await push(gate, shop)
  const rows = await gate.deps.db.query<{ readonly text: string }>(
    { name: 'test_pushed', text: 'select pushed_request::text as text from pushed_request' },
    [],
  )
  assert.ok(rows.length > 0)
  const all = rows.map(({ text }) => text).join('\n')
  assert.ok(!all.includes(String(answer.body['request_uri']).slice(-43)))
  assert.ok(!all.includes(shop.secret))
})

test('preflights of a browser’s program are answered, and GET shows nothing', async () => {
  const answer = await fetch(par(), { method: 'OPTIONS' })
  assert.equal(answer.status, 204)
  assert.equal((await get(par())).status, 405)
})
