// The claims parameter (OpenID Connect Core 5.5), and who a person is to an application (section 8).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { textOf, type Browser } from '../account/town.ts'
import {
  answered,
  authorizePath,
  claimsOf,
  get,
  introspected,
  openGate,
  press,
  redeem,
  refreshed,
  tokensFor,
  type Application,
  type Gate,
  type Parameters,
} from './gate.ts'

let gate: Gate
let browser: Browser

before(async () => {
  gate = await openGate()
  browser = await gate.signedIn()
})
after(async () => {
  await gate.close()
})

const asking = (claims: unknown, more: Parameters = {}): Parameters => ({
  claims: JSON.stringify(claims),
  ...more,
})

async function infoOf(token: string): Promise<Readonly<Record<string, unknown>>> {
  const answer = await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${token}` })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

async function tokens(application: Application, changed: Parameters) {
  const page = await browser.get(authorizePath(application, changed))
  const back = answered(page.status === 200 ? await press(browser, page, 'proceed') : page)
  const answer = await redeem(gate, application, back['code'] ?? '')
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return {
    access: String(answer.body['access_token']),
    id: claimsOf(String(answer.body['id_token'])),
    all: answer.body,
  }
}

test('oidcc-claims-essential: claims asked for by name are shown, agreed to, and given where they were asked for', async () => {
  const shop = await gate.application({ name: 'Duka' })
  const asked = asking({
    userinfo: { email: { essential: true }, nonsense: null },
    id_token: { given_name: null },
  })
  const page = await browser.get(authorizePath(shop, asked))
  assert.match(textOf(page), /Your names/)
  assert.match(textOf(page), /Your e-mail address/)
  assert.doesNotMatch(textOf(page), /Your phone number/)
  const { access, id } = await tokens(shop, asked)
  assert.equal(id['given_name'], 'Wanjiku')
  assert.equal(id['family_name'], undefined)
  assert.equal(id['email'], undefined)
  assert.deepEqual(await infoOf(access), { sub: gate.account.id, email: 'wanjiku@example.test' })
})

test('what was agreed to by name is not asked again, and what is new is (fapi2-security-profile-final-test-claims-parameter-identity-claims)', async () => {
  const shop = await gate.application({ name: 'Duka' })
  await tokens(shop, asking({ userinfo: { email: null } }))
  const known = await browser.get(
    authorizePath(shop, asking({ id_token: { email: null } }, { prompt: 'none' })),
  )
  assert.ok(answered(known)['code'])
  const more = await browser.get(
    authorizePath(shop, asking({ userinfo: { phone_number: null } }, { prompt: 'none' })),
  )
  assert.equal(answered(more)['error'], 'consent_required')
  assert.match(textOf(await browser.get('/account')), /Duka .*Your e-mail address/)
})

test('[identity 38] no claim is had that no scope of the application would give', async () => {
  const narrow = await gate.application({ name: 'Narrow', scopes: ['openid'] })
  const asked = asking({
    userinfo: { email: { essential: true }, id_number: null },
    id_token: { phone_number: null },
  })
  const page = await browser.get(authorizePath(narrow, asked))
  assert.doesNotMatch(textOf(page), /e-mail|phone|identity number/)
  const { access, id } = await tokens(narrow, asked)
  assert.equal(id['phone_number'], undefined)
  assert.deepEqual(await infoOf(access), { sub: gate.account.id })
})

test('[identity 21] a claims parameter that cannot be read is refused, and pollutes nothing', async () => {
  const shop = await gate.application({ name: 'Duka' })
  for (const claims of [
    '{',
    '[]',
    'null',
    '"x"',
    '7',
    '{"userinfo":[]}',
    '{"id_token":"x"}',
    '{"userinfo":{"email":true}}',
    '{"userinfo":{"email":{"essential":"yes"}}}',
    '{"id_token":{"acr":{"values":"aal2"}}}',
    JSON.stringify({ userinfo: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`c${at}`, null])) }),
  ]) {
    const back = answered(await browser.get(authorizePath(shop, { claims })))
    assert.equal(back['error'], 'invalid_request', claims)
    assert.match(back['error_description'] ?? '', /^claims/)
  }
  const odd = await tokens(shop, {
    claims: '{"userinfo":{"__proto__":{"value":1},"constructor":null},"other":1}',
  })
  assert.deepEqual(await infoOf(odd.access), { sub: gate.account.id })
})

test('a pairwise subject is the same everywhere and for ever, within its sector alone', async () => {
  const pairwise = { more: { subjectType: 'pairwise' } } as const
  const [one, two] = [await gate.application(pairwise), await gate.application(pairwise)]
  const far = await gate.application({ ...pairwise, redirectUris: ['https://far.example/back'] })
  const subjects: string[] = []
  for (const application of [one, two, far]) {
    const { access, refresh, id } = await tokensFor(gate, application, { scope: 'openid offline_access' })
    const subject = String(claimsOf(id)['sub'])
    assert.match(subject, /^[\w-]{43}$/)
    assert.equal((await infoOf(access))['sub'], subject)
    assert.equal((await introspected(gate, application, access))['sub'], subject)
    const again = await refreshed(gate, application, refresh)
    assert.equal(claimsOf(String(again.body['id_token']))['sub'], subject)
    subjects.push(subject)
  }
  assert.equal(subjects[0], subjects[1])
  assert.notEqual(subjects[0], subjects[2])
  const plain = await tokensFor(gate, await gate.application())
  assert.equal(claimsOf(plain.id)['sub'], gate.account.id)
})

test('the session’s name differs by application and stays while she signs in anew', async () => {
  const [one, two] = [await gate.application(), await gate.application()]
  const first = await tokens(one, { scope: 'openid offline_access' })
  const other = await tokens(two, {})
  assert.match(String(first.id['sid']), /^[\w-]{43}$/)
  assert.notEqual(first.id['sid'], other.id['sid'])
  await browser.signIn('00000011', 'wanjiku opens the gate')
  const again = await refreshed(gate, one, String(first.all['refresh_token']))
  assert.equal(claimsOf(String(again.body['id_token']))['sid'], first.id['sid'])
})
