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
  press,
  redeem,
  type Gate,
} from './gate.ts'

let gate: Gate
before(async () => {
  gate = await openGate()
})
after(async () => {
  await gate.close()
})

test('she signs in, reads what the service will see, agrees, and the service learns who she is', async () => {
  const application = await gate.application({ name: 'Land Search' })
  const browser = gate.browser()
  const path = authorizePath(application, { scope: 'openid profile email', nonce: 'n-1' })
  const start = await browser.get(path)
  assert.equal(start.status, 303)
  const next = new URL(start.location ?? '', gate.url).searchParams.get('next') ?? ''
  assert.match(start.location ?? '', /^\/signin\?next=/)
  const back = await browser.signIn('00000011', 'wanjiku opens the gate', next)
  assert.equal(back.location, next)
  const page = await browser.get(next)
  const text = textOf(page)
  for (const shown of [
    'Land Search',
    'Ministry of Gates',
    'Wanjiku Kamau',
    'Your names',
    'Your e-mail address',
  ]) {
    assert.ok(text.includes(shown), shown)
  }
  assert.ok(!text.includes('Your identity number'))
  const answer = answered(await press(browser, page, 'proceed'))
  assert.deepEqual(Object.keys(answer).sort(), ['code', 'iss', 'state'])
  assert.equal(answer['iss'], gate.url)
  const tokens = await redeem(gate, application, answer['code'] ?? '')
  assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
  const { access_token: access, id_token: id, ...rest } = tokens.body
  assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 3600, scope: 'openid profile email' })
  assert.equal(claimsOf(String(id))['nonce'], 'n-1')
  const info = await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${String(access)}` })
  assert.deepEqual(info.body, {
    sub: gate.account.id,
    name: 'Wanjiku Kamau',
    given_name: 'Wanjiku',
    family_name: 'Kamau',
    gender: 'female',
    birthdate: '1990-02-28',
    locale: 'en',
    email: 'wanjiku@example.test',
    email_verified: true,
  })
  // Asked again for no more than she agreed to, she is not asked again.
  await codeFor(browser, application, { scope: 'openid profile' })
  assert.equal((await browser.get(authorizePath(application, { scope: 'openid phone' }))).status, 200)
})

test('a person who agreed once may still press twice: each press is an answer of its own', async () => {
  const application = await gate.application()
  const browser = await gate.signedIn()
  const page = await browser.get(authorizePath(application))
  const codes = [
    answered(await press(browser, page, 'proceed'))['code'],
    answered(await press(browser, page, 'proceed'))['code'],
  ]
  assert.notEqual(codes[0], codes[1])
  for (const each of codes) assert.equal((await redeem(gate, application, each ?? '')).status, 200)
})
