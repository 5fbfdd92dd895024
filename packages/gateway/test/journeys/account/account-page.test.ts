import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hours, minutes, seconds, toDate } from '../../../src/base/time.ts'
import type { Account } from '../../../src/core/account/account.ts'
import { findConsent } from '../../../src/core/authorization/consent.sql.ts'
import { giveConsent } from '../../../src/core/authorization/give-consent.ts'
import { amina, openTown, register, textOf, wanjiku, type Browser, type Town } from './town.ts'

let town: Town
let owner: Account

before(async () => {
  town = await openTown()
  owner = await register(town.deps, wanjiku)
  await register(town.deps, amina)
  const organization = town.deps.ids.next()
  await sql('organization', 'insert into organization (id, name, created_at) values ($1, $2, now())', [
    organization,
    'Ministry of <b>Gates</b>',
  ])
  const application = `insert into application (client_id, organization_id, name, kind, redirect_uris, releases, scopes, created_at)
    values ($1, $2, $3, 'web', '{https://shop.example/cb}', $4, '{openid,email}', now())`
  await sql('application_1', application, ['land-1', organization, 'Land Search', 'national-identity'])
  await sql('application_2', application, ['shop-1', organization, 'Duka la Achieng', 'scopes'])
})
after(async () => {
  await town.close()
})

async function sql(name: string, text: string, values: readonly unknown[]) {
  return await town.deps.db.query({ name: `test_account_${name}`, text }, values)
}

async function signedIn(headers: Readonly<Record<string, string>> = {}): Promise<Browser> {
  const browser = town.browser(headers)
  assert.equal((await browser.signIn('00000011', 'wanjiku opens the gate')).status, 303)
  return browser
}

test('the profile stands as it was registered, the id number masked', async () => {
  const page = await (await signedIn()).get('/account')
  const text = textOf(page)
  for (const shown of [
    'Wanjiku Kamau',
    'Njeri',
    'Citizen',
    '00****11',
    'wanjiku@example.test',
    '+254700000011',
    'Female',
    '28 February 1990',
    'A000000011Z',
    String(owner.number),
  ]) {
    assert.ok(text.includes(shown), shown)
  }
  // The phone number and the KRA PIN end in the same digits.
  assert.doesNotMatch(page.body, /[^0-9]00000011[^0-9Z]/)
})

test('connected services say what each may see, and one that is removed loses it at once', async () => {
  const browser = await signedIn()
  assert.match(textOf(await browser.get('/account')), /No service sees anything of you/)
  await giveConsent(town.deps, { accountId: owner.id, clientId: 'land-1', scopes: ['openid'] })
  await giveConsent(town.deps, { accountId: owner.id, clientId: 'shop-1', scopes: ['openid', 'email'] })
  const families = [
    await family('land-1', ['openid']),
    await family('shop-1', ['openid']),
    await family('shop-1', ['openid', 'offline_access']),
  ]
  const page = await browser.get('/account')
  assert.match(textOf(page), /Land Search by Ministry of &lt;b&gt;Gates.*Your identity number.*Your KRA PIN/)
  assert.match(textOf(page), /Duka la Achieng .*It may see .*Your e-mail address/)
  const removed = await browser.post('/account/services/remove', { token: page.token, client_id: 'shop-1' })
  assert.equal(removed.location, '/account?note=removed#services')
  assert.match(
    textOf(await browser.get('/account?note=removed')),
    /Removed\. That service sees nothing of you any more/,
  )
  assert.equal(await findConsent(town.deps.db, owner.id, 'shop-1'), null)
  assert.notEqual(await findConsent(town.deps.db, owner.id, 'land-1'), null)
  assert.deepEqual(await Promise.all(families.map(revokedBecause)), [
    null,
    'consent withdrawn',
    'consent withdrawn',
  ])
})

test('what is agreed to adds up, and after a withdrawal begins anew', async () => {
  const pair = { accountId: owner.id, clientId: 'shop-1' }
  const scopesNow = async () => (await findConsent(town.deps.db, owner.id, 'shop-1'))?.scopes
  await giveConsent(town.deps, { ...pair, scopes: ['openid', 'email'] })
  await giveConsent(town.deps, { ...pair, scopes: ['phone', 'openid'] })
  assert.deepEqual(await scopesNow(), ['email', 'openid', 'phone'])
  const browser = await signedIn()
  const { token } = await browser.get('/account')
  await browser.post('/account/services/remove', { token, client_id: 'shop-1' })
  await giveConsent(town.deps, { ...pair, scopes: ['openid'] })
  assert.deepEqual(await scopesNow(), ['openid'])
})

test('nobody removes what another account allowed, or ends her session', async () => {
  const theirs = await signedIn()
  await giveConsent(town.deps, { accountId: owner.id, clientId: 'land-1', scopes: ['openid'] })
  const stranger = town.browser()
  await stranger.signIn('00000022', 'amina opens the gate')
  const { token } = await stranger.get('/account')
  await stranger.post('/account/services/remove', { token, client_id: 'land-1' })
  const [row] = await sql('sessions', 'select id from session where account_id = $1 and ended_at is null', [
    owner.id,
  ])
  await stranger.post('/account/sessions/end', { token, session: String(row?.['id']) })
  assert.notEqual(await findConsent(town.deps.db, owner.id, 'land-1'), null)
  assert.equal((await theirs.get('/account')).status, 200)
})

test('[identity 114] sessions are listed by browser and can be ended one by one', async () => {
  await sql('end_all', 'update session set ended_at = now() where account_id = $1', [owner.id])
  const phone = await signedIn({
    'user-agent': 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36',
  })
  const desk = await signedIn({
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0',
  })
  const page = await desk.get('/account/security')
  assert.match(textOf(page), /Firefox on Linux this browser/)
  assert.match(textOf(page), /Sign out Chrome on Android/)
  const id = /name="session" value="([0-9a-f-]+)"/.exec(page.body)?.[1] ?? ''
  const ended = await desk.post('/account/sessions/end', { token: page.token, session: id })
  assert.equal(ended.location, '/account/security?note=session-ended#sessions')
  assert.equal((await phone.get('/account')).status, 303)
  assert.equal((await desk.get('/account')).status, 200)
})

test('[identity 114] signing out everywhere ends every session, and what applications hold without offline access', async () => {
  const [one, two] = [await signedIn(), await signedIn()]
  const page = await one.get('/account')
  const online = await family('land-1', ['openid'], page)
  const offline = await family('land-1', ['openid', 'offline_access'], page)
  const out = await one.post('/account/sessions/end-all', { token: page.token })
  assert.equal(out.location, '/signin?note=signed-out')
  for (const browser of [one, two]) assert.equal((await browser.get('/account')).status, 303)
  assert.equal(await revokedBecause(online), 'signed out')
  assert.equal(await revokedBecause(offline), null)
})

test('the language is kept for the account and for the browser', async () => {
  const browser = await signedIn()
  const { token } = await browser.get('/account')
  const picked = await browser.post('/account/language', { token, locale: 'sw' })
  assert.equal(picked.location, '/account?note=language')
  const page = await browser.get('/account?note=language')
  assert.match(page.body, /<html lang="sw">/)
  assert.match(textOf(page), /Kuanzia sasa tunakuandikia kwa Kiswahili/)
  const elsewhere = await signedIn({ 'accept-language': 'en' })
  assert.match((await elsewhere.get('/account')).body, /<html lang="sw">/)
  const odd = await browser.post('/account/language', { token, locale: 'de' })
  assert.equal(odd.location, '/account?note=unknown')
  await browser.post('/account/language', { token, locale: 'en' })
})

test('[identity 36] an account page that lay open too long leads on, signed in or not', async () => {
  const browser = await signedIn()
  const { token } = await browser.get('/account')
  // Busy all day: the session's absolute end comes with the form's.
  for (let used = 0; used < 11; used += 1) {
    town.pass(hours(1))
    assert.equal((await browser.get('/account')).status, 200)
  }
  town.pass(hours(1))
  const gone = await browser.post('/account/language', { token, locale: 'sw' })
  assert.equal(gone.location, '/account?note=expired')
  const next = await browser.get('/account?note=expired')
  assert.equal(next.location, '/signin?next=%2Faccount')
})

test('[identity 114] a session ends when it idles two hours, and after twelve hours however busy', async () => {
  const idle = await signedIn()
  town.pass(seconds(2 * 3600 - 1))
  assert.equal((await idle.get('/account')).status, 200)
  town.pass(hours(2))
  assert.equal((await idle.get('/account')).status, 303)
  const busy = await signedIn()
  for (let used = 0; used < 11; used += 1) {
    town.pass(hours(1))
    await busy.get('/account')
  }
  town.pass(seconds(3599))
  assert.equal((await busy.get('/account')).status, 200)
  town.pass(seconds(1))
  assert.equal((await busy.get('/account')).status, 303)
})

test('a page view costs a write at most once a minute', async () => {
  const browser = await signedIn()
  const seen = async () => {
    const rows = await sql('seen', 'select max(seen_at) as seen from session where account_id = $1', [
      owner.id,
    ])
    const [row] = rows
    return row?.['seen'] instanceof Date ? row['seen'].getTime() : Number.NaN
  }
  const atSignIn = await seen()
  town.pass(seconds(60))
  await browser.get('/account')
  assert.equal(await seen(), atSignIn)
  town.pass(minutes(1))
  await browser.get('/account')
  assert.equal(await seen(), atSignIn + 120_000)
})

async function family(
  clientId: string,
  scopes: readonly string[],
  page?: { readonly body: string },
): Promise<string> {
  const id = town.deps.ids.next()
  const [session] = await sql(
    'newest_session',
    'select id from session where account_id = $1 and ended_at is null limit 1',
    [owner.id],
  )
  await sql(
    'family',
    `insert into token_family (id, account_id, client_id, scopes, redirect_uri, session_id, signed_in_at, created_at)
     values ($1, $2, $3, $4, 'https://shop.example/cb', $5, $6, $6)`,
    [
      id,
      owner.id,
      clientId,
      scopes,
      page === undefined ? null : session?.['id'],
      toDate(town.deps.clock.now()),
    ],
  )
  return id
}

async function revokedBecause(family: string): Promise<unknown> {
  const [row] = await sql('revoked', 'select revoked_because from token_family where id = $1', [family])
  return row?.['revoked_because']
}
