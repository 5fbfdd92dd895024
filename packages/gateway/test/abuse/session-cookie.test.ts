import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findSession } from '../../src/core/session/find-session.ts'
import { printSessionKey, readSessionKey } from '../../src/core/session/session.ts'
import { openTown, register, wanjiku, type Town } from '../journeys/account/town.ts'

let town: Town

before(async () => {
  town = await openTown({ publicUrl: 'https://gate.example' })
  await register(town.deps, wanjiku)
})
after(async () => {
  await town.close()
})

const password = 'wanjiku opens the gate'
const name = '__Host-lango-session'

test('[identity 114] over https every cookie has the __Host- prefix, Secure, HttpOnly and SameSite', async () => {
  const browser = town.browser()
  const page = await browser.get('/signin')
  const signedIn = await browser.post('/signin', { token: page.token, identifier: '00000011', password })
  const cookies = [...page.setCookies, ...signedIn.setCookies]
  assert.equal(cookies.length, 4)
  for (const cookie of cookies) {
    assert.match(cookie, /^__Host-lango-[a-z]+=[\w.-]+; /)
    for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax'])
      assert.ok(cookie.split('; ').includes(attribute), cookie)
    assert.doesNotMatch(cookie, /Domain=/i)
  }
})

test('[identity 114] a cookie without the prefix is not a session', async () => {
  const browser = town.browser()
  await browser.signIn('00000011', password)
  browser.cookies.set('lango-session', browser.cookies.get(name) ?? '')
  browser.cookies.delete(name)
  assert.equal((await browser.get('/account')).status, 303)
})

test('[identity 34] the session that a browser brought along is never the one it leaves with', async () => {
  const attacker = town.browser()
  await attacker.signIn('00000011', password)
  const planted = attacker.cookies.get(name) ?? ''
  const victim = town.browser()
  victim.cookies.set(name, planted)
  await victim.signIn('00000011', password)
  const own = victim.cookies.get(name) ?? ''
  assert.notEqual(own, planted)
  assert.notEqual(readSessionKey(own)?.id, readSessionKey(planted)?.id)
  assert.equal((await attacker.get('/account')).status, 303, 'the session of before has ended')
  assert.equal((await victim.get('/account')).status, 200)
})

test('[identity 34] an invented session id is not adopted', async () => {
  const browser = town.browser()
  const invented = printSessionKey({
    accountId: town.deps.ids.next(),
    id: town.deps.ids.next(),
    secret: 'A'.repeat(43),
  })
  browser.cookies.set(name, invented)
  await browser.signIn('00000011', password)
  assert.notEqual(browser.cookies.get(name), invented)
})

test('[identity 80] the database holds nothing that opens a session', async () => {
  const browser = town.browser()
  await browser.signIn('00000011', password)
  const key = readSessionKey(browser.cookies.get(name))
  assert.ok(key !== null)
  const rows = await town.deps.db.query(
    { name: 'test_dump', text: 'select to_jsonb(session)::text as row from session' },
    [],
  )
  const hex = Buffer.from(key.secret, 'utf8').toString('hex')
  const raw = Buffer.from(key.secret, 'base64url').toString('hex')
  const dump = JSON.stringify(rows)
  for (const secret of [key.secret, hex, raw, password]) assert.equal(dump.includes(secret), false)
  assert.ok(dump.includes(key.id))
})

test('a session is found by its own secret alone', async () => {
  const browser = town.browser()
  await browser.signIn('00000011', password)
  const value = browser.cookies.get(name) ?? ''
  const key = readSessionKey(value)
  assert.ok(key !== null)
  const other = town.browser()
  await other.signIn('00000011', password)
  const otherKey = readSessionKey(other.cookies.get(name))
  assert.ok(otherKey !== null)
  const wrong = [
    undefined,
    '',
    value.slice(1),
    `${value}A`,
    value.replace(/.$/, value.endsWith('A') ? 'B' : 'A'),
    printSessionKey({ ...key, secret: otherKey.secret }),
    printSessionKey({ ...key, id: otherKey.id }),
    "' or 1=1 --",
  ]
  for (const cookie of wrong) assert.equal(await findSession(town.deps, cookie), null, cookie)
  const found = await findSession(town.deps, value)
  assert.equal(found?.id, key.id)
  assert.deepEqual(found.signedInAt, town.deps.clock.now())
})
