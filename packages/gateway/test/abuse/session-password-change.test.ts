import assert from 'node:assert/strict'
import { after, beforeEach, before, test } from 'node:test'
import { hours, toDate } from '../../src/base/time.ts'
import { changePassword } from '../../src/core/account/change-password.ts'
import { findSession } from '../../src/core/session/find-session.ts'
import type { Account } from '../../src/core/account/account.ts'
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
let owner: Account
let people = 0

before(async () => {
  town = await openTown()
})
after(async () => {
  await town.close()
})
beforeEach(async () => {
  people += 1
  owner = await register(town.deps, {
    ...wanjiku,
    idNumber: `PERSON-${people}`,
    email: null,
    phone: null,
    number: people,
  })
})

const old = 'wanjiku opens the gate'
const behind = 'wanjiku closes the gate'

async function signedIn(): Promise<Browser> {
  const browser = town.browser()
  assert.equal((await browser.signIn(`PERSON-${people}`, old)).status, 303)
  return browser
}

async function change(browser: Browser, current: string, chosen: string): Promise<Page> {
  const { token } = await browser.get('/account')
  return await browser.post('/account/password', { token, current, chosen })
}

test('[identity 78] a new password signs out every other browser and ends all that applications hold', async () => {
  const [here, there] = [await signedIn(), await signedIn()]
  const family = town.deps.ids.next()
  const insert = `insert into token_family (id, account_id, client_id, scopes, redirect_uri, signed_in_at, created_at)
    values ($1, $2, 'shop', '{openid,offline_access}', 'https://shop.example/cb', $3, $3)`
  await town.deps.db.query({ name: 'test_pw_family', text: insert }, [
    family,
    owner.id,
    toDate(town.deps.clock.now()),
  ])
  const changed = await change(here, old, behind)
  assert.equal(changed.location, '/account/security?note=password-changed')
  assert.match(
    textOf(await here.get('/account/security?note=password-changed')),
    /The new password holds from now on/,
  )
  assert.equal((await there.get('/account')).status, 303)
  const read = { name: 'test_pw_revoked', text: 'select revoked_because from token_family where id = $1' }
  assert.deepEqual(await town.deps.db.query(read, [family]), [{ revoked_because: 'password changed' }])
  assert.equal((await there.signIn(`PERSON-${people}`, old)).status, 403)
  assert.equal((await there.signIn(`PERSON-${people}`, behind)).status, 303)
})

test('without the present password, or with a weak new one, nothing changes', async () => {
  const [here, there] = [await signedIn(), await signedIn()]
  assert.equal((await change(here, 'a guess', behind)).location, '/account/security?note=password-wrong')
  assert.equal((await change(here, old, 'short')).location, '/account/security?note=password-weak')
  assert.equal(
    (await change(here, old, ` person-${people}`)).location,
    '/account/security?note=password-weak',
  )
  assert.equal((await there.get('/account')).status, 200)
  await signedIn()
})

test('[identity 107] whoever finds an open browser has ten guesses at its password', async () => {
  const browser = await signedIn()
  const { token } = await browser.get('/account')
  const guesses = await Promise.all(
    Array.from(
      { length: 30 },
      async (_, at) =>
        await browser.post('/account/password', { token, current: `guess ${at}`, chosen: behind }),
    ),
  )
  assert.equal(
    guesses.filter(({ location }) => location === '/account/security?note=password-wrong').length,
    10,
  )
  assert.equal(
    guesses.filter(({ location }) => location === '/account/security?note=password-wait').length,
    20,
  )
  town.pass(hours(1))
  assert.equal((await change(browser, old, behind)).location, '/account/security?note=password-changed')
})

test('of two changes at once one holds', async () => {
  const browser = await signedIn()
  const session = await findSession(town.deps, browser.cookies.get('lango-session'))
  assert.ok(session !== null)
  const chosen = ['the first new one', 'the second new one']
  const answers = await Promise.all(
    chosen.map(async (each) => await changePassword(town.deps, { session, current: old, chosen: each })),
  )
  assert.equal(answers.filter(({ ok }) => ok).length, 1)
  const winner = chosen[answers.findIndex(({ ok }) => ok)] ?? ''
  assert.equal((await town.browser().signIn(`PERSON-${people}`, winner)).status, 303)
})
