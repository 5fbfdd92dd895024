import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hours, minutes } from '../../../src/base/time.ts'
import { findSession } from '../../../src/core/session/find-session.ts'
import { listMessages } from '../../../src/core/message/list-messages.ts'
import { answer, codesOn } from './factors.ts'
import { openTown, register, textOf, wanjiku, type Browser, type Page, type Town } from './town.ts'

let town: Town
let people = 0
let id = ''
let phone = ''
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
  id = `SMS-${people}`
  phone = `25470010000${people}`
  await register(town.deps, { ...wanjiku, idNumber: id, email: `sms-${people}@example.test`, phone })
  const browser = town.browser()
  await browser.signIn(id, password)
  const page = await browser.get('/account/security')
  assert.match(textOf(page), /Send codes to \+2547\*+\d\d .*Send codes to sm\*{3}@example\.test/)
  const done = await browser.post('/account/security/messages', { token: page.token, medium: 'sms' })
  assert.equal(codesOn(done).length, 10)
})

async function step(): Promise<{ readonly browser: Browser; readonly page: Page }> {
  const browser = town.browser()
  const first = await browser.signIn(id, password)
  return { browser, page: await browser.get(first.location ?? '') }
}

async function send(browser: Browser, page: Page): Promise<Page> {
  const mark = /name="mark" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
  const sent = { token: page.token, medium: 'sms', next: '/account', mark }
  const { location } = await browser.post('/signin/second/send', sent)
  assert.match(location ?? '', /^\/signin\/second\?next=%2Faccount&sent=[0-9a-f-]{36}$/)
  return await browser.get(location ?? '')
}

async function newestCode(): Promise<string> {
  const [newest] = await listMessages(town.deps, phone)
  return /\b(\d{6})\b/.exec(newest?.letter?.text ?? '')?.[1] ?? ''
}

const sentOn = (page: Page): string => /name="sent" value="([^"]*)"/.exec(page.body)?.[1] ?? ''

test('a code that came by SMS is the second step, and the session says so', async () => {
  const { browser, page } = await step()
  assert.match(textOf(page), /Send a code by SMS to \+2547\*+\d\d/)
  assert.match(page.body, /<button[^>]*>Send a code by SMS/)
  const waiting = await send(browser, page)
  const done = await answer(browser, waiting, {
    way: 'message',
    sent: sentOn(waiting),
    code: await newestCode(),
  })
  assert.equal(done.location, '/account')
  const session = await findSession(town.deps, browser.cookies.get('lango-session'))
  assert.deepEqual(session?.methods, ['pwd', 'otp', 'sms', 'mfa'])
})

test('[identity 111] a code for one browser and one sign-in opens neither another browser nor another account, nor twice', async () => {
  const [one, other] = [await step(), await step()]
  const waiting = await send(one.browser, one.page)
  const proof = { way: 'message', sent: sentOn(waiting), code: await newestCode() }
  const elsewhere = await answer(other.browser, other.page, proof)
  assert.match(elsewhere.location ?? '', /note=failed/)
  const again = await Promise.all(
    Array.from({ length: 5 }, async () => await answer(one.browser, waiting, proof)),
  )
  assert.equal(again.filter(({ location }) => location === '/account').length, 1)
})

test('[identity 111] the next code has to wait a minute, and the page says how long', async () => {
  const { browser, page } = await step()
  await send(browser, page)
  const soon = await browser.post('/signin/second/send', {
    token: page.token,
    medium: 'sms',
    next: '/account',
  })
  assert.equal(soon.location, '/signin/second?next=%2Faccount&wait=60')
  assert.match(textOf(await browser.get(soon.location)), /60 seconds/)
  town.pass(minutes(1))
  await send(browser, page)
})

test('a live session is confirmed by SMS too, and the second step moves with a fresh proof alone', async () => {
  const { browser, page } = await step()
  const waiting = await send(browser, page)
  await answer(browser, waiting, { way: 'message', sent: sentOn(waiting), code: await newestCode() })
  const security = await browser.get('/account/security')
  assert.match(textOf(security), /No more codes to \+2547/)
  town.pass(minutes(20))
  const remove = { token: security.token, medium: 'sms' }
  const stale = await browser.post('/account/security/messages/remove', remove)
  assert.match(stale.location ?? '', /^\/signin\/confirm/)
  const confirm = await browser.get(stale.location ?? '')
  const sent = await browser.post('/signin/confirm/send', {
    token: confirm.token,
    medium: 'sms',
    next: '/account',
  })
  const asked = await browser.get(sent.location ?? '')
  const done = await answer(browser, asked, { way: 'message', sent: sentOn(asked), code: await newestCode() })
  assert.equal(done.location, '/account')
  const removed = await browser.post('/account/security/messages/remove', remove)
  assert.equal(removed.location, '/account/security?note=messages-changed#messages')
  assert.equal((await town.browser().signIn(id, password)).location, '/account')
})

test('an address that she did not choose gets nothing, and an unproved one is not offered', async () => {
  const { browser, page } = await step()
  const { location } = await browser.post('/signin/second/send', { token: page.token, medium: 'email' })
  assert.equal(location, '/signin/second?next=%2Faccount&note=not-sent')
  const number = `${id}-B`
  await register(town.deps, {
    ...wanjiku,
    idNumber: number,
    email: `b${people}@example.test`,
    emailVerified: false,
    phone: null,
  })
  const other = town.browser()
  await other.signIn(number, password)
  const security = await other.get('/account/security')
  assert.doesNotMatch(security.body, /Codes by message/)
  const forced = await other.post('/account/security/messages', { token: security.token, medium: 'email' })
  assert.equal(forced.location, '/account/security?note=unknown#messages')
}) // prettier-ignore -- requests in one line
