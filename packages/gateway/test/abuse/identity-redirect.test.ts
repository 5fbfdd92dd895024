// The authorization request, up to where an answer would go. Names of OpenID Foundation modules stand in brackets.
import assert from 'node:assert/strict'
import { request as plainRequest } from 'node:http'
import { after, before, test } from 'node:test'
import type { Page } from '../journeys/account/town.ts'
import {
  answered,
  authorizePath,
  get,
  openGate,
  post,
  redirectUri,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
let shop: Application
let native: Application

before(async () => {
  gate = await openGate()
  shop = await gate.application({
    name: 'Duka',
    redirectUris: [redirectUri, 'https://shop.example/back?tenant=1'],
  })
  native = await gate.application({
    kind: 'native',
    redirectUris: ['http://127.0.0.1/back', 'com.example.app:/back'],
  })
})
after(async () => {
  await gate.close()
})

async function visit(changed: Readonly<Record<string, string>>, application = shop): Promise<Page> {
  return await gate.browser().get(authorizePath(application, changed))
}

function staysHere(page: Page, said: RegExp): void {
  assert.equal(page.status, 400)
  assert.equal(page.location, null)
  assert.match(page.body, said)
}

/** The request went through: all that is left is to sign in. */
function passes(page: Page): void {
  assert.equal(page.status, 303)
  assert.match(page.location ?? '', /^\/signin\?/)
}

const strangeAddresses: readonly (readonly [string, string])[] = [
  ['[identity 1]', 'https://evil.example/back'],
  ['[identity 2]', `${redirectUri}/more`],
  ['[identity 2]', 'https://shop.example/backdoor'],
  ['[identity 3]', `${redirectUri}?x=1`],
  ['[identity 4]', 'https://shop.example/back?tenant=2'],
  ['[identity 5]', `${redirectUri}#fragment`],
  ['[identity 6]', 'https://SHOP.example/back'],
  ['[identity 6]', 'https://shop.example/Back'],
  ['[identity 6]', 'https://shop.example/x/%2e%2e/back'],
  ['[identity 6]', 'https://shop.example//back'],
  ['[identity 6]', 'https://shop.example./back'],
  ['[identity 6]', 'https://shop.example@evil.example/back'],
  ['[identity 6]', 'https://shop.example:443/back'],
  ['[identity 6]', 'https:\\\\shop.example\\back'],
  ['[identity 6]', 'https://shop.example/ba\tck'],
  ['[identity 6]', 'https://shop.example/back\n'],
  ['[identity 6]', 'https://shоp.example/back'],
  ['[identity 6]', 'https://shop.example/back%20'],
  ['[identity 9]', 'javascript:alert(1)'],
  ['[identity 9]', 'data:text/html,hi'],
]
for (const [number, uri] of strangeAddresses) {
  test(`${number} nobody is sent to ${JSON.stringify(uri)} (oidcc-ensure-registered-redirect-uri)`, async () => {
    staysHere(await visit({ redirect_uri: uri }), /redirect_unregistered/)
  })
}

test('[identity 8] a native application’s loopback address comes with any port, and with nothing else changed', async () => {
  passes(await visit({ redirect_uri: 'http://127.0.0.1:51004/back' }, native))
  passes(await visit({ redirect_uri: 'com.example.app:/back' }, native))
  for (const uri of [
    'http://127.0.0.1:51004/other',
    'http://127.0.0.1:99999/back',
    'http://127.0.0.1:0/back',
    'http://127.0.0.2:51004/back',
    'http://localhost:51004/back',
    'http://[::1]:51004/back',
    'https://127.0.0.1:51004/back',
    'http://127.0.0.1:51004@evil.example/back',
  ]) {
    staysHere(await visit({ redirect_uri: uri }, native), /redirect_unregistered/)
  }
  staysHere(await visit({ redirect_uri: 'https://shop.example:8443/back' }), /redirect_unregistered/)
  const web = await gate.application({ redirectUris: ['http://127.0.0.1/back'] })
  staysHere(await visit({ redirect_uri: 'http://127.0.0.1:51004/back' }, web), /redirect_unregistered/)
})

test('[identity 11] a request without redirect_uri is answered here (oidcc-ensure-redirect-uri-in-authorization-request)', async () => {
  staysHere(await visit({ redirect_uri: '' }), /redirect_uri is missing/)
})

test('[identity 12] a request of an unknown application never redirects, whatever else it says', async () => {
  for (const changed of [
    { client_id: 'nobody' },
    { client_id: '' },
    { client_id: 'nobody', prompt: 'none' },
    { client_id: 'a\0b' },
  ]) {
    staysHere(await visit(changed), /client_unknown/)
  }
  staysHere(await visit({ redirect_uri: 'https://evil.example/', prompt: 'none' }), /redirect_unregistered/)
})

test('[identity 12] a request without client_id says so', async () => {
  const { client_id: _id, ...rest } = Object.fromEntries(new URL(authorizePath(shop), gate.url).searchParams)
  const path = `/oauth/authorize?${new URLSearchParams(rest).toString()}`
  staysHere(await gate.browser().get(path), /client_id is missing/)
})

test('[identity 12] the error page tells a reader of Swahili too', async () => {
  const page = await gate
    .browser({ 'accept-language': 'sw' })
    .get(authorizePath(shop, { client_id: 'nobody' }))
  assert.match(page.body, /Hatuijui huduma/)
})

test('[identity 17] pages are never readable for other origins; endpoints for programs are', async () => {
  const origin = { origin: 'https://evil.example' }
  const closed = ['/oauth/authorize', '/signin', '/account']
  for (const path of closed)
    assert.equal((await get(gate.url + path, origin)).headers.get('access-control-allow-origin'), null)
  const open = [
    '/oauth/userinfo',
    '/oauth/jwks',
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
    '/api/userinfo',
  ]
  for (const path of open) {
    const answer = await get(gate.url + path, origin)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*', path)
    assert.equal(answer.headers.get('access-control-allow-credentials'), null)
  }
  assert.equal(
    (await post(`${gate.url}/oauth/token`, {}, origin)).headers.get('access-control-allow-origin'),
    '*',
  )
  const asked = await fetch(`${gate.url}/oauth/token`, { method: 'OPTIONS', headers: origin })
  assert.equal(asked.status, 204)
  assert.equal(asked.headers.get('access-control-allow-methods'), 'GET, POST')
  const page = await fetch(`${gate.url}/oauth/authorize`, { method: 'OPTIONS', headers: origin })
  assert.equal(page.status, 405)
  assert.equal(page.headers.get('access-control-allow-methods'), null)
})

const refusedByRedirect: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['[identity 19]', { response_type: '' }, 'invalid_request'],
  ['[identity 19]', { response_type: 'token' }, 'unsupported_response_type'],
  ['[identity 19]', { response_type: 'id_token' }, 'unsupported_response_type'],
  ['[identity 19]', { response_type: 'id_token token' }, 'unsupported_response_type'],
  ['[identity 19]', { response_type: 'code token' }, 'unsupported_response_type'],
  ['[identity 19]', { response_type: 'code id_token' }, 'unsupported_response_type'],
  ['[identity 23]', { response_mode: 'fragment' }, 'invalid_request'],
  ['[identity 23]', { response_mode: 'fragment' }, 'invalid_request'],
  ['[identity 23]', { response_mode: 'query', response_type: 'token' }, 'unsupported_response_type'],
  ['[identity 26]', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
  ['[identity 26]', { request_uri: 'http://169.254.169.254/latest' }, 'request_uri_not_supported'],
  ['[identity 28]', { prompt: 'none login' }, 'invalid_request'],
  ['[identity 28]', { prompt: 'create' }, 'invalid_request'],
  ['[identity 30]', { max_age: '-1' }, 'invalid_request'],
  ['[identity 30]', { max_age: '1e3' }, 'invalid_request'],
  ['[identity 49]', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['[identity 49]', { code_challenge_method: 'S512' }, 'invalid_request'],
  ['[identity 49]', { code_challenge_method: '' }, 'invalid_request'],
  ['[identity 49]', { code_challenge: '' }, 'invalid_request'],
  ['[identity 49]', { code_challenge: 'short' }, 'invalid_request'],
  ['[identity 50]', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
  ['[identity 31]', { id_token_hint: 'no.id.token' }, 'invalid_request'],
]
for (const [number, changed, error] of refusedByRedirect) {
  test(`${number} [identity 18] ${JSON.stringify(changed)} goes back as ${error}, with state and issuer`, async () => {
    const page = await visit(changed)
    assert.ok(page.location?.startsWith(`${redirectUri}?`))
    const answer = answered(page)
    assert.equal(answer['error'], error)
    assert.equal(answer['state'], 'a-state')
    assert.equal(answer['iss'], gate.url)
    assert.deepEqual(Object.keys(answer).sort(), ['error', 'error_description', 'iss', 'state'])
  })
}

test('[identity 20] a parameter that comes twice is refused, and one that decides where to go stays here', async () => {
  const twice = async (name: string) => await gate.browser().get(`${authorizePath(shop)}&${name}=other`)
  for (const name of [
    'scope',
    'nonce&nonce',
    'response_type',
    'code_challenge',
    'unknown&unknown',
    'constructor&constructor',
  ]) {
    assert.equal(answered(await twice(name))['error'], 'invalid_request', name)
  }
  const withTwoStates = answered(await twice('state'))
  assert.equal(withTwoStates['error'], 'invalid_request')
  assert.equal(withTwoStates['state'], undefined)
  staysHere(await twice('client_id'), /more than once/)
  staysHere(await twice('redirect_uri'), /more than once/)
})

test('[identity 21] names that look like arrays, objects or prototypes are plain unknown names', async () => {
  for (const more of [
    'client_id[]=x',
    'client_id[a]=x',
    '__proto__=x',
    'constructor=x',
    '__proto__[client_id]=x',
    'hasOwnProperty=1',
  ]) {
    passes(await gate.browser().get(`${authorizePath(shop)}&${more}`))
  }
  staysHere(await gate.browser().get('/oauth/authorize?client_id[]=x&__proto__=y'), /client_unknown/)
  assert.equal(({} as Record<string, unknown>)['client_id'], undefined)
})

test('[identity 22] an unknown parameter is ignored (oidcc-ensure-request-with-unknown-parameter-succeeds)', async () => {
  passes(await visit({ colour: 'green' }))
})

test('[identity 24] a line break in state stays inside the one Location header', async () => {
  const state = 'x\r\nSet-Cookie: stolen=1\r\n\r\n<script>'
  const page = await visit({ state, response_type: 'token' })
  assert.deepEqual(page.setCookies, [])
  assert.equal(answered(page)['state'], state)
})

test('[identity 25] a state and a nonce of two thousand characters come back; longer ones are refused cleanly', async () => {
  const long = 'n'.repeat(2000)
  const browser = await gate.signedIn()
  const page = await browser.get(authorizePath(shop, { state: long, nonce: long }))
  assert.equal(page.status, 200)
  assert.equal(answered(await visit({ state: long, prompt: 'none' }))['state'], long)
  assert.equal(answered(await visit({ nonce: 'n'.repeat(2049) }))['error'], 'invalid_request')
})

test('[identity 23] what strangers wrote is escaped on every page', async () => {
  const nasty = '"><script>alert(1)</script>'
  const application = await gate.application({ name: `Duka ${nasty}` })
  const browser = await gate.signedIn()
  for (const page of [
    await browser.get(authorizePath(application, { state: nasty, scope: `openid ${nasty}`, nonce: nasty })),
    await browser.get(authorizePath(application, { client_id: nasty })),
    await browser.get(authorizePath(application, { redirect_uri: `https://x.example/${nasty}` })),
  ]) {
    assert.ok(!page.body.includes('<script>alert'), page.body.slice(0, 2000))
  }
})

test('[identity 90] two Authorization headers are refused (fapi2 access-token-type-header-case-sensitivity)', async () => {
  const status = await new Promise<number>((resolve, reject) => {
    const sent = plainRequest(`${gate.url}/oauth/userinfo`, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.setHeader('authorization', ['Bearer lat_one', 'Bearer lat_two'])
    sent.end()
  })
  assert.equal(status, 400)
})

test('[identity 117] the issuer stays ours, whatever host a request names', async () => {
  const other = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
  assert.equal((await get(`${gate.url}/.well-known/openid-configuration`, other)).body['issuer'], gate.url)
  const browser = gate.browser(other)
  assert.equal(answered(await browser.get(authorizePath(shop, { response_type: 'token' })))['iss'], gate.url)
})

test('[identity 16] [identity 15] no page of the way in may be framed, sniffed or leak its address', async () => {
  const browser = await gate.signedIn()
  for (const page of [
    await browser.get(authorizePath(shop)),
    await visit({ client_id: 'nobody' }),
    await gate.browser().get('/signin'),
  ]) {
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /default-src 'none'.*frame-ancestors 'none'/,
    )
    assert.equal(page.headers.get('x-frame-options'), 'DENY')
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
    assert.equal(page.headers.get('cache-control'), 'no-store')
    for (const [, address = ''] of page.body.matchAll(/(?:src|href)="([^"]+)"/g))
      assert.match(address, /^[/#]/)
  }
})
