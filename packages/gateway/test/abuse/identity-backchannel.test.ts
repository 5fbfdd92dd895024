// Applications hear when somebody signs out (OpenID Connect Back-Channel Logout 1.0), and none of them can hold it up.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet } from 'jose'
import { seconds } from '../../src/base/time.ts'
import { deliverLogouts } from '../../src/core/session/deliver-logouts.ts'
import type { Answered, Net, Outgoing } from '../../src/core/ports.ts'
import type { Browser } from '../journeys/account/town.ts'
import {
  claimsOf,
  codeFor,
  openGate,
  redeem,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

const receiver = 'https://shop.example/logout'
let gate: Gate
let live: Gate
let sent: Outgoing[] = []
let answer: Answered

const net: Net = {
  send: (request) => {
    sent.push(request)
    return Promise.resolve(answer)
  },
}

before(async () => {
  gate = await openGate({ net })
  live = await openGate({ mode: 'live', publicUrl: 'http://127.0.0.1:1' })
})
after(async () => {
  await gate.close()
  await live.close()
})
beforeEach(async () => {
  await gate.deps.db.query({ name: 'test_no_logouts', text: 'delete from logout_notice' }, [])
  sent = []
  answer = { kind: 'answer', status: 200, headers: {}, body: new Uint8Array() }
})

/** She is signed in at an application that wants to hear of her going; returns its ID token's claims. */
async function begin(more: object = {}) {
  const shop = await gate.application({ more: { backchannelLogoutUri: receiver, ...more } })
  const browser = await gate.signedIn()
  return { shop, browser, ...(await meet(browser, shop)) }
}

async function meet(browser: Browser, shop: Application) {
  const tokens = await redeem(gate, shop, await codeFor(browser, shop))
  return { raw: String(tokens.body['id_token']), id: claimsOf(String(tokens.body['id_token'])) }
}

async function signOut(browser: Browser): Promise<void> {
  const { token } = await browser.get('/signout')
  assert.equal((await browser.post('/signout', { token })).status, 303)
}

function tokenOf(request: Outgoing | undefined): string {
  return new URLSearchParams(request?.body).get('logout_token') ?? ''
}

type Stored = { readonly tries: number; readonly result: string | null; readonly done: boolean }

async function stored(of = gate): Promise<readonly Stored[]> {
  return await of.deps.db.query<Stored>(
    {
      name: 'test_logouts',
      text: 'select tries, result, done_at is not null as done from logout_notice order by client_id',
    },
    [],
  )
}

test('[identity 102] oidcc-backchannel-rp-initiated-logout: the logout token says who, which session, and nothing that an ID token would', async () => {
  const { shop, browser, raw, id } = await begin()
  await browser.get(`/oauth/end-session?id_token_hint=${raw}`)
  assert.equal(sent.length, 0, 'signing out waits for nobody')
  assert.equal(await deliverLogouts(gate.deps), 1)
  const [request] = sent
  assert.equal(request?.url, receiver)
  assert.equal(request?.trust, 'named-by-others')
  assert.equal(request?.headers['content-type'], 'application/x-www-form-urlencoded')
  const token = tokenOf(request)
  assert.equal(decodeProtectedHeader(token).typ, 'logout+jwt')
  const keys = (await (await fetch(`${gate.url}/oauth/jwks`)).json()) as JSONWebKeySet
  await compactVerify(token, createLocalJWKSet(keys))
  const claims = claimsOf(token)
  const now = gate.deps.clock.now().epochMs / 1000
  assert.deepEqual({ ...claims, jti: 'any' }, {
    iss: gate.url, aud: shop.clientId, sub: id['sub'], sid: id['sid'], iat: now, exp: now + 120, jti: 'any',
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  }) // prettier-ignore
  assert.deepEqual(await stored(), [{ tries: 1, result: 'status 200', done: true }])
  assert.equal(await deliverLogouts(gate.deps), 0)
})

test('[identity 102] a pairwise application hears of her by the name that it knows', async () => {
  const { browser, id } = await begin({ subjectType: 'pairwise' })
  await signOut(browser)
  await deliverLogouts(gate.deps)
  assert.equal(claimsOf(tokenOf(sent[0]))['sub'], id['sub'])
  assert.notEqual(id['sub'], gate.account.id)
})

test('[identity 102] whichever way she goes, each application of the session hears of it once, and no other', async () => {
  const { shop, browser } = await begin()
  const second = await gate.application({ more: { backchannelLogoutUri: `${receiver}/2` } })
  const deaf = await gate.application()
  for (const application of [second, second, deaf]) await meet(browser, application)
  const elsewhere = await gate.signedIn()
  await meet(elsewhere, shop)
  await signOut(browser)
  assert.equal(await deliverLogouts(gate.deps), 2)
  assert.deepEqual(sent.map(({ url }) => url).toSorted(), [receiver, `${receiver}/2`])
  const { token } = await elsewhere.get('/account')
  await elsewhere.post('/account/sessions/end-all', { token })
  assert.equal(await deliverLogouts(gate.deps), 1)
})

test('[identity 102] signing in anew in the same browser is no sign-out; the one that follows names the first session', async () => {
  const { browser, id } = await begin()
  await browser.signIn('00000011', 'wanjiku opens the gate')
  assert.equal(await deliverLogouts(gate.deps), 0)
  await signOut(browser)
  await deliverLogouts(gate.deps)
  assert.equal(claimsOf(tokenOf(sent[0]))['sid'], id['sid'])
})

test('[identity 102] a receiver that is down is tried again, later and later, with a fresh token, and given up in the end', async () => {
  const { browser } = await begin()
  await signOut(browser)
  answer = { kind: 'no-answer', because: 'timeout' }
  const jtis = new Set<unknown>()
  for (const pause of [10, 60, 300, 1800, 7200, 21_600, 43_200]) {
    assert.equal(await deliverLogouts(gate.deps), 1)
    jtis.add(claimsOf(tokenOf(sent.at(-1)))['jti'])
    gate.pass(seconds(pause - 1))
    assert.equal(await deliverLogouts(gate.deps), 0)
    gate.pass(seconds(1))
  }
  assert.equal(await deliverLogouts(gate.deps), 1)
  assert.equal(jtis.size, 7)
  assert.deepEqual(await stored(), [{ tries: 8, result: 'timeout', done: true }])
})

test('[identity 102] a process that dies while it sends leaves the notice to the next one', async () => {
  const { browser } = await begin()
  await signOut(browser)
  const dying = { ...gate.deps, net: { send: () => Promise.reject(new Error('killed')) } }
  await assert.rejects(deliverLogouts(dying), /killed/)
  assert.equal(await deliverLogouts(gate.deps), 0)
  gate.pass(seconds(30))
  assert.equal(await deliverLogouts(gate.deps), 1)
  assert.deepEqual(await stored(), [{ tries: 2, result: 'status 200', done: true }])
})

test('[identity 102] 400 is a last word, 500 is not', async () => {
  for (const [status, done] of [[400, true], [204, true], [500, false], [404, false]] as const) {
    await gate.deps.db.query({ name: 'test_no_logouts_again', text: 'delete from logout_notice' }, [])
    const { browser } = await begin()
    await signOut(browser)
    answer = { kind: 'answer', status, headers: {}, body: new Uint8Array() }
    await deliverLogouts(gate.deps)
    assert.deepEqual(await stored(), [{ tries: 1, result: `status ${status}`, done }])
  } // prettier-ignore
})

test('[identity 102] an address in a private network is never called, whoever registered it', async () => {
  const shop = await live.application()
  for (const uri of ['https://127.0.0.1/logout', 'https://169.254.169.254/latest', 'https://[::1]/logout']) {
    await live.deps.db.query(
      {
        name: 'test_private',
        text: 'update application set backchannel_logout_uri = $2 where client_id = $1',
      },
      [shop.clientId, uri],
    )
    await live.deps.db.query(
      {
        name: 'test_private_logout',
        text: `insert into logout_notice (session_id, client_id, subject, created_at, due_at)
               values (gen_random_uuid(), $1, 's', $2, $2)`,
      },
      [shop.clientId, new Date(live.deps.clock.now().epochMs)],
    )
    assert.equal(await deliverLogouts(live.deps), 1)
  }
  for (const { result, done } of await stored(live)) {
    assert.match(result ?? '', /^(address|url)-forbidden$/)
    assert.ok(done)
  }
})

test('[identity 102] oidcc-backchannel-logout-discovery-endpoint-verification, oidcc-rp-initiated-logout-discovery-endpoint-verification', async () => {
  const said = (await (await fetch(`${gate.url}/.well-known/openid-configuration`)).json()) as Record<
    string,
    unknown
  >
  assert.equal(said['end_session_endpoint'], `${gate.url}/oauth/end-session`)
  assert.equal(said['backchannel_logout_supported'], true)
  assert.equal(said['backchannel_logout_session_supported'], true)
  assert.equal(said['frontchannel_logout_supported'], undefined)
})
