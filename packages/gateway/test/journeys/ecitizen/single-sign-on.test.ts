import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { textOf } from '../account/town.ts'
import {
  answered,
  authorizePath,
  claimsOf,
  codeFor,
  get,
  openGate,
  post,
  press,
  redemption,
  requestOf,
  verifier,
  type Application,
  type Gate,
} from '../standard/gate.ts'

let gate: Gate
/** As an agency had it before Lango: no PKCE, no state, another address at the token step, open introspection. */
let legacy: Application
let modern: Application

before(async () => {
  gate = await openGate()
  legacy = await gate.application({
    name: 'Boma Yangu',
    releases: 'national-identity',
    redirectUris: [
      'http://localhost:8000/login/sso/code',
      'http://localhost:8000',
      'http://127.0.0.1:3000/cb',
    ],
    allowances: ['no-pkce', 'no-state', 'other-registered-redirect-at-token', 'open-introspection'],
    clientId: 'CID',
    clientSecret: 'SEC',
  })
  modern = await gate.application({ name: 'Huduma', releases: 'national-identity' })
})
after(async () => {
  await gate.close()
})

const seedUserInfo = {
  id_number: '00000011',
  email: 'wanjiku@example.test',
  active: true,
  first_name: 'Wanjiku',
  last_name: 'Kamau',
  surname: 'Njeri',
  account_type: 'citizen',
  mobile_number: '254700000011',
  mobile_verified: true,
  Gender: 'f',
  gender: 'f',
  Kra_pin_number: 'A000000011Z',
  kra_pin_number: 'A000000011Z',
  dob: '1990-02-28',
}
const standardClaims = {
  name: 'Wanjiku Kamau',
  given_name: 'Wanjiku',
  family_name: 'Kamau',
  birthdate: '1990-02-28',
  locale: 'en',
  email_verified: true,
  phone_number: '+254700000011',
  phone_number_verified: true,
}

async function accessToken(application: Application = modern): Promise<string> {
  const code = await codeFor(await gate.signedIn(), application)
  const answer = await post(`${gate.url}/oauth/access-token`, redemption(application, code))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return String(answer.body['access_token'])
}

test('the consent page names every attribute of the national identity, in the language of the address', async () => {
  const browser = await gate.signedIn()
  // What she picked herself goes before what an address says.
  assert.match((await browser.get(`/sw${authorizePath(legacy)}`)).body, /<html lang="en">/)
  browser.cookies.delete('lango-language')
  const page = await browser.get(`/sw${authorizePath(legacy)}`)
  assert.equal(page.status, 200)
  assert.match(page.body, /<html lang="sw">/)
  for (const asks of ['fr', 'de fr-CD en', 'FR'])
    assert.match(
      (await browser.get(authorizePath(legacy, { ui_locales: asks }))).body,
      /<html lang="fr">[^]*Votre numéro d’identité/,
    )
  const english = textOf(await browser.get(authorizePath(legacy)))
  for (const words of [
    'Your identity number',
    'Your KRA PIN',
    'Your gender',
    'Your date of birth',
    'Your phone number',
  ]) {
    assert.ok(english.includes(words), words)
  }
})

test('the official Django demo signs in unchanged', async () => {
  const browser = await gate.signedIn()
  const asked =
    '/oauth/authorize?client_id=CID&redirect_uri=http://localhost:8000/login/sso/code&response_type=code'
  const page = await browser.get(asked)
  const { code = '' } = answered(page.status === 200 ? await press(browser, page, 'proceed') : page)
  const tokens = await post(
    `${gate.url}/oauth/access-token`,
    `client_id=CID&client_secret=SEC&grant_type=authorization_code&code=${code}&redirect_uri=http%3A%2F%2Flocalhost%3A8000`,
    { accept: '*/*', 'content-type': 'application/x-www-form-urlencoded' },
  )
  assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
  const info = await get(`${gate.url}/api/user-info?access_token=${String(tokens.body['access_token'])}`)
  assert.equal(info.body['gender'], 'f')
  assert.ok(String(info.body['id_number']).length <= 8 && String(info.body['account_type']).length <= 10)
})

test('the NestJS client signs in unchanged, and asks about its token without saying who asks', async () => {
  const browser = await gate.signedIn()
  const asked = requestOf({ ...legacy, redirectUri: 'http://127.0.0.1:3000/cb' }, { state: 'st' })
  const page = await browser.get(`/oauth/authorize?${new URLSearchParams(asked).toString()}`)
  const answer = answered(page.status === 200 ? await press(browser, page, 'proceed') : page)
  assert.equal(answer['state'], 'st')
  const headers = {
    accept: 'application/json, text/plain, */*',
    'content-type': 'application/x-www-form-urlencoded',
  }
  const body = `client_id=CID&client_secret=SEC&grant_type=authorization_code&code=${answer['code'] ?? ''}&redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fcb&code_verifier=${verifier}`
  const tokens = await post(`${gate.url}/oauth/access-token`, body, headers)
  const token = String(tokens.body['access_token'])
  assert.equal((await get(`${gate.url}/api/user-info?access_token=${token}`)).body['first_name'], 'Wanjiku')
  const known = await post(`${gate.url}/api/oauth/token/introspect`, `token=${token}`, headers)
  assert.deepEqual(known.body, {
    active: true,
    scope: 'openid',
    token_type: 'authorization_code',
    client_id: 'CID',
  })
})

test('the Vue client sends JSON, the Express client everything in the address of an empty POST', async () => {
  const browser = await gate.signedIn()
  const asJson = await post(
    `${gate.url}/oauth/access-token`,
    JSON.stringify(redemption(modern, await codeFor(browser, modern))),
    { 'content-type': 'application/json' },
  )
  assert.equal(asJson.status, 200, JSON.stringify(asJson.body))
  const query = new URLSearchParams(redemption(modern, await codeFor(browser, modern))).toString()
  const inQuery = await post(`${gate.url}/oauth/access-token?${query}`, '', {
    'content-type': 'application/x-www-form-urlencoded',
  })
  assert.equal(inQuery.status, 200, JSON.stringify(inQuery.body))
  const {
    client_id: id = '',
    client_secret: secret = '',
    ...rest
  } = redemption(modern, await codeFor(browser, modern))
  const basic = await post(`${gate.url}/oauth/access-token`, rest, {
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  })
  assert.equal(basic.status, 200, JSON.stringify(basic.body))
})

test('[identity 84] expiration_date is the time at which the token ends, in UTC, and is the exp of introspection', async () => {
  const code = await codeFor(await gate.signedIn(), modern, { scope: 'openid offline_access' })
  const { body } = await post(`${gate.url}/oauth/access-token`, redemption(modern, code))
  assert.deepEqual(Object.keys(body).sort(), [
    'access_token', 'expiration_date', 'expires_in', 'id_token', 'refresh_token', 'scope', 'token_type',
  ]) // prettier-ignore
  assert.equal(body['token_type'], 'Bearer')
  assert.match(String(body['expiration_date']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  const own = { client_id: modern.clientId, client_secret: modern.secret }
  const known = await post(`${gate.url}/api/oauth/token/introspect`, {
    token: String(body['access_token']),
    ...own,
  })
  const exp = Date.parse(String(body['expiration_date'])) / 1000
  assert.equal(known.body['exp'], exp)
  assert.equal(exp - Number(known.body['iat']), body['expires_in'])
})

test('the answer of both user information addresses is the seed’s, with the standard claims beside it', async () => {
  const token = await accessToken()
  for (const path of ['/api/userinfo', '/api/user-info']) {
    const inQuery = await get(`${gate.url}${path}?access_token=${token}`)
    const asBearer = await get(`${gate.url}${path}`, { authorization: `Bearer ${token}` })
    assert.equal(inQuery.status, 200)
    const { id, sub, ...rest } = inQuery.body
    assert.ok(Number.isInteger(id) && Number(id) > 0 && Number(id) < 2 ** 31)
    assert.equal(id, gate.account.number)
    assert.equal(sub, gate.account.id)
    assert.deepEqual(rest, { ...seedUserInfo, ...standardClaims })
    assert.deepEqual(asBearer.body, inQuery.body)
    assert.equal(inQuery.headers.get('cache-control'), 'no-store')
  }
})

test('the ID token of the national identity holds the same fields', async () => {
  const code = await codeFor(await gate.signedIn(), modern)
  const { body } = await post(`${gate.url}/oauth/access-token`, redemption(modern, code))
  const claims = claimsOf(String(body['id_token']))
  for (const [name, value] of Object.entries(seedUserInfo)) assert.equal(claims[name], value, name)
  assert.equal(claims['aud'], modern.clientId)
})

test('any other application gets what its scopes grant, here too', async () => {
  const plain = await gate.application({ name: 'Kiosk' })
  const code = await codeFor(await gate.signedIn(), plain, { scope: 'openid email' })
  const { body } = await post(`${gate.url}/oauth/access-token`, redemption(plain, code))
  const info = await get(`${gate.url}/api/userinfo?access_token=${String(body['access_token'])}`)
  assert.deepEqual(info.body, { sub: gate.account.id, email: 'wanjiku@example.test', email_verified: true })
  assert.equal('id_number' in claimsOf(String(body['id_token'])), false)
})

test('what is not known of an account is null, never a missing name', async () => {
  const browser = gate.browser()
  await browser.signIn('00000022', 'amina opens the gate')
  const { body } = await post(
    `${gate.url}/oauth/access-token`,
    redemption(modern, await codeFor(browser, modern)),
  )
  const info = await get(`${gate.url}/api/userinfo?access_token=${String(body['access_token'])}`)
  assert.equal(info.body['kra_pin_number'], null)
  assert.equal(info.body['Kra_pin_number'], null)
})

test('an absent and an empty scope mean openid', async () => {
  const browser = await gate.signedIn()
  for (const path of [
    authorizePath(modern, { scope: '' }),
    `${authorizePath(modern, { scope: '' })}&scope=`,
  ]) {
    const page = await browser.get(path)
    const { code = '' } = answered(page.status === 200 ? await press(browser, page, 'proceed') : page)
    const { body } = await post(`${gate.url}/oauth/access-token`, redemption(modern, code))
    assert.equal(body['scope'], 'openid')
    assert.ok(body['id_token'])
  }
})
