import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hours, minutes } from '../../../src/base/time.ts'
import { findAccountId, findAccount } from '../../../src/core/account/account.sql.ts'
import { openOutbox } from '../../outbox.ts'
import { assertTakesAsLong } from '../../timing.ts'
import { openTown, register, textOf, wanjiku, type Browser, type Page, type Town } from './town.ts'

const outbox = openOutbox()
let town: Town
let people = 0

before(async () => {
  town = await openTown({ messages: outbox.messages })
  await register(town.deps, wanjiku)
})
after(async () => {
  await town.close()
})
beforeEach(() => {
  people += 1
  town.pass(hours(24 * 7))
})

const mine = () => `person-${people}@example.test`
const next = '/account?note=language'

async function asks(browser: Browser, address: string): Promise<Page> {
  const { token } = await browser.get(`/register?next=${encodeURIComponent(next)}`)
  return await browser.post('/register', { token, next, address })
}

function idOf(page: Page): string {
  return new URLSearchParams(page.location?.split('?')[1]).get('id') ?? ''
}

/** As far as the page that asks for names and a password. */
async function proves(browser: Browser, address: string, to = address): Promise<string> {
  const asked = await asks(browser, address)
  const id = idOf(asked)
  const { token } = await browser.get(asked.location ?? '')
  const code = await outbox.code(town.deps, to)
  const right = await browser.post('/register/code', { token, next, id, code })
  assert.equal(right.status, 303)
  assert.match(right.location ?? '', /^\/register\/details\?id=/)
  return id
}

async function details(
  browser: Browser,
  id: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const { token } = await browser.get('/register')
  const fields = { first_name: ' Zawadi ', last_name: 'Mwangi', password: 'a mango tree in bloom' }
  return await browser.post('/register/details', { token, next, id, ...fields, ...more })
}

test('somebody registers by e-mail, is signed in, and goes on to where she came from', async () => {
  const browser = town.browser()
  const id = await proves(browser, ` ${mine().toUpperCase()} `, mine())
  const made = await details(browser, id)
  assert.deepEqual([made.status, made.location], [303, next])
  assert.match(textOf(await browser.get('/account')), /Zawadi Mwangi/)
  const accountId = await findAccountId(town.deps.db, [{ kind: 'email', value: mine() }])
  const account = await findAccount(town.deps.db, accountId ?? '')
  assert.ok(account !== null)
  const { email, emailVerified, phone, idNumber, kind, vouched, locale } = account
  assert.deepEqual(
    { email, emailVerified, phone, idNumber, kind, vouched, locale },
    {
      email: mine(),
      emailVerified: true,
      phone: null,
      idNumber: null,
      kind: 'visitor',
      vouched: [],
      locale: 'en',
    },
  )
  const acts = await town.deps.db.query(
    { name: 'test_created', text: 'select what, by_kind, by_id from act where about_id = $1' },
    [account.id],
  )
  assert.ok(acts.some((act) => act['what'] === 'account.created' && act['by_id'] === account.id))
})

test('somebody registers by phone, in Kiswahili, and is written to and signed in in it', async () => {
  const browser = town.browser({ 'accept-language': 'sw' })
  const phone = `25471100${String(people).padStart(4, '0')}`
  const id = await proves(browser, `0${phone.slice(3)}`, phone)
  assert.match((await outbox.newest(town.deps, phone)).text, /ni msimbo wako/)
  assert.equal((await details(browser, id)).status, 303)
  assert.match(textOf(await browser.get('/account')), /Habari, Zawadi|Zawadi Mwangi/)
  assert.equal((await town.browser().signIn(phone, 'a mango tree in bloom')).status, 303)
})

test('[identity 105] an address that has an account is answered the same, and is told so by message', async () => {
  const [known, unknown] = [town.browser(), town.browser()]
  const shapes = await Promise.all(
    [
      [known, 'wanjiku@example.test'],
      [unknown, mine()],
    ].map(async ([browser, address]) => {
      const asked = await asks(browser as Browser, address as string)
      const page = await (browser as Browser).get(asked.location ?? '')
      const hide = (text: string): string =>
        text
          .replaceAll(/[0-9a-f-]{36}/g, 'ID')
          .replaceAll(/(value|nonce)="[\w.-]+"/g, '')
          .replaceAll(address as string, 'ADDRESS')
      return [asked.status, hide(asked.location ?? ''), page.status, hide(page.body)]
    }),
  )
  assert.deepEqual(shapes[0], shapes[1])
  const told = await outbox.newest(town.deps, 'wanjiku@example.test')
  assert.match(told.text, /already belongs to an account/)
  assert.ok(!/\d{6}/.test(told.text))
})

test('[identity 105] registering takes as long for a known address as for an unknown one', async () => {
  const asking = async (address: string): Promise<number> => {
    town.pass(hours(24))
    const browser = town.browser()
    const { token } = await browser.get('/register')
    const from = performance.now()
    assert.equal((await browser.post('/register', { token, next, address })).status, 303)
    return performance.now() - from
  }
  let strangers = 0
  await assertTakesAsLong(
    async () => await asking('wanjiku@example.test'),
    async () => await asking(`time-${people}-${(strangers += 1)}@example.test`),
  )
})

test('[identity 111] a code is worth nothing in another browser, and its page leads back', async () => {
  const [hers, other] = [town.browser(), town.browser()]
  const asked = await asks(hers, mine())
  const code = await outbox.code(town.deps, mine())
  const { token } = await other.get('/register')
  const stolen = await other.post('/register/code', { token, next, id: idOf(asked), code })
  assert.match(stolen.location ?? '', /^\/register\?next=.*&note=gone$/)
  assert.match(textOf(await other.get(stolen.location ?? '')), /That code is over/)
  assert.match((await other.get(asked.location ?? '')).location ?? '', /note=gone/)
})

test('a wrong code, an expired form and blocked cookies each lead on in plain language', async () => {
  const browser = town.browser()
  const asked = await asks(browser, mine())
  const { token } = await browser.get(asked.location ?? '')
  const id = idOf(asked)
  const wrong = await browser.post('/register/code', { token, next, id, code: 'abc' })
  assert.match(textOf(await browser.get(wrong.location ?? '')), /That is not the code/)
  const expired = await browser.post('/register/code', { token: 'browser.1.x', next, id, code: '123456' })
  assert.match(textOf(await browser.get(expired.location ?? '')), /This page had waited too long/)
  const blocked = await town.browser().post('/register', { token, next, address: mine() })
  assert.equal(blocked.status, 403)
  assert.match(textOf(blocked), /Your browser holds our cookie back/)
  const unreadable = await browser.post('/register', { token, next, address: 'nobody' })
  assert.equal(unreadable.status, 422)
  assert.match(textOf(unreadable), /We cannot read that/)
  const abroad = await browser.post('/register', { token, next, address: '+33612345678' })
  assert.equal(abroad.status, 422)
  assert.match(textOf(abroad), /We send no SMS to that country/)
})

test('[identity 111] another code is sent after a minute, and until then the page and the header say how long', async () => {
  const browser = town.browser()
  const asked = await asks(browser, mine())
  const id = idOf(asked)
  const { token } = await browser.get(asked.location ?? '')
  const soon = await browser.post('/register/resend', { token, next, id })
  assert.equal(soon.headers.get('retry-after'), '60')
  assert.match(textOf(await browser.get(soon.location ?? '')), /Another message can be sent in 60 seconds/)
  const first = await browser.post('/register', { token, next, address: mine() })
  assert.deepEqual([first.status, first.headers.get('retry-after')], [429, '60'])
  town.pass(minutes(1))
  const again = await browser.post('/register/resend', { token, next, id })
  assert.match(textOf(await browser.get(again.location ?? '')), /Another message is on its way/)
  const code = await outbox.code(town.deps, mine())
  const right = await browser.post('/register/code', { token, next, id: idOf(again), code })
  assert.match(right.location ?? '', /details/)
})

test('a weak password and a missing name are asked again, and what was typed stays', async () => {
  const browser = town.browser()
  const id = await proves(browser, mine())
  const weak = await details(browser, id, { password: 'password1' })
  assert.equal(weak.status, 422)
  assert.match(textOf(weak), /Choose another one: at least 8 characters/)
  assert.match(weak.body, /value="Zawadi"/)
  const nameless = await details(browser, id, { first_name: ' ' })
  assert.equal(nameless.status, 422)
  assert.match(textOf(nameless), /Type a name of at most 100 letters/)
  assert.equal((await details(browser, id, { last_name: '' })).status, 303)
})

test('a proof makes one account, however often and however fast it is sent', async () => {
  const browser = town.browser()
  const id = await proves(browser, mine())
  const answers = await Promise.all(Array.from({ length: 5 }, async () => await details(browser, id)))
  assert.equal(answers.filter(({ location }) => location === next).length, 1)
  assert.equal(answers.filter(({ location }) => location?.includes('note=gone')).length, 4)
})

test('two browsers that prove one address make one account', async () => {
  const browsers = [town.browser(), town.browser({ 'x-other': 'yes' })]
  const ids: string[] = []
  for (const browser of browsers) {
    town.pass(minutes(2))
    ids.push(await proves(browser, mine()))
  }
  const answers: (string | null)[] = []
  for (const [at, browser] of browsers.entries())
    answers.push((await details(browser, ids[at] ?? '')).location)
  assert.equal(answers[0], next)
  assert.match(answers[1] ?? '', /^\/register\?/)
})

test('without a proved code there is no page for names, and no account', async () => {
  const browser = town.browser()
  const id = idOf(await asks(browser, mine()))
  assert.match((await browser.get(`/register/details?id=${id}`)).location ?? '', /note=gone/)
  assert.match((await details(browser, id)).location ?? '', /note=gone/)
  assert.equal(await findAccountId(town.deps.db, [{ kind: 'email', value: mine() }]), null)
})

test('[identity 13] registration leads to no other origin afterwards', async () => {
  const browser = town.browser()
  const id = await proves(browser, mine())
  assert.equal((await details(browser, id, { next: 'https://evil.example/' })).location, '/account')
})

test('the sign-in page leads to registration and recovery, and keeps where she was going', async () => {
  const { body } = await town.browser().get(`/signin?next=${encodeURIComponent(next)}`)
  assert.match(body, /href="\/register\?next=%2Faccount%3Fnote%3Dlanguage"/)
  assert.match(body, /href="\/recover\?next=%2Faccount%3Fnote%3Dlanguage"/)
})
