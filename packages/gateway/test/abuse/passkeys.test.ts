import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hours, minutes } from '../../src/base/time.ts'
import { findSession } from '../../src/core/session/find-session.ts'
import { codesOn } from '../journeys/account/factors.ts'
import { softKey, type Said, type SoftKey } from '../journeys/account/soft-key.ts'
import {
  amina,
  openTown,
  register,
  textOf,
  wanjiku,
  type Browser,
  type Page,
  type Town,
} from '../journeys/account/town.ts'

let town: Town
let people = 0
let id = ''
const password = 'wanjiku opens the gate'

before(async () => {
  town = await openTown()
})
after(async () => {
  await town.close()
})
beforeEach(async () => {
  town.pass(hours(24))
  people += 1
  id = `KEY-${people}`
  await register(town.deps, { ...wanjiku, idNumber: id, email: null, phone: null })
})

/** What a page asks a passkey for. */
function askOn(page: Page): { readonly challenge: string; readonly user: string } {
  const read = (name: string) => new RegExp(`data-${name}="([^"]*)"`).exec(page.body)?.[1] ?? ''
  return { challenge: read('challenge'), user: read('user') }
}

function said(page: Page, more: Partial<Said> = {}): Said {
  const { hostname, origin } = new URL(town.deps.publicUrl)
  return { challenge: askOn(page).challenge, origin, rpId: hostname, ...more }
}

type Owner = { readonly browser: Browser; readonly key: SoftKey; readonly user: string; readonly made: Page }

async function signedIn(): Promise<Browser> {
  const browser = town.browser()
  assert.equal((await browser.signIn(id, password)).location, '/account')
  return browser
}

async function add(browser: Browser, key: SoftKey, more: Partial<Said> = {}): Promise<Page> {
  const page = await browser.get('/account/security/passkeys')
  return await browser.post('/account/security/passkeys', {
    token: page.token,
    challenge: askOn(page).challenge,
    response: key.register(said(page, more)),
    name: 'My phone',
  })
}

async function owner(): Promise<Owner> {
  const browser = await signedIn()
  const { user } = askOn(await browser.get('/account/security/passkeys'))
  const key = softKey()
  const made = await add(browser, key)
  assert.equal(made.status, 200)
  return { browser, key, user, made }
}

/** Presses the button of the sign-in page with what the key says. */
async function enter(
  browser: Browser,
  { key, user }: Pick<Owner, 'key' | 'user'>,
  more: Partial<Said> = {},
): Promise<Page> {
  const page = await browser.get('/signin')
  const response = key.answer({ ...said(page, more), userHandle: user })
  return await post(browser, page, response)
} // prettier-ignore -- parameters in one line

async function post(browser: Browser, page: Page, response: string): Promise<Page> {
  const { challenge } = askOn(page)
  return await browser.post('/signin/passkey', { token: page.token, next: '/account', challenge, response })
}

test('[identity 113] a passkey is the only factor that is needed, and says so', async () => {
  const her = await owner()
  assert.equal(codesOn(her.made).length, 10)
  const browser = town.browser()
  const done = await enter(browser, her)
  assert.equal(done.location, '/account')
  const session = await findSession(town.deps, browser.cookies.get('lango-session'))
  assert.deepEqual(session?.methods, ['pop', 'user', 'mfa'])
  assert.match(textOf(await browser.get('/account/security')), /Signed in passkey new browser/)
})

const wrong: readonly (readonly [what: string, said: Partial<Said>])[] = [
  ['another origin', { origin: 'http://evil.example' }],
  ['our host on another port', { origin: 'http://127.0.0.1:1' }],
  ['the key of another relying party', { rpId: 'evil.example' }],
  ['no finger on it', { present: false }],
  ['a holder that was not verified', { verified: false }],
  ['an answer for a registration', { type: 'webauthn.create' }],
  ['a challenge that we did not make', { challenge: Buffer.alloc(52).toString('base64url') }],
]

for (const [what, more] of wrong) {
  test(`[identity 113] signing in is refused with ${what}`, async () => {
    const her = await owner()
    const browser = town.browser()
    const refused = await enter(browser, her, more)
    assert.equal(refused.status, 403)
    assert.match(textOf(refused), /That passkey did not open the door/)
    assert.equal(browser.cookies.has('lango-session'), false)
    assert.equal((await enter(browser, her)).location, '/account', 'the right one still opens')
  })
}

for (const [what, more] of wrong.map(
  ([name, each]) =>
    [
      name.replace('a registration', 'a sign-in'),
      each.type === undefined ? each : { type: 'webauthn.get' },
    ] as const,
)) {
  test(`[identity 113] a passkey is not registered with ${what}`, async () => {
    const browser = await signedIn()
    const refused = await add(browser, softKey(), more)
    assert.equal(refused.location, '/account/security?note=passkey-failed#passkeys')
    assert.match(textOf(await browser.get('/account/security')), /No passkey yet/)
  })
} // prettier-ignore -- a table in one line

test('[identity 113] one answer opens once, also when it is sent ten times at the same time', async () => {
  const her = await owner()
  const browser = town.browser()
  const page = await browser.get('/signin')
  const response = her.key.answer({ ...said(page), userHandle: her.user })
  const answers = await Promise.all(
    Array.from({ length: 10 }, async () => await post(browser, page, response)),
  )
  assert.equal(answers.filter(({ status }) => status === 303).length, 1)
  assert.equal((await post(browser, page, response)).status, 403)
})

test('[identity 113] a challenge is good in the browser that was shown it, in its form, for a quarter of an hour', async () => {
  const her = await owner()
  const [browser, other] = [town.browser(), town.browser()]
  const page = await browser.get('/signin')
  const response = her.key.answer({ ...said(page), userHandle: her.user })
  const own = await other.get('/signin')
  const { challenge } = askOn(page)
  const stolen = await other.post('/signin/passkey', { token: own.token, challenge, response })
  assert.equal(stolen.status, 403)
  // One that was made for setting a passkey up signs nobody in.
  const adding = await her.browser.get('/account/security/passkeys')
  const crossed = await her.browser.post('/signin/passkey', {
    token: adding.token,
    challenge: askOn(adding).challenge,
    response: her.key.answer({ ...said(adding), userHandle: her.user }),
  })
  assert.equal(crossed.status, 403)
  town.pass(minutes(15))
  assert.equal((await post(browser, page, response)).status, 403)
  assert.equal((await enter(browser, her)).location, '/account')
})

test('[identity 113] a key that counts never goes back: of two of it the one that is behind opens nothing', async () => {
  const her = await owner()
  assert.equal((await enter(town.browser(), her, { count: 5 })).location, '/account')
  assert.equal((await enter(town.browser(), her, { count: 5 })).status, 403)
  assert.equal((await enter(town.browser(), her, { count: 4 })).status, 403)
  assert.equal((await enter(town.browser(), her, { count: 0 })).status, 403)
  assert.equal((await enter(town.browser(), her, { count: 6 })).location, '/account')
})

test('[identity 113] a key opens its own account alone, whatever it says about its owner', async () => {
  const her = await owner()
  const number = `KEY-${people}-B`
  await register(town.deps, { ...amina, idNumber: number, email: null, phone: null })
  const browser = town.browser()
  await browser.signIn(number, 'amina opens the gate')
  const { user } = askOn(await browser.get('/account/security/passkeys'))
  assert.equal((await enter(town.browser(), { key: her.key, user })).status, 403)
  // A key of hers under the same name, made by an attacker in his own account, opens hers no more.
  const forged = softKey(her.key.id)
  assert.equal((await add(browser, forged)).status, 200)
  assert.equal((await enter(town.browser(), { key: forged, user: her.user })).status, 403)
  assert.equal((await enter(town.browser(), her)).location, '/account')
})

test('[identity 113] what is no answer is refused in the same words', async () => {
  const browser = town.browser()
  for (const response of [
    '',
    '{}',
    'null',
    '[]',
    '{"id":1}',
    'x'.repeat(30_000),
    '{"id":"a","response":{}}',
    '{"id":"a","rawId":"a","type":"public-key","response":{"userHandle":"AAAAAAAAAAAAAAAAAAAAAA"}}',
  ]) {
    const refused = await post(browser, await browser.get('/signin'), response)
    assert.equal(refused.status, 403, response.slice(0, 30))
    assert.match(textOf(refused), /That passkey did not open the door/)
  }
}) // prettier-ignore -- answers in one line

test('after a password the account’s own passkey is the second step; a strange one is not', async () => {
  const her = await owner()
  const browser = town.browser()
  const first = await browser.signIn(id, password)
  const step = await browser.get(first.location ?? '')
  assert.match(step.body, new RegExp(`data-keys="[^"]*${her.key.id}`))
  const mark = /name="mark" value="([^"]*)"/.exec(step.body)?.[1] ?? ''
  const send = async (key: SoftKey) =>
    await browser.post('/signin/second', {
      token: step.token,
      next: '/account',
      mark,
      way: 'passkey',
      challenge: askOn(step).challenge,
      response: key.answer(said(step)),
    })
  assert.equal((await send(softKey())).location, '/signin/second?next=%2Faccount&note=failed')
  assert.equal((await send(softKey(her.key.id))).location, '/signin/second?next=%2Faccount&note=failed')
  assert.equal((await send(her.key)).location, '/account')
  const session = await findSession(town.deps, browser.cookies.get('lango-session'))
  assert.deepEqual(session?.methods, ['pwd', 'pop', 'user', 'mfa'])
})

test('a passkey is renamed and removed; the last one of an account without a password stays', async () => {
  const her = await owner()
  const browser = town.browser()
  await enter(browser, her)
  const { token } = await browser.get('/account/security')
  const renamed = await browser.post('/account/security/passkeys/rename', {
    token,
    passkey: her.key.id,
    name: ' <b>Work</b>\u0007 ',
  })
  assert.equal(renamed.location, '/account/security?note=passkey-renamed#passkeys')
  assert.match((await browser.get('/account/security')).body, /<bdi>&lt;b&gt;Work&lt;\/b&gt;<\/bdi>/)
  const nameless = await browser.post('/account/security/passkeys/rename', {
    token,
    passkey: her.key.id,
    name: ' ',
  })
  assert.equal(nameless.location, '/account/security?note=unknown')
  const text = `delete from credential using account where account.id = account_id and id_number = $1`
  await town.deps.db.query({ name: 'test_no_password', text }, [id])
  const remove = async (passkey: string) =>
    (await browser.post('/account/security/passkeys/remove', { token, passkey })).location
  assert.equal(await remove(her.key.id), '/account/security?note=last-factor#passkeys')
  assert.match(
    textOf(await browser.get('/account/security')),
    /No password is set: you sign in with a passkey/,
  )
  const second = softKey()
  assert.equal((await add(browser, second)).location, '/account/security?note=passkey-added')
  const both = await Promise.all([remove(her.key.id), remove(second.id)])
  assert.deepEqual(both.toSorted(), [
    '/account/security?note=last-factor#passkeys',
    '/account/security?note=passkey-removed#passkeys',
  ])
}) // prettier-ignore -- requests in one line

test('an account keeps ten passkeys, and says so when there are more', async () => {
  const browser = await signedIn()
  for (let made = 0; made < 10; made += 1) {
    await add(browser, softKey())
    if (made === 0) {
      // The second one needs the first: a password alone no longer adds anything.
      assert.match((await browser.get('/account/security/passkeys')).location ?? '', /^\/signin\/confirm/)
      const text = `update session set methods = '{pwd,pop,user,mfa}'
        from account where account.id = account_id and id_number = $1`
      await town.deps.db.query({ name: 'test_surer', text }, [id])
    }
  }
  assert.match(textOf(await browser.get('/account/security')), /You have 10 passkeys/)
  assert.equal(
    (await browser.get('/account/security/passkeys')).location,
    '/account/security?note=passkey-limit#passkeys',
  )
}) // prettier-ignore -- requests in one line
