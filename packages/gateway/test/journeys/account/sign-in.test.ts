import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hours, seconds } from '../../../src/base/time.ts'
import { amina, openTown, register, textOf, wanjiku, type Town } from './town.ts'

let town: Town

before(async () => {
  town = await openTown()
  await register(town.deps, wanjiku)
  await register(town.deps, { ...amina, locale: 'sw' })
})
after(async () => {
  await town.close()
})

const password = 'wanjiku opens the gate'

for (const typed of [
  '00000011',
  'wanjiku@example.test',
  ' WANJIKU@example.TEST ',
  '0700 000 011',
  '+254 700 000011',
  '254700000011',
]) {
  test(`Wanjiku signs in with ${typed}`, async () => {
    const browser = town.browser()
    const answer = await browser.signIn(typed, password)
    assert.equal(answer.status, 303)
    assert.equal(answer.location, '/account')
    const account = await browser.get('/account')
    assert.equal(account.status, 200)
    assert.match(textOf(account), /Karibu, Wanjiku Kamau/)
  })
}

test('whoever is not signed in is led to sign in, and then on to where she wanted to go', async () => {
  const browser = town.browser()
  const closed = await browser.get('/account')
  assert.equal(closed.status, 303)
  assert.equal(closed.location, '/signin?next=%2Faccount')
  const next = '/oauth/authorize?client_id=a&state=x%20y&scope=openid+email'
  const answer = await browser.signIn('00000011', password, next)
  assert.equal(answer.location, next)
})

test('a wrong password shows the form again with the name that was typed, and never the password', async () => {
  const browser = town.browser()
  const answer = await browser.signIn('wanjiku@example.test', 'not my password')
  assert.equal(answer.status, 403)
  assert.match(textOf(answer), /That did not match/)
  assert.match(answer.body, /value="wanjiku@example\.test"/)
  assert.doesNotMatch(answer.body, /not my password/)
  const right = await browser.post('/signin', {
    token: answer.token,
    next: '/account',
    identifier: '00000011',
    password,
  })
  assert.equal(right.status, 303)
})

test('an account that was switched off neither signs in nor stays in', async () => {
  const idNumber = '00000033'
  const made = await register(town.deps, {
    ...amina,
    idNumber,
    email: null,
    phone: null,
    password: 'a third password',
  })
  const browser = town.browser()
  assert.equal((await browser.signIn(idNumber, 'a third password')).status, 303)
  await town.deps.db.query(
    { name: 'test_switch_off', text: 'update account set active = false where id = $1' },
    [made.id],
  )
  assert.equal((await browser.get('/account')).location, '/signin?next=%2Faccount')
  const again = await town.browser().signIn(idNumber, 'a third password')
  assert.equal(again.status, 403)
  assert.match(textOf(again), /That did not match/)
})

test('signing out ends the session on our side too', async () => {
  const browser = town.browser()
  await browser.signIn('00000011', password)
  const kept = new Map(browser.cookies)
  const account = await browser.get('/account')
  const out = await browser.post('/signout', { token: account.token })
  assert.equal(out.status, 303)
  assert.equal(out.location, '/signin?note=signed-out')
  assert.equal(browser.cookies.has('lango-session'), false)
  assert.match(textOf(await browser.get('/signin?note=signed-out')), /You are signed out/)
  for (const [name, value] of kept) browser.cookies.set(name, value)
  assert.equal((await browser.get('/account')).status, 303)
})

test('[identity 36] two tabs of the sign-in page both work, in either order', async () => {
  const browser = town.browser()
  const first = await browser.get('/signin')
  const second = await browser.get('/signin?next=%2Faccount%3Fnote%3Dlanguage')
  const fields = { identifier: '00000011', password }
  assert.equal(
    (await browser.post('/signin', { ...fields, token: second.token, next: '/account' })).status,
    303,
  )
  assert.equal(
    (await browser.post('/signin', { ...fields, token: first.token, next: '/account' })).status,
    303,
  )
})

test('[identity 36] the back button after signing in shows who is signed in and how to go on', async () => {
  const browser = town.browser()
  await browser.signIn('00000011', password)
  const back = await browser.get('/signin?next=%2Foauth%2Fauthorize%3Fclient_id%3Da')
  assert.equal(back.status, 200)
  assert.match(textOf(back), /You are signed in as Wanjiku Kamau/)
  assert.match(back.body, /href="\/oauth\/authorize\?client_id=a"/)
})

test('[identity 36] a sign-in page that lay open for a day says so and works on the second press', async () => {
  const browser = town.browser()
  const old = await browser.get('/signin?next=%2Faccount')
  town.pass(hours(24))
  const fields = { next: '/account', identifier: '00000011', password }
  const expired = await browser.post('/signin', { ...fields, token: old.token })
  assert.equal(expired.status, 403)
  assert.match(textOf(expired), /This page had waited too long/)
  assert.match(expired.body, /value="00000011"/)
  assert.equal((await browser.post('/signin', { ...fields, token: expired.token })).status, 303)
})

test('[identity 36] a browser that blocks cookies is told what to change', async () => {
  const browser = town.browser()
  const { token } = await browser.get('/signin')
  browser.cookies.clear()
  const answer = await browser.post('/signin', { token, identifier: '00000011', password })
  assert.equal(answer.status, 403)
  assert.match(textOf(answer), /Your browser holds our cookie back/)
})

test('[identity 36] a sign-out page from another day, and one sent twice, lead on', async () => {
  const browser = town.browser()
  await browser.signIn('00000011', password)
  const ask = await browser.get('/signout')
  town.pass(hours(13))
  const late = await browser.post('/signout', { token: ask.token })
  assert.equal(late.status, 403)
  assert.equal((await browser.post('/signout', { token: late.token })).location, '/signin?note=signed-out')
  assert.equal((await browser.post('/signout', { token: late.token })).location, '/signin?note=signed-out')
})

test('an empty form is answered with words', async () => {
  const browser = town.browser()
  const { token } = await browser.get('/signin')
  const answer = await browser.post('/signin', { token, identifier: '', password: '' })
  assert.equal(answer.status, 422)
  assert.match(textOf(answer), /Fill in both fields/)
})

test('the page speaks the language of the browser, then the one that was picked, then the one of the account', async () => {
  const swahili = town.browser({ 'accept-language': 'sw-KE,en;q=0.5' })
  assert.match((await swahili.get('/signin')).body, /<html lang="sw">/)
  assert.match((await swahili.get('/signin?lang=en')).body, /<html lang="en">/)
  assert.match((await swahili.get('/signin')).body, /<html lang="en">/)
  const english = town.browser({ 'accept-language': 'en' })
  await english.signIn('00000022', 'amina opens the gate')
  assert.match((await english.get('/account')).body, /<html lang="sw">/)
})

test('a picked language keeps where the reader was going', async () => {
  const page = await town.browser().get('/signin?next=%2Foauth%2Fauthorize%3Fclient_id%3Da%26state%3Db')
  assert.match(
    page.body,
    /href="\/signin\?next=%2Foauth%2Fauthorize%3Fclient_id%3Da%26state%3Db&amp;lang=sw"/,
  )
})

test('what an application knows of her stands in the field already', async () => {
  const page = await town.browser().get('/signin?login_hint=wanjiku%40example.test')
  assert.match(page.body, /value="wanjiku@example\.test"/)
})

test('too many tries are answered with the time of the next one', async () => {
  const browser = town.browser()
  for (let tries = 0; tries < 6; tries += 1) await browser.signIn('00000022', `wrong ${tries}`)
  const answer = await browser.signIn('00000022', 'amina opens the gate')
  assert.equal(answer.status, 429)
  assert.equal(answer.headers.get('retry-after'), '600')
  assert.match(textOf(answer), /the next try is possible in 10 minutes/)
  town.pass(seconds(600))
  assert.equal((await browser.signIn('00000022', 'amina opens the gate')).status, 303)
})
