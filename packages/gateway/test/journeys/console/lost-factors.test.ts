// Whoever lost every second factor: an operator asks, the owner hears of it and can stop it, it waits, and she alone
// chooses the password by which she comes back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { days, hours } from '../../../src/base/time.ts'
import { openOutbox } from '../../outbox.ts'
import { addApp, answer, codeOf, type App } from '../account/factors.ts'
import { textOf, type Browser, type Page } from '../account/town.ts'
import { guard, openDesk, openOperator, send, type Desk, type OperatorHere } from './desk.ts'

const outbox = openOutbox()
let desk: Desk
let baraka: OperatorHere
let zawadi: OperatorHere
const apps = new Map<Browser, App>()

const her = { idNumber: '00000044', email: 'zawadi@example.test', phone: '254700000044', password: 'zawadi keeps the gate too' } // prettier-ignore
const passwords = new Map<string, string>([['00000033', 'baraka keeps the gate'], ['00000044', her.password], ['00000022', 'amina opens the gate']]) // prettier-ignore

before(async () => {
  const live = { mode: 'live', publicUrl: 'https://lango.example', messages: outbox.messages } as const
  desk = await openDesk(live)
  baraka = await openOperator(desk)
  zawadi = await openOperator(desk, her)
  for (const { browser } of [baraka, zawadi]) apps.set(browser, await guard(desk, browser))
  apps.set(desk.stranger, await addApp(desk, desk.stranger))
})
after(async () => {
  await desk.close()
})

const because = 'Came to the counter with her passport, ticket 4712'
const at = (id: string): string => `/admin/accounts/${id}?${new URLSearchParams({ because }).toString()}`

async function press({ browser }: OperatorHere, id: string, deed: string): Promise<Page> {
  const { token } = await browser.get('/admin/accounts')
  return await browser.post(`/admin/accounts/${id}/factors`, { token, deed, because })
}

/** Signs in anew by password and app: a session of days ago is over. */
async function comeBack(browser: Browser, idNumber: string): Promise<void> {
  desk.pass(hours(1))
  await browser.signIn(idNumber, passwords.get(idNumber) ?? '')
  const page = await browser.get('/signin/second')
  const done = await answer(browser, page, {
    way: 'code',
    code: codeOf(desk, apps.get(browser)?.secret ?? ''),
  })
  assert.equal(done.status, 303)
  assert.equal((await browser.get('/account')).status, 200)
}

const amina = (): string => desk.strangerAccount.id
const mailed = async (): Promise<string> =>
  /https:\/\/lango\.example(\/recover\/stop\?key=[\w-]{87})/.exec((await outbox.newest(desk.deps, 'amina@example.test')).text)?.[1] ?? '' // prettier-ignore

test('asked for, it takes nothing yet: the owner is told at every address, and can stop it by the message alone', async () => {
  assert.equal((await press(baraka, amina(), 'ask')).location, `${at(amina())}&note=decided`)
  const link = await mailed()
  assert.notEqual(link, '')
  assert.match((await outbox.newest(desk.deps, '254700000022')).text, /remove the second step/)
  assert.match(textOf(await baraka.browser.get(at(amina()))), /Asked for .* Can be done from/)
  assert.equal((await desk.stranger.get('/console')).status, 200)

  const anybody = desk.browser()
  const page = await anybody.get(link)
  assert.equal(page.status, 200)
  assert.match(textOf(page), /Stop it: nothing is lost/)
  const key = new URL(link, 'https://lango.example').searchParams.get('key') ?? ''
  assert.equal((await desk.browser().post('/recover/stop', { key })).status, 403)
  const stopped = await anybody.post('/recover/stop', { token: page.token, key })
  assert.equal(stopped.status, 200)
  assert.match(textOf(stopped), /Your second step stays as it is/)
  assert.equal((await anybody.post('/recover/stop', { token: page.token, key })).status, 410)
  assert.equal((await anybody.get(link)).status, 410)
  assert.equal((await anybody.get('/recover/stop?key=x')).status, 410)
  assert.equal((await press(baraka, amina(), 'finish')).status, 404)
})

test('before its time it is refused, and so is a second request and one without a reason', async () => {
  await press(baraka, amina(), 'ask')
  const early = await press(baraka, amina(), 'finish')
  assert.equal(early.status, 422)
  assert.match(early.body, /Its owner may still object: it has to wait\./)
  const twice = await press(baraka, amina(), 'ask')
  assert.equal(twice.status, 422)
  assert.match(twice.body, /This was asked for already, and waits\./)
  const { token } = await baraka.browser.get('/admin/accounts')
  const bare = await baraka.browser.post(`/admin/accounts/${amina()}/factors`, { token, deed: 'withdraw', because: 'no' }) // prettier-ignore
  assert.equal(bare.status, 422)
  assert.match(bare.body, /Give the reason in 10 to 500 characters/)
})

test('a sign-in with a second factor in between proves that nothing is lost', async () => {
  await comeBack(desk.stranger, '00000022')
  desk.pass(days(3))
  await comeBack(baraka.browser, '00000033')
  const refused = await press(baraka, amina(), 'finish')
  assert.equal(refused.status, 422)
  assert.match(refused.body, /Somebody signed in with a second factor since: nothing is lost/)
  assert.equal((await press(baraka, amina(), 'withdraw')).status, 303)
  assert.equal((await press(baraka, amina(), 'withdraw')).status, 404)
})

test('after the wait all proofs go, the password too; she comes back by her address alone [identity 112]', async () => {
  await press(baraka, amina(), 'ask')
  desk.pass(days(3))
  await comeBack(baraka.browser, '00000033')
  assert.equal((await press(baraka, amina(), 'finish')).location, `${at(amina())}&note=decided`)
  assert.match((await outbox.newest(desk.deps, 'amina@example.test')).text, /Choose a new password/)
  assert.equal((await desk.stranger.get('/console')).status, 303)
  await desk.stranger.signIn('00000022', 'amina opens the gate')
  assert.equal((await desk.stranger.get('/console')).status, 303)

  const visitor = desk.browser()
  const asked = await visitor.get('/recover')
  await visitor.post('/recover', { token: asked.token, identifier: 'amina@example.test' })
  const text = (await outbox.newest(desk.deps, 'amina@example.test')).text
  const link = /https:\/\/lango\.example(\/recover\/password\?key=\S+)/.exec(text)?.[1] ?? ''
  const form = await visitor.get(link)
  const key = /name="key" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
  await visitor.post('/recover/password', { token: form.token, key, password: 'amina opens it anew' })
  await desk.stranger.signIn('00000022', 'amina opens it anew')
  assert.equal((await desk.stranger.get('/console')).status, 200)
  const acts = textOf(await baraka.browser.get('/admin/acts'))
  for (const act of [
    'factor-removal-asked',
    'factor-removal-stopped',
    'factor-removal-ended',
    'factors-removed',
  ])
    assert.ok(acts.includes(`account.${act}`), act)
})

test('nobody does it to himself, and to another operator nobody alone [identity 116]', async () => {
  const own = await press(baraka, baraka.account.id, 'ask')
  assert.equal(own.status, 422)
  assert.match(own.body, /off an account of his own/)
  assert.equal((await press(baraka, zawadi.account.id, 'ask')).status, 303)
  desk.pass(days(3))
  await comeBack(baraka.browser, '00000033')
  const alone = await press(baraka, zawadi.account.id, 'finish')
  assert.equal(alone.status, 422)
  assert.match(alone.body, /another operator than the one who asked has to finish it/)
  desk.pass(days(8))
  await comeBack(baraka.browser, '00000033')
  assert.equal((await press(baraka, zawadi.account.id, 'finish')).status, 404)
})

test('who has no second factor has none to lose, and who is no operator cannot ask', async () => {
  const none = await press(baraka, desk.ownerAccount.id, 'ask')
  assert.equal(none.status, 422)
  assert.match(none.body, /This account has no second factor\./)
  await desk.owner.signIn('00000011', 'wanjiku opens the gate')
  const refused = await send(
    desk.owner,
    `/admin/accounts/${amina()}/factors`,
    { deed: 'ask', because },
    '/console',
  )
  assert.equal(refused.status, 404)
})
