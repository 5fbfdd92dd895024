import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { amina, openTown, register, textOf, wanjiku, type Town } from '../journeys/account/town.ts'

let town: Town

before(async () => {
  town = await openTown()
  await register(town.deps, wanjiku)
  await register(town.deps, amina)
})
after(async () => {
  await town.close()
})

const password = 'wanjiku opens the gate'
const credentials = { identifier: '00000011', password, next: '/account' }

const elsewhere = [
  'https://evil.example/', '//evil.example/', '/\\evil.example/', '\\\\evil.example/', '/\t/evil.example/', '/\n/evil.example',
  '\t//evil.example', ' //evil.example', 'javascript:alert(1)', 'evil.example', '', '/a\r\nSet-Cookie: x=1', '/päge', '///evil.example',
  'http:evil.example', '/ /evil.example', `/${'a'.repeat(12_001)}`,
] // prettier-ignore

for (const next of elsewhere) {
  test(`[identity 13] after signing in nobody is led to ${JSON.stringify(next.slice(0, 40))}`, async () => {
    const browser = town.browser()
    const { token } = await browser.get('/signin')
    const answer = await browser.post('/signin', { ...credentials, token, next })
    assert.equal(answer.status, 303)
    assert.equal(answer.location, '/account')
  })
}

test('[identity 13] neither the page nor its language links carry a foreign address on', async () => {
  const page = await town.browser().get(`/signin?next=${encodeURIComponent('//evil.example/')}`)
  assert.doesNotMatch(page.body, /evil\.example/)
})

test('[identity 13] the page that leads on leads nowhere else either', async () => {
  for (const next of elsewhere) {
    const page = await town.browser().get(`/signin/continue?next=${encodeURIComponent(next)}`)
    assert.equal(page.location, '/account')
  }
})

test('[identity 13] an address that came twice is not followed', async () => {
  const page = await town.browser().get('/signin?next=%2Foauth%2Fa&next=%2F%2Fevil.example')
  assert.match(page.body, /name="next" value="\/account"/)
})

test('[identity 14] every answer to a posted form is a 303', async () => {
  const browser = town.browser()
  const signedIn = await browser.signIn('00000011', password)
  const { token } = await browser.get('/account')
  const answers = [
    signedIn,
    await browser.post('/account/language', { token, locale: 'en' }),
    await browser.post('/account/services/remove', { token, client_id: 'none' }),
    await browser.post('/account/sessions/end', { token, session: '01a20a6c-4f00-77d8-a291-24f361241098' }),
    await browser.post('/account/sessions/end-all', { token }),
    await browser.post('/account/language', { token, locale: 'en' }),
    await browser.post('/signout', { token: (await browser.get('/signout')).token }),
  ]
  assert.deepEqual(
    answers.map((answer) => answer.status),
    answers.map(() => 303),
  )
})

test('[identity 15] [identity 16] no page of ours is framed, leaks its address, is stored or loads from elsewhere', async () => {
  const browser = town.browser()
  await browser.signIn('00000011', password)
  const failed = await town.browser().signIn('00000011', 'wrong')
  const pages = [
    await browser.get('/signin'),
    await browser.get('/signout'),
    await browser.get('/account'),
    await browser.get('/account/security'),
    await browser.get('/account/security/authenticator'),
    await browser.get('/account/security/passkeys'),
    await browser.get('/signin/confirm'),
    failed,
  ]
  for (const page of pages) {
    const policy = page.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.match(policy, /form-action 'self'/)
    assert.doesNotMatch(policy, /unsafe|https?:/)
    assert.equal(page.headers.get('x-frame-options'), 'DENY')
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
    assert.equal(page.headers.get('cache-control'), 'no-store')
    assert.doesNotMatch(page.body, /(?:src|href|action)="(?:https?:)?\/\//)
  }
})

test("[identity 32] a form made in the attacker's browser signs nobody in elsewhere", async () => {
  const attacker = town.browser()
  const victim = town.browser()
  const { token } = await attacker.get('/signin')
  await victim.get('/signin')
  const forced = { identifier: '00000022', password: 'amina opens the gate', next: '/account', token }
  const answer = await victim.post('/signin', forced)
  assert.equal(answer.status, 403)
  assert.equal(victim.cookies.has('lango-session'), false)
})

test("[identity 32] a browser that was sent by another site's page is refused although its token is right", async () => {
  const browser = town.browser({ 'sec-fetch-site': 'cross-site' })
  const answer = await browser.signIn('00000011', password)
  assert.equal(answer.status, 403)
  const sibling = town.browser({ 'sec-fetch-site': 'same-site' })
  assert.equal((await sibling.signIn('00000011', password)).status, 403)
  const own = town.browser({ 'sec-fetch-site': 'same-origin' })
  assert.equal((await own.signIn('00000011', password)).status, 303)
})

test('[identity 33] [identity 35] no form does anything without its token, with a wrong one, or with one of another browser', async () => {
  const browser = town.browser()
  const stranger = town.browser()
  await browser.signIn('00000011', password)
  await stranger.signIn('00000011', password)
  const { token: foreign } = await stranger.get('/account')
  const { token } = await browser.get('/account')
  const swapped = token.replace(/^account\.\d+/, 'account.9999999999')
  for (const given of [
    '',
    'account.1.x',
    foreign,
    swapped,
    token.replace('account.', 'browser.'),
    `${token}.`,
  ]) {
    const answers = [
      await browser.post('/account/services/remove', { token: given, client_id: 'any' }),
      await browser.post('/account/language', { token: given, locale: 'sw' }),
    ]
    assert.deepEqual(
      answers.map((answer) => answer.location),
      answers.map(() => '/account?note=expired'),
      given,
    )
    const guarded = [
      '/account/sessions/end-all',
      '/account/sessions/end',
      '/account/password',
      '/account/security/passkeys',
      '/account/security/passkeys/remove',
      '/account/security/passkeys/rename',
      '/account/security/authenticator/remove',
      '/account/security/recovery-codes',
      '/account/security/devices/forget',
    ] // prettier-ignore -- paths only
    for (const path of guarded) {
      const { location } = await browser.post(path, { token: given })
      assert.equal(location, '/account/security?note=expired', path)
    }
    // The page of before comes back: whoever pressed sees a code to type, not a dead end.
    const app = await browser.post('/account/security/authenticator', { token: given })
    assert.equal(app.location, '/account/security/authenticator')
    assert.equal((await browser.post('/signout', { token: given })).status, 403)
  }
  assert.equal((await browser.get('/account')).status, 200)
})

test('[identity 35] what was shown to one account is not approved as another', async () => {
  const browser = town.browser()
  await browser.signIn('00000011', password)
  const { token } = await browser.get('/account')
  await browser.signIn('00000022', 'amina opens the gate')
  const answer = await browser.post('/account/language', { token, locale: 'sw' })
  assert.equal(answer.location, '/account?note=expired')
})

test('[identity 35] a page of before still works after signing in again as the same account', async () => {
  const browser = town.browser()
  await browser.signIn('00000011', password)
  const { token } = await browser.get('/account')
  await browser.signIn('00000011', password)
  const answer = await browser.post('/account/language', { token, locale: 'en' })
  assert.equal(answer.location, '/account?note=language')
})

test('what somebody typed comes back as text, never as markup', async () => {
  const answer = await town.browser().signIn('"><script>alert(1)</script>@x.y', 'whatever it is')
  assert.doesNotMatch(answer.body, /<script>alert/)
  assert.match(textOf(answer), /That did not match|Fill in both fields/)
})
