import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { days, hours, minutes, seconds } from '../../../src/base/time.ts'
import { findSession } from '../../../src/core/session/find-session.ts'
import { listMessages } from '../../../src/core/message/list-messages.ts'
import { requireLevel } from '../../../src/core/factor/require-level.ts'
import { addApp, answer, codeOf, type App } from './factors.ts'
import { openTown, register, textOf, wanjiku, type Browser, type Town } from './town.ts'

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
  people += 1
  id = `STEP-${people}`
  await register(town.deps, { ...wanjiku, idNumber: id, email: null, phone: null })
})

async function signedIn(): Promise<Browser> {
  const browser = town.browser()
  assert.equal((await browser.signIn(id, password)).status, 303)
  return browser
}

async function withApp(): Promise<App> {
  const app = await addApp(town, await signedIn())
  assert.equal(app.recoveryCodes.length, 10)
  return app
}

async function acts(what: string): Promise<readonly unknown[]> {
  const text = `select act.details from act join account on account.id::text = act.by_id
    where act.what = $1 and account.id_number = $2 order by act.id`
  return await town.deps.db.query({ name: 'test_acts_about', text }, [what, id])
}

/** Gives the password and follows to the page of the second step. */
async function toSecondStep(browser: Browser, next = '/account') {
  const first = await browser.signIn(id, password, next)
  assert.equal(first.location, `/signin/second?${new URLSearchParams({ next }).toString()}`)
  return await browser.get(first.location)
}

test('an account without a second factor signs in by its password, and may be told to set one up', async () => {
  const browser = town.browser()
  const { token } = await browser.get('/signin?next=%2Fdesk%3Fa%3D1&acr=aal2')
  const sent = { token, next: '/desk?a=1', acr: 'aal2', identifier: id, password }
  const signed = await browser.post('/signin', sent)
  assert.equal(signed.location, '/signin/confirm?next=%2Fdesk%3Fa%3D1&acr=aal2')
  const page = await browser.get(signed.location)
  assert.equal(page.status, 200)
  assert.match(textOf(page), /This needs a second factor .*Set it up now .*Go on without it/)
  assert.match(page.body, /href="\/account\/security\?next=%2Fdesk%3Fa%3D1"/)
  assert.match(page.body, /href="\/desk\?a=1"/)
})

test('with an app, the password opens nothing until the code is given; then the session says both', async () => {
  const { secret } = await withApp()
  const browser = town.browser()
  const step = await toSecondStep(browser, '/account/security')
  assert.match(textOf(step), /One more step .*The password is right, Wanjiku Kamau/)
  assert.equal(browser.cookies.has('lango-session'), false)
  assert.equal((await browser.get('/account')).location, '/signin?next=%2Faccount')
  const done = await answer(browser, step, { way: 'code', code: codeOf(town, secret) })
  assert.equal(done.status, 303)
  assert.equal(done.location, '/account/security')
  assert.equal(browser.cookies.has('lango-pending'), false)
  const session = await findSession(town.deps, browser.cookies.get('lango-session'))
  assert.deepEqual(session?.methods, ['pwd', 'otp', 'mfa'])
  const page = textOf(await browser.get('/account/security'))
  assert.match(page, /A password alone does not open your account/)
  assert.match(page, /Signed in password and code new browser/)
  const [, second] = await acts('session.started')
  assert.deepEqual(second, { details: { methods: 'pwd otp mfa', known: false } })
})

test('a code that an app prints in two groups is read', async () => {
  const { secret } = await withApp()
  const browser = town.browser()
  const step = await toSecondStep(browser)
  const code = codeOf(town, secret).replace(/(...)(...)/, ' $1 $2 ')
  assert.equal((await answer(browser, step, { way: 'code', code })).location, '/account')
})

test('a recovery code opens once, however it is typed, and the page says how many are left', async () => {
  const { recoveryCodes } = await withApp()
  const [first = ''] = recoveryCodes
  const typed = first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
  const browser = town.browser()
  const done = await answer(browser, await toSecondStep(browser), { way: 'recovery-code', code: typed })
  assert.equal(done.location, '/account')
  assert.match(textOf(await browser.get('/account/security')), /9 codes are left/)
  const again = town.browser()
  const refused = await answer(again, await toSecondStep(again), { way: 'recovery-code', code: first })
  assert.equal(refused.location, '/signin/second?next=%2Faccount&note=failed')
  const page = await again.get(refused.location)
  assert.equal(page.status, 403)
  assert.match(textOf(page), /That did not match/)
})

test('[identity 36] back, reload, a second tab and a page of too long ago lead on', async () => {
  const { secret } = await withApp()
  const browser = town.browser()
  const step = await toSecondStep(browser)
  // A second tab begins anew: the first one's page belongs to nothing any more and shows the newer one's.
  const second = await toSecondStep(browser)
  const stale = await answer(browser, step, { way: 'code', code: codeOf(town, secret) })
  assert.equal(stale.location, '/signin/second?next=%2Faccount&note=other-tab')
  assert.match(textOf(await browser.get(stale.location)), /Another sign-in was begun in another tab/)
  assert.equal((await answer(browser, second, { way: 'code', code: codeOf(town, secret) })).status, 303)
  // Back to the step that is done, and reloaded: signed in as she is, she begins with the password or goes on.
  const back = await browser.get('/signin/second?next=%2Faccount')
  assert.equal(back.location, '/signin?next=%2Faccount&note=start-again')
  assert.match(textOf(await browser.get(back.location)), /You are signed in as Wanjiku Kamau/)
  const late = town.browser()
  const waiting = await toSecondStep(late)
  town.pass(minutes(10))
  const gone = await answer(late, waiting, { way: 'code', code: codeOf(town, secret) })
  const shown = await late.get((await late.get(gone.location ?? '')).location ?? '')
  assert.equal(shown.status, 200)
  assert.match(textOf(shown), /Please begin with your password/)
})

test('[identity 35] the second step of one browser is not done in another', async () => {
  const { secret } = await withApp()
  const [victim, attacker] = [town.browser(), town.browser()]
  const step = await toSecondStep(victim)
  await attacker.get('/signin')
  const code = codeOf(town, secret)
  const without = await answer(attacker, step, { way: 'code', code })
  assert.equal(without.location, '/signin/second?next=%2Faccount&note=expired')
  assert.equal((await attacker.get(without.location)).location, '/signin?next=%2Faccount&note=start-again')
  attacker.cookies.set('lango-pending', victim.cookies.get('lango-pending') ?? '')
  assert.equal((await answer(attacker, step, { way: 'code', code })).location, without.location)
  assert.equal(attacker.cookies.has('lango-session'), false)
})

test('[identity 36] without cookies the second step says so on the page that can be mended', async () => {
  const { secret } = await withApp()
  const browser = town.browser()
  const step = await toSecondStep(browser)
  browser.cookies.clear()
  const answered = await answer(browser, step, { way: 'code', code: codeOf(town, secret) })
  assert.equal(answered.location, '/signin?next=%2Faccount')
})

test('a password that was changed between the steps begins again', async () => {
  const { secret } = await withApp()
  const browser = town.browser()
  const step = await toSecondStep(browser)
  town.pass(seconds(1))
  const text = `update credential set changed_at = $2
    from account where account.id = credential.account_id and id_number = $1`
  const now = new Date(town.deps.clock.now().epochMs)
  await town.deps.db.query({ name: 'test_step_password', text }, [id, now])
  const refused = await answer(browser, step, { way: 'code', code: codeOf(town, secret) })
  assert.equal(refused.location, '/signin/second?next=%2Faccount&note=other-tab')
  assert.equal(browser.cookies.has('lango-session'), false)
})

test('an empty field is named, and a way that the account does not have opens nothing', async () => {
  await withApp()
  const browser = town.browser()
  const step = await toSecondStep(browser)
  const empty = await answer(browser, step, { way: 'code', code: ' ' })
  assert.equal(empty.location, '/signin/second?next=%2Faccount&note=unreadable')
  assert.equal((await browser.get(empty.location)).status, 422)
  for (const way of ['password', 'none', '']) {
    assert.equal((await answer(browser, step, { way, password })).location, empty.location)
  }
})

test('a browser that was let off asks no second step for thirty days, unless aal2 is asked', async () => {
  const { secret } = await withApp()
  const browser = town.browser()
  await answer(browser, await toSecondStep(browser), {
    way: 'code',
    code: codeOf(town, secret),
    trust: 'yes',
  })
  assert.match(textOf(await browser.get('/account/security')), /not asked for the second step until/)
  assert.equal((await browser.signIn(id, password)).location, '/account')
  const session = await findSession(town.deps, browser.cookies.get('lango-session'))
  assert.deepEqual(session?.methods, ['pwd'])
  const other = town.browser()
  await toSecondStep(other)
  browser.cookies.delete('lango-session')
  const { token } = await browser.get('/signin')
  const sent = { token, next: '/account', acr: 'aal2', identifier: id, password }
  assert.match((await browser.post('/signin', sent)).location ?? '', /^\/signin\/second/)
  town.pass(days(30))
  await toSecondStep(browser)
})

test('[identity 34] confirming gives the session another secret, moves when she proved herself, and says how', async () => {
  const browser = await signedIn()
  const before = browser.cookies.get('lango-session')
  const { secret } = await addApp(town, browser)
  const at = await findSession(town.deps, before)
  town.pass(minutes(1))
  const led = await browser.get('/signin?next=%2Fdesk&acr=aal2')
  assert.equal(led.location, '/signin/confirm?next=%2Fdesk&acr=aal2')
  const page = await browser.get(led.location)
  assert.match(textOf(page), /Confirm that it is you You are signed in as Wanjiku Kamau/)
  const done = await answer(browser, page, { way: 'code', code: codeOf(town, secret) })
  assert.equal(done.location, '/signin/continue?next=%2Fdesk')
  const after = browser.cookies.get('lango-session')
  assert.notEqual(after, before)
  assert.equal(await findSession(town.deps, before), null)
  const renewed = await findSession(town.deps, after)
  assert.deepEqual(renewed?.methods, ['pwd', 'otp', 'mfa'])
  assert.equal(renewed.id, at?.id, 'what applications were given in it still ends with it')
  assert.equal(renewed.signedInAt.epochMs, (at?.signedInAt.epochMs ?? 0) + 60_000)
  assert.deepEqual(await acts('session.confirmed'), [{ details: { methods: 'pwd otp mfa' } }])
})

test('whoever has nothing stronger confirms by the password; whoever has is not asked for it', async () => {
  const browser = await signedIn()
  town.pass(hours(1))
  const stale = await browser.get('/account/security/authenticator')
  assert.equal(stale.location, '/signin/confirm?next=%2Faccount%2Fsecurity%2Fauthenticator')
  const page = await browser.get(stale.location)
  assert.match(textOf(page), /Password/)
  const wrong = await answer(browser, page, { way: 'password', password: 'not hers' })
  assert.match(wrong.location ?? '', /note=failed$/)
  const right = await answer(browser, page, { way: 'password', password })
  assert.equal(right.location, '/account/security/authenticator')
  await addApp(town, browser)
  const sent = await answer(browser, page, { way: 'password', password })
  assert.match(sent.location ?? '', /note=failed$/)
})

test('a payment may ask how sure we are, and for how long', async () => {
  const browser = await signedIn()
  const asked = async (level: 'aal1' | 'aal2', maxAge: number) => {
    const session = await findSession(town.deps, browser.cookies.get('lango-session'))
    assert.ok(session !== null)
    const answered = await requireLevel(town.deps, session, level, maxAge)
    return answered.ok ? 'yes' : answered.refusal.code
  }
  assert.equal(await asked('aal1', 60), 'yes')
  assert.equal(await asked('aal2', 60), 'second_factor_missing')
  town.pass(seconds(60))
  assert.equal(await asked('aal1', 60), 'yes')
  town.pass(seconds(1))
  assert.equal(await asked('aal1', 60), 'step_up_required')
  const { secret } = await addApp(town, browser)
  assert.equal(await asked('aal2', 3600), 'step_up_required')
  const page = await browser.get('/signin/confirm?acr=aal2')
  await answer(browser, page, { way: 'code', code: codeOf(town, secret) })
  assert.equal(await asked('aal2', 60), 'yes')
})

test('a sign-in from a strange browser and a changed second step are told to the owner, and not without end', async () => {
  const email = `step-${people}@example.test`
  id = `STEP-${people}-M`
  await register(town.deps, { ...wanjiku, idNumber: id, email, phone: null, locale: 'fr' })
  const subjects = async () => (await listMessages(town.deps, email)).map(({ letter }) => letter?.subject)
  const host = new URL(town.deps.publicUrl).host
  const first = await signedIn()
  assert.deepEqual(await subjects(), [], 'the first browser is no news')
  await first.signIn(id, password)
  assert.deepEqual(await subjects(), [], 'nor is a known one')
  await signedIn()
  assert.deepEqual(await subjects(), [`Nouvelle connexion à votre compte sur ${host}`])
  await addApp(town, first)
  assert.equal((await subjects())[0], `La seconde étape de votre compte sur ${host} a changé`)
  await register(town.deps, { ...wanjiku, idNumber: `${id}-2`, email: `x${email}`, phone: null })
  id = `${id}-2`
  for (let browsers = 0; browsers < 8; browsers += 1) {
    await signedIn()
    // Slowly enough for the budgets of passwords.
    town.pass(minutes(10))
  }
  assert.equal((await listMessages(town.deps, `x${email}`)).length, 4)
})
