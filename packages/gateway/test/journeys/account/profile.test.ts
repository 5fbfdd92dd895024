import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hours, minutes } from '../../../src/base/time.ts'
import { findAccount } from '../../../src/core/account/account.sql.ts'
import type { Account } from '../../../src/core/account/account.ts'
import { openOutbox } from '../../outbox.ts'
import { openTown, register, textOf, wanjiku, type Browser, type Page, type Town } from './town.ts'

const outbox = openOutbox()
let town: Town
let owner: Account
let browser: Browser
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
  owner = await register(town.deps, { ...wanjiku, idNumber: `EDIT-${people}`, email: old(), phone: null, vouched: [], number: people }) // prettier-ignore
  browser = town.browser()
  await browser.signIn(old(), wanjiku.password)
})

const old = () => `old-${people}@example.test`
const fresh = () => `new-${people}@example.test`
const now = async (): Promise<Account | null> => await findAccount(town.deps.db, owner.id)

async function save(fields: Readonly<Record<string, string>>): Promise<Page> {
  const { token } = await browser.get('/account/profile')
  const names = { first_name: 'Wanjiku', last_name: 'Kamau', surname: '', gender: 'f', born_on: '' }
  return await browser.post('/account/profile', { token, ...names, ...fields })
}

async function ask(address: string, medium = 'email'): Promise<Page> {
  const { token } = await browser.get('/account/profile')
  return await browser.post('/account/contact', { token, medium, address })
}

async function confirm(asked: Page, code: string, by = browser): Promise<string | null> {
  const id = new URLSearchParams(asked.location?.split('?')[1]).get('id') ?? ''
  const { token } = await by.get('/account/profile')
  return (await by.post('/account/contact/code', { token, id, code })).location
}

test('somebody edits what nobody vouches for', async () => {
  const saved = await save({ first_name: ' Wanjiku  Njeri ', gender: 'm', born_on: '1991-03-04' })
  assert.equal(saved.location, '/account/profile?note=saved')
  const { firstName, surname, gender, bornOn } = (await now()) ?? {}
  assert.deepEqual([firstName, surname, gender, bornOn], ['Wanjiku Njeri', null, 'm', '1991-03-04'])
  assert.match(textOf(await browser.get('/account/profile?note=saved')), /Saved/)
})

test('what cannot be is refused and changes nothing', async () => {
  for (const wrong of [{ first_name: ' ' }, { born_on: '1991-02-30' }, { last_name: 'x'.repeat(101) }]) {
    assert.equal((await save(wrong)).location, '/account/profile?note=invalid')
  }
  assert.equal((await now())?.bornOn, wanjiku.bornOn)
})

test('what an operator vouches for has no field, and a form that sends it all the same changes nothing', async () => {
  const text = `update account set vouched = '{names,gender,born_on}', gender = null where id = $1`
  await town.deps.db.query({ name: 'test_vouch', text }, [owner.id])
  const { body } = await browser.get('/account/profile')
  assert.ok(!body.includes('name="first_name"') && !body.includes('name="born_on"'))
  assert.ok(body.includes('name="gender"'), 'what is empty may be filled in')
  await save({ first_name: 'Somebody', born_on: '2000-01-01', gender: 'f' })
  const { firstName, bornOn, gender, vouched } = (await now()) ?? {}
  assert.deepEqual(
    [firstName, bornOn, gender, vouched],
    ['Wanjiku', wanjiku.bornOn, 'f', ['names', 'born_on']],
  )
})

test('another e-mail address counts once its code came back; the old one is told and leads here no longer', async () => {
  const asked = await ask(fresh().toUpperCase())
  assert.match(asked.location ?? '', /^\/account\/contact\/code\?id=/)
  assert.equal((await now())?.email, old())
  assert.match(textOf(await browser.get(asked.location ?? '')), new RegExp(fresh()))
  assert.equal(await confirm(asked, await outbox.code(town.deps, fresh())), '/account/profile?note=changed')
  const { email, emailVerified } = (await now()) ?? {}
  assert.deepEqual([email, emailVerified], [fresh(), true])
  assert.match((await outbox.newest(town.deps, old())).text, /replaced by another one/)
  assert.equal((await town.browser().signIn(old(), wanjiku.password)).status, 403)
  assert.equal((await town.browser().signIn(fresh(), wanjiku.password)).status, 303)
})

test('a phone number is added, and a wrong code changes nothing', async () => {
  const phone = `2547333${String(people).padStart(5, '0')}`
  const asked = await ask(`0${phone.slice(3)}`, 'sms')
  assert.match((await confirm(asked, 'abc')) ?? '', /note=wrong/)
  assert.equal((await now())?.phone, null)
  assert.equal(await confirm(asked, await outbox.code(town.deps, phone)), '/account/profile?note=changed')
  const { phone: added, phoneVerified } = (await now()) ?? {}
  assert.deepEqual([added, phoneVerified], [phone, true])
})

test('[identity 111] a code for a new address is worth nothing in another session of the same account', async () => {
  const asked = await ask(fresh())
  const other = town.browser()
  await other.signIn(old(), wanjiku.password)
  const code = await outbox.code(town.deps, fresh())
  assert.equal(await confirm(asked, code, other), '/account/profile?note=gone')
  assert.equal((await now())?.email, old())
})

test('[identity 105] an address of somebody else looks the same, is told, and is never taken over', async () => {
  const taken = `taken-${people}@example.test`
  await register(town.deps, { ...wanjiku, idNumber: `TAKEN-${people}`, email: taken, phone: null, number: 900 + people }) // prettier-ignore
  const asked = await ask(taken)
  assert.match(asked.location ?? '', /^\/account\/contact\/code\?id=/)
  assert.match((await outbox.newest(town.deps, taken)).text, /already belongs to an account/)
  assert.match((await confirm(asked, '123456')) ?? '', /note=wrong/)
  assert.equal((await now())?.email, old())
})

test('[identity 112] a way back that was sent to the old address is dead once there is a new one', async () => {
  const thief = town.browser()
  const { token } = await thief.get('/recover')
  await thief.post('/recover', { token, next: '/account', identifier: old() })
  const link = /https?:\/\/\S+/.exec((await outbox.newest(town.deps, old())).text)?.[0] ?? ''
  const asked = await ask(fresh())
  await confirm(asked, await outbox.code(town.deps, fresh()))
  const opened = await thief.get(link.slice(town.deps.publicUrl.length))
  assert.match(opened.location ?? '', /^\/recover\?.*note=link/)
})

test('whoever finds an open browser later has to prove herself before she changes an address', async () => {
  town.pass(minutes(16))
  const asked = await ask(fresh())
  assert.match(asked.location ?? '', /^\/signin\/confirm\?next=%2Faccount%2Fprofile/)
})

test('[identity 33] profile forms without a token of this account change nothing', async () => {
  const stranger = await town.browser().get('/account/profile')
  assert.equal(stranger.location, '/signin?next=%2Faccount%2Fprofile')
  for (const path of ['/account/profile', '/account/contact', '/account/contact/code']) {
    const forged = await browser.post(path, { token: 'account.1.x', first_name: 'Mallory', address: fresh() })
    assert.equal(forged.location, '/account/profile?note=expired')
  }
  assert.equal((await now())?.firstName, 'Wanjiku')
})
