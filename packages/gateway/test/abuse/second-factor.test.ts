import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hours, minutes, seconds } from '../../src/base/time.ts'
import { addApp, answer, codeOf, sealedOn, secretOn, codesOn, type App } from '../journeys/account/factors.ts'
import {
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
let app: App
const password = 'wanjiku opens the gate'

before(async () => {
  town = await openTown()
})
after(async () => {
  await town.close()
})
beforeEach(async () => {
  // A new person every day: what others used up is full again.
  town.pass(hours(24))
  people += 1
  id = `FACTOR-${people}`
  await register(town.deps, { ...wanjiku, idNumber: id, email: null, phone: null })
  const browser = town.browser()
  await browser.signIn(id, password)
  app = await addApp(town, browser)
})

type Step = { readonly browser: Browser; readonly page: Page }

async function secondStep(): Promise<Step> {
  const browser = town.browser()
  const first = await browser.signIn(id, password)
  return { browser, page: await browser.get(first.location ?? '') }
}

async function steps(count: number): Promise<readonly Step[]> {
  const all: Step[] = []
  for (let made = 0; made < count; made += 1) all.push(await secondStep())
  return all
}

async function give({ browser, page }: Step, way: 'code' | 'recovery-code', code: string): Promise<string> {
  const { location } = await answer(browser, page, { way, code })
  return location === '/account' ? 'in' : (/(note|wait)=[\w-]+/.exec(location ?? '')?.[0] ?? 'lost')
}

test('[identity 110] a code is good one step before and one after its own, and no further', async () => {
  for (const [apart, outcome] of [
    [-2, 'note=failed'],
    [2, 'note=failed'],
    [-1, 'in'],
    [0, 'in'],
    [1, 'in'],
  ] as const) {
    // The app was confirmed by the code of the step before its time: later ones are new.
    town.pass(minutes(3))
    assert.equal(
      await give(await secondStep(), 'code', codeOf(town, app.secret, apart)),
      outcome,
      String(apart),
    )
  }
}) // prettier-ignore -- a table in one line

test('[identity 110] no code is taken twice in its step, nor one before a code that was taken', async () => {
  const [one, two, three] = await steps(3)
  assert.ok(one !== undefined && two !== undefined && three !== undefined)
  const code = codeOf(town, app.secret)
  assert.equal(await give(one, 'code', code), 'in')
  assert.equal(await give(two, 'code', code), 'note=failed')
  assert.equal(await give(three, 'code', codeOf(town, app.secret, -1)), 'note=failed')
  assert.equal(await give(three, 'code', codeOf(town, app.secret, 1)), 'in')
})

test('[identity 110] the code that set the app up opens nothing afterwards', async () => {
  assert.equal(await give(await secondStep(), 'code', codeOf(town, app.secret, -1)), 'note=failed')
})

test('[identity 110] of ten sign-ins that give one code at the same time one gets in', async () => {
  const all = await steps(10)
  const code = codeOf(town, app.secret)
  const outcomes = await Promise.all(all.map(async (step) => await give(step, 'code', code)))
  assert.equal(outcomes.filter((outcome) => outcome === 'in').length, 1)
})

test('[identity 110] of ten sign-ins that give one recovery code at the same time one gets in', async () => {
  const all = await steps(10)
  const [code = ''] = app.recoveryCodes
  const outcomes = await Promise.all(all.map(async (step) => await give(step, 'recovery-code', code)))
  assert.equal(outcomes.filter((outcome) => outcome === 'in').length, 1)
})

test('[identity 107] [identity 110] of sixty guesses at once, in six sign-ins, ten are looked at', async () => {
  const all = await steps(6)
  // So that the door, which counts what one address sends, lets all of them in.
  town.pass(minutes(1))
  const wrong = String((Number(codeOf(town, app.secret)) + 500_000) % 1_000_000).padStart(6, '0')
  const guesses = Array.from({ length: 60 }, async (_, at) => {
    const step = all[at % all.length]
    assert.ok(step !== undefined)
    return await give(step, at % 2 === 0 ? 'code' : 'recovery-code', wrong)
  })
  const outcomes = await Promise.all(guesses)
  assert.equal(outcomes.filter((outcome) => outcome === 'note=failed').length, 10)
  assert.equal(outcomes.filter((outcome) => outcome === 'wait=300').length, 50)
})

test('[identity 106] guesses at the second step keep the owner out for minutes, not for good, and it is said how long', async () => {
  const step = await secondStep()
  for (let tries = 0; tries < 30; tries += 1) await give(step, 'recovery-code', 'WRONG')
  const refused = await answer(step.browser, step.page, { way: 'code', code: codeOf(town, app.secret) })
  assert.equal(refused.location, '/signin/second?next=%2Faccount&wait=300')
  assert.equal(refused.headers.get('retry-after'), '300')
  const page = await step.browser.get(refused.location)
  assert.equal(page.status, 429)
  assert.equal(page.headers.get('retry-after'), '300')
  assert.match(textOf(page), /Too many tries .*in 5 minutes/)
  town.pass(minutes(5))
  assert.equal(await give(step, 'code', codeOf(town, app.secret)), 'in')
})

test('[identity 106] the owner’s own browser has a budget of its own at the second step too', async () => {
  const hers = await secondStep()
  assert.equal(await give(hers, 'code', codeOf(town, app.secret)), 'in')
  const strange = await secondStep()
  for (let tries = 0; tries < 12; tries += 1) await give(strange, 'recovery-code', 'WRONG')
  assert.match(await give(strange, 'recovery-code', 'WRONG'), /^wait=/)
  town.pass(seconds(60))
  const first = await hers.browser.signIn(id, password)
  const page = await hers.browser.get(first.location ?? '')
  assert.equal(await give({ browser: hers.browser, page }, 'code', codeOf(town, app.secret)), 'in')
})

test('[identity 110] the database holds neither the secret nor a recovery code', async () => {
  const rows = []
  for (const table of ['authenticator', 'recovery_code']) {
    const text = `select to_jsonb(${table})::text as row from ${table}`
    rows.push(...(await town.deps.db.query({ name: `test_dump_${table}`, text }, [])))
  }
  const dump = JSON.stringify(rows).toLowerCase()
  assert.ok(rows.length > 10)
  const hex = (text: string) => Buffer.from(text, 'utf8').toString('hex')
  for (const code of [
    app.secret,
    ...app.recoveryCodes,
    ...app.recoveryCodes.map((each) => each.replaceAll('-', '')),
  ]) {
    assert.equal(dump.includes(code.toLowerCase()), false)
    assert.equal(dump.includes(hex(code)), false)
  }
})

test('[identity 110] an app is set up by a right code alone; a wrong one shows the same secret again', async () => {
  const { browser, page: step } = await secondStep()
  await answer(browser, step, { way: 'code', code: codeOf(town, app.secret) })
  const page = await browser.get('/account/security/authenticator')
  const [secret, sealed] = [secretOn(page), sealedOn(page)]
  const path = '/account/security/authenticator'
  const wrong = await browser.post(path, { token: page.token, sealed, code: '000' })
  assert.equal(wrong.status, 422)
  assert.match(textOf(wrong), /That code was not right/)
  assert.equal(secretOn(wrong), secret)
  const stolen = await browser.post(path, {
    token: page.token,
    sealed: `${sealed.slice(0, -2)}AA`,
    code: '000000',
  })
  assert.equal(stolen.location, path)
  assert.equal(
    await give(await secondStep(), 'code', codeOf(town, app.secret, 1)),
    'in',
    'the old one still opens',
  )
  const right = await browser.post(path, {
    token: page.token,
    sealed: sealedOn(wrong),
    code: codeOf(town, secret),
  })
  assert.equal(right.location, '/account/security?note=authenticator-added')
  town.pass(minutes(2))
  assert.equal(await give(await secondStep(), 'code', codeOf(town, app.secret)), 'note=failed')
  assert.equal(await give(await secondStep(), 'code', codeOf(town, secret)), 'in')
}) // prettier-ignore -- requests in one line

test('[identity 110] what one account was shown is not set up for another', async () => {
  const other = town.browser()
  await register(town.deps, { ...wanjiku, idNumber: `${id}-B`, email: null, phone: null })
  await other.signIn(`${id}-B`, password)
  const shown = await other.get('/account/security/authenticator')
  const { browser, page } = await secondStep()
  await answer(browser, page, { way: 'code', code: codeOf(town, app.secret) })
  const mine = await browser.get('/account/security/authenticator')
  const sent = { token: mine.token, sealed: sealedOn(shown), code: codeOf(town, secretOn(shown)) }
  const { location } = await browser.post('/account/security/authenticator', sent)
  assert.equal(location, '/account/security/authenticator')
})

test('without a fresh second proof no factor is added, removed or renewed', async () => {
  const { browser, page } = await secondStep()
  await answer(browser, page, { way: 'code', code: codeOf(town, app.secret) })
  const { token } = await browser.get('/account/security')
  town.pass(minutes(16))
  const confirm = '/signin/confirm?next=%2Faccount%2Fsecurity%3Fnote%3Dconfirmed'
  const posts = [
    ['/account/security/authenticator/remove', {}],
    ['/account/security/passkeys/remove', { passkey: 'any' }],
    ['/account/security/recovery-codes', {}],
    ['/account/security/authenticator', { sealed: 'x', code: '000000' }],
    ['/account/security/passkeys', { challenge: 'x', response: '{}' }],
  ] as const
  for (const [path, fields] of posts) {
    assert.equal((await browser.post(path, { token, ...fields })).location, confirm, path)
  }
  for (const path of ['/account/security/authenticator', '/account/security/passkeys']) {
    const next = encodeURIComponent(path)
    assert.equal((await browser.get(path)).location, `/signin/confirm?next=${next}`)
  }
  const again = await browser.get(confirm)
  await answer(browser, again, { way: 'code', code: codeOf(town, app.secret) })
  const removed = await browser.post('/account/security/authenticator/remove', { token })
  assert.equal(removed.location, '/account/security?note=authenticator-removed#authenticator')
  const [left] = await town.deps.db.query<{ readonly count: bigint }>(
    {
      name: 'test_codes_left',
      text: 'select count(*) from recovery_code join account on account.id = account_id where id_number = $1',
    },
    [id],
  )
  assert.equal(left?.count, 0n, 'what stands in for a factor goes with the last one')
  assert.equal((await town.browser().signIn(id, password)).location, '/account')
})

test('[identity 110] new recovery codes end the old ones', async () => {
  const { browser, page } = await secondStep()
  await answer(browser, page, { way: 'code', code: codeOf(town, app.secret) })
  const { token } = await browser.get('/account/security')
  const renewed = codesOn(await browser.post('/account/security/recovery-codes', { token }))
  assert.equal(new Set([...renewed, ...app.recoveryCodes]).size, 20)
  const [old = '', fresh = ''] = [app.recoveryCodes[3], renewed[3]]
  assert.equal(await give(await secondStep(), 'recovery-code', old), 'note=failed')
  assert.equal(await give(await secondStep(), 'recovery-code', fresh), 'in')
})

test('failed tries and forgotten browsers stand on the security page', async () => {
  const strange = town.browser({ 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/120.0' })
  await strange.signIn(id, 'a guess')
  const { browser, page } = await secondStep()
  await give({ browser, page }, 'recovery-code', 'WRONG')
  await answer(browser, page, { way: 'code', code: codeOf(town, app.secret) })
  const shown = await browser.get('/account/security')
  assert.match(textOf(shown), /Failed try password Firefox on Windows 127\.0\.0\.0\/24/)
  assert.match(textOf(shown), /Failed try password and code/)
  assert.match(textOf(shown), /Browsers that we know/)
  const forgotten = await browser.post('/account/security/devices/forget', {
    token: shown.token,
    device: 'all',
  })
  assert.equal(forgotten.location, '/account/security?note=device-forgotten#devices')
  assert.match(textOf(await browser.get('/account/security')), /None yet\./)
  await browser.signIn(id, password)
  const again = await browser.get('/signin/second?next=%2Faccount')
  town.pass(seconds(30))
  await give({ browser, page: again }, 'code', codeOf(town, app.secret))
  assert.match(textOf(await browser.get('/account/security')), /password and code new browser/)
}) // prettier-ignore -- requests in one line
