import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hours, minutes, seconds, toDate } from '../../src/base/time.ts'
import type { Account } from '../../src/core/account/account.ts'
import { forgetSessions } from '../../src/core/session/forget-sessions.ts'
import { openOutbox } from '../outbox.ts'
import { assertTakesAsLong } from '../timing.ts'
import {
  openTown,
  register,
  textOf,
  wanjiku,
  type Browser,
  type Page,
  type Town,
} from '../journeys/account/town.ts'

const outbox = openOutbox()
let town: Town
let owner: Account
let people = 0

before(async () => {
  town = await openTown({ messages: outbox.messages })
})
after(async () => {
  await town.close()
})
beforeEach(async () => {
  people += 1
  town.pass(hours(24 * 7))
  outbox.delivered.length = 0
  owner = await register(town.deps, {
    ...wanjiku,
    idNumber: `LOST-${people}`,
    email: email(),
    emailVerified: false,
    phone: phone(),
    kraPin: null,
    number: people,
  })
})

const email = () => `lost-${people}@example.test`
const phone = () => `2547220${String(people).padStart(5, '0')}`
const old = wanjiku.password
const fresh = 'a quiet river at noon'

async function asks(browser: Browser, identifier: string): Promise<Page> {
  const { token } = await browser.get('/recover')
  return await browser.post('/recover', { token, next: '/account', identifier })
}

async function linkTo(address = email()): Promise<string> {
  const { text } = await outbox.newest(town.deps, address)
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? ''
  assert.ok(link.startsWith(`${town.deps.publicUrl}/recover/password?key=`), link)
  return link.slice(town.deps.publicUrl.length)
}

const keyOf = (path: string): string => new URLSearchParams(path.split('?')[1]).get('key') ?? ''

async function choose(browser: Browser, key: string, password = fresh): Promise<Page> {
  const { token } = await browser.get('/recover')
  return await browser.post('/recover/password', { token, next: '/account', key, password })
}

async function signsIn(password: string): Promise<boolean> {
  return (await town.browser().signIn(email(), password)).status === 303
}

test('[identity 112] a link to the address on the account sets a new password, once, and ends everything else', async () => {
  const thief = town.browser()
  await thief.signIn(email(), old)
  const family = town.deps.ids.next()
  const insert = `insert into token_family (id, account_id, client_id, scopes, redirect_uri, signed_in_at, created_at)
    values ($1, $2, 'shop', '{openid,offline_access}', 'https://shop.example/cb', $3, $3)`
  await town.deps.db.query({ name: 'test_recovery_family', text: insert }, [
    family,
    owner.id,
    toDate(town.deps.clock.now()),
  ])
  const asked = await asks(town.browser(), email())
  assert.match(asked.location ?? '', /^\/recover\/code\?id=/)
  // On another device than the one that asked, and opened by a mail program before she does.
  const elsewhere = town.browser()
  const link = await linkTo()
  await town.browser().get(link)
  assert.equal((await elsewhere.get(link)).status, 200)
  const done = await choose(elsewhere, keyOf(link))
  assert.equal(done.location, '/signin?next=%2Faccount&note=recovered')
  assert.match(textOf(await elsewhere.get(done.location ?? '')), /Your new password is set/)
  assert.equal((await thief.get('/account')).status, 303)
  const read = {
    name: 'test_recovery_revoked',
    text: 'select revoked_because from token_family where id = $1',
  }
  assert.deepEqual(await town.deps.db.query(read, [family]), [{ revoked_because: 'password recovered' }])
  assert.deepEqual([await signsIn(old), await signsIn(fresh)], [false, true])
  const second = await choose(elsewhere, keyOf(link), 'another quiet river')
  assert.equal(second.location, '/recover?next=%2Faccount&note=link')
  assert.match(textOf(await elsewhere.get(second.location ?? '')), /That link leads nowhere any more/)
})

test('[identity 112] every address of the account is told, and the one that was used is verified', async () => {
  await asks(town.browser(), email())
  await choose(town.browser(), keyOf(await linkTo()))
  await outbox.flush(town.deps)
  for (const to of [email(), phone()]) {
    assert.ok(
      outbox.delivered.some((one) => one.to === to && /was just replaced/.test(one.text)),
      to,
    )
  }
  const rows = await town.deps.db.query(
    { name: 'test_recovery_verified', text: 'select email_verified from account where id = $1' },
    [owner.id],
  )
  assert.deepEqual(rows, [{ email_verified: true }])
  const acts = await town.deps.db.query(
    { name: 'test_recovery_acts', text: 'select what from act where about_id = $1 order by id' },
    [owner.id],
  )
  const names = acts.map((act) => act['what'])
  assert.deepEqual(
    names.filter((name) => /recover/.test(String(name))),
    ['account.recovery-asked', 'account.password-recovered'],
  )
})

test('[identity 112] the digits of an SMS do the same, in the browser that asked alone', async () => {
  const browser = town.browser()
  const asked = await asks(browser, phone())
  const id = new URLSearchParams(asked.location?.split('?')[1]).get('id') ?? ''
  const code = await outbox.code(town.deps, phone())
  assert.ok(!/https?:/.test((await outbox.newest(town.deps, phone())).text))
  const thief = town.browser()
  const stolen = await thief.get('/recover')
  const tried = await thief.post('/recover/code', { token: stolen.token, next: '/account', id, code })
  assert.match(tried.location ?? '', /note=gone/)
  const { token } = await browser.get(asked.location ?? '')
  const right = await browser.post('/recover/code', { token, next: '/account', id, code })
  assert.match(right.location ?? '', /^\/recover\/password\?key=/)
  assert.match((await choose(browser, keyOf(right.location ?? ''))).location ?? '', /note=recovered/)
  assert.equal(await signsIn(fresh), true)
})

test('[identity 112] an id number leads to the e-mail address', async () => {
  await asks(town.browser(), `lost-${people}`)
  assert.match((await choose(town.browser(), keyOf(await linkTo()))).location ?? '', /note=recovered/)
})

test('[identity 112] a link lives for fifteen minutes', async () => {
  await asks(town.browser(), email())
  const link = await linkTo()
  town.pass(seconds(899))
  assert.equal((await town.browser().get(link)).status, 200)
  town.pass(seconds(1))
  assert.equal((await town.browser().get(link)).status, 303)
  assert.match((await choose(town.browser(), keyOf(link))).location ?? '', /note=link/)
  assert.equal(await signsIn(old), true)
  while (await forgetSessions(town.deps));
})

test('[identity 112] a link is dead once the password changed by any other way, and when the account is closed', async () => {
  await asks(town.browser(), email())
  const first = await linkTo()
  const owns = town.browser()
  await owns.signIn(email(), old)
  const { token } = await owns.get('/account')
  town.pass(seconds(1))
  await owns.post('/account/password', { token, current: old, chosen: 'chosen in between' })
  assert.match((await choose(town.browser(), keyOf(first))).location ?? '', /note=link/)
  town.pass(minutes(2))
  await asks(town.browser(), email())
  const second = await linkTo()
  await town.deps.db.query(
    { name: 'test_recovery_closed', text: 'update account set active = false where id = $1' },
    [owner.id],
  )
  assert.match((await choose(town.browser(), keyOf(second))).location ?? '', /note=link/)
})

test('[identity 112] of two uses at once one counts, and of two links at once one', async () => {
  await asks(town.browser(), email())
  const first = keyOf(await linkTo())
  town.pass(minutes(2))
  await asks(town.browser(), email())
  const second = keyOf(await linkTo())
  const answers = await Promise.all(
    [first, first, first, second].map(async (key, at) => await choose(town.browser(), key, `${fresh} ${at}`)),
  )
  const counted = answers.filter(({ location }) => location?.includes('recovered'))
  assert.equal(counted.length, 1)
})

test('[identity 112] a made-up or changed key opens nothing, and a weak password uses nothing up', async () => {
  await asks(town.browser(), email())
  const key = keyOf(await linkTo())
  for (const wrong of ['', 'x', `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, key.slice(1)]) {
    assert.match((await choose(town.browser(), wrong)).location ?? '', /note=link/)
  }
  const browser = town.browser()
  assert.equal((await choose(browser, key, email())).status, 422)
  assert.match((await choose(browser, key)).location ?? '', /note=recovered/)
})

test('[identity 112] [identity 117] the link names our own address, whatever host the request named', async () => {
  const browser = town.browser({ 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' })
  await asks(browser, email())
  assert.ok((await linkTo()).startsWith('/recover/password?key='))
})

test('[identity 105] an unknown account is answered the same in status, text and address, and nobody is written to', async () => {
  const shapes = await Promise.all(
    [email(), `nobody-${people}@example.test`, `254733${String(people).padStart(6, '0')}`, 'NO-SUCH-ID'].map(
      async (identifier) => {
        const browser = town.browser()
        const asked = await asks(browser, identifier)
        const page = await browser.get(asked.location ?? '')
        const hide = (text: string): string =>
          text.replaceAll(/[0-9a-f-]{36}/g, 'ID').replaceAll(/(value|nonce)="[\w.-]+"/g, '')
        return [asked.status, hide(asked.location ?? ''), page.status, hide(page.body)]
      },
    ),
  )
  for (const shape of shapes.slice(1)) assert.deepEqual(shape, shapes[0])
  await outbox.flush(town.deps)
  assert.deepEqual(
    outbox.delivered.map(({ to }) => to),
    [email()],
  )
})

test('[identity 105] asking takes as long for an unknown account as for a known one', async () => {
  const asking = async (identifier: string): Promise<number> => {
    town.pass(hours(24))
    const browser = town.browser()
    const { token } = await browser.get('/recover')
    const from = performance.now()
    const answer = await browser.post('/recover', { token, next: '/account', identifier })
    const took = performance.now() - from
    assert.equal(answer.status, 303)
    return took
  }
  await assertTakesAsLong(
    async () => await asking(email()),
    async () => await asking(`nobody-${people}@example.test`),
  )
})

test('[identity 111] asking again and again is slowed down, known or not, and says when to try again', async () => {
  for (const identifier of [email(), `nobody-${people}@example.test`]) {
    await asks(town.browser(), identifier)
    const soon = await asks(town.browser(), identifier)
    assert.deepEqual([soon.status, soon.headers.get('retry-after')], [429, '60'])
    assert.match(textOf(soon), /Another message can be sent in 60 seconds/)
  }
})

test('recovery pages survive an expired form and blocked cookies', async () => {
  const expired = await town
    .browser()
    .post('/recover', { token: 'browser.1.x', next: '/account', identifier: email() })
  assert.equal(expired.status, 403)
  assert.match(textOf(expired), /Your browser holds our cookie back/)
  const browser = town.browser()
  await browser.get('/recover')
  const late = await browser.post('/recover', { token: 'browser.1.x', next: '/account', identifier: email() })
  assert.match(textOf(late), /This page had waited too long/)
  assert.match(textOf(await asks(browser, '?')), /We cannot read that/)
})
