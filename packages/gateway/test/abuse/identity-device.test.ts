// Devices without a keyboard (RFC 8628).
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hours, minutes, seconds } from '../../src/base/time.ts'
import { newUserCode, readUserCode } from '../../src/core/device/device-code.ts'
import { forgetSessions } from '../../src/core/session/forget-sessions.ts'
import {
  claimsOf,
  openGate,
  post,
  type Answer,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'
import { textOf, type Browser, type Page } from '../journeys/account/town.ts'

let gate: Gate
let television: Application

before(async () => {
  gate = await openGate()
  television = await gate.application({ kind: 'device', redirectUris: [], name: 'Sauti TV' })
})
after(async () => {
  await gate.close()
})
// Tries that one test spent are back before the next, however that one ended.
beforeEach(() => {
  gate.pass(hours(1))
})

type Started = { readonly deviceCode: string; readonly userCode: string; readonly body: Answer['body'] }

async function start(scope = 'openid profile offline_access', application = television): Promise<Started> {
  const { status, body } = await post(`${gate.url}/oauth/device`, { client_id: application.clientId, scope })
  assert.equal(status, 200, JSON.stringify(body))
  return { deviceCode: String(body['device_code']), userCode: String(body['user_code']), body }
}

async function poll(deviceCode: string, application = television): Promise<Answer> {
  return await post(`${gate.url}/oauth/token`, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: application.clientId,
    device_code: deviceCode,
  })
}

async function type(browser: Browser, userCode: string): Promise<Page> {
  const { token } = await browser.get('/device')
  return await browser.post('/device', { token, user_code: userCode })
}

async function decide(browser: Browser, userCode: string, decision: 'allowed' | 'denied'): Promise<Page> {
  const { token } = await type(browser, userCode)
  return await browser.post('/device', { token, user_code: userCode, decision })
}

const told = ({ status, body }: Answer) => [status, body['error']]

test('a person lets her television in: letters, sign-in, warning, tokens', async () => {
  const { deviceCode, userCode, body } = await start()
  assert.match(userCode, /^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/)
  assert.equal(body['verification_uri'], `${gate.url}/device`)
  assert.equal(body['verification_uri_complete'], `${gate.url}/device?user_code=${userCode}`)
  assert.deepEqual([body['expires_in'], body['interval']], [900, 5])
  assert.deepEqual(told(await poll(deviceCode)), [400, 'authorization_pending'])

  const browser = gate.browser()
  const filled = await browser.get(`/device?user_code=${userCode}`)
  assert.match(filled.body, new RegExp(`value="${userCode}"`))
  const toSignIn = await browser.post('/device', { token: filled.token, user_code: userCode })
  const next = `/device?user_code=${userCode}`
  assert.equal(toSignIn.location, `/signin?${new URLSearchParams({ next }).toString()}`)
  const onward = await browser.signIn('00000011', 'wanjiku opens the gate', next)
  assert.equal(onward.location, next)
  const back = await browser.get(next)
  const asks = await browser.post('/device', { token: back.token, user_code: userCode.toLowerCase() })
  assert.equal(asks.status, 200)
  for (const words of [
    'Sauti TV',
    'Ministry of Gates',
    'Wanjiku',
    userCode,
    'Is the device in front of you?',
  ])
    assert.ok(textOf(asks).includes(words), words)
  assert.match(asks.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
  const done = await browser.post('/device', { token: asks.token, user_code: userCode, decision: 'allowed' })
  assert.match(textOf(done), /The device is connected/)

  gate.pass(seconds(5))
  const tokens = await poll(deviceCode)
  assert.equal(tokens.status, 200)
  assert.equal(claimsOf(String(tokens.body['id_token']))['sub'], gate.account.id)
  assert.match(String(tokens.body['refresh_token']), /^lrt_/)
  assert.match(textOf(await browser.get('/account')), /Sauti TV/, 'it stands among her connected services')
})

test('she sends it away', async () => {
  const { deviceCode, userCode } = await start()
  const browser = await gate.signedIn()
  const done = await decide(browser, userCode, 'denied')
  assert.match(textOf(done), /The device was sent away/)
  assert.deepEqual(told(await poll(deviceCode)), [400, 'access_denied'])
  assert.equal((await decide(browser, userCode, 'allowed')).status, 422, 'and it stays away')
  assert.deepEqual(told(await poll(deviceCode)), [400, 'access_denied'])
})

test('[identity 103] who asks too soon hears slow_down and has to wait longer each time', async () => {
  const { deviceCode } = await start()
  const ask = async (after: number) => {
    gate.pass(seconds(after))
    return (await poll(deviceCode)).body['error']
  }
  assert.equal(await ask(0), 'authorization_pending')
  assert.equal(await ask(4.6), 'authorization_pending', 'half a second is lost on the way')
  assert.equal(await ask(4), 'slow_down')
  assert.equal(await ask(6), 'slow_down', 'ten seconds by now')
  assert.equal(await ask(15), 'authorization_pending')
})

test('[identity 103] of twenty questions at once one gets the tokens', async () => {
  const { deviceCode, userCode } = await start()
  await decide(await gate.signedIn(), userCode, 'allowed')
  const answers = await Promise.all(Array.from({ length: 20 }, async () => await poll(deviceCode)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  assert.deepEqual(told(await poll(deviceCode)), [400, 'invalid_grant'])
})

test('[identity 103] a device code is good for its own application, as nothing else, and for a quarter of an hour', async () => {
  const other = await gate.application({ kind: 'device', redirectUris: [] })
  const { deviceCode, userCode } = await start()
  assert.deepEqual(told(await poll(deviceCode, other)), [400, 'invalid_grant'])
  // One letter of the checksum is another: never the same by chance.
  const altered = deviceCode.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  assert.deepEqual(told(await poll(altered)), [400, 'invalid_grant'])
  await decide(await gate.signedIn(), userCode, 'allowed')
  assert.deepEqual(told(await poll(deviceCode, other)), [400, 'invalid_grant'])
  const asCode = { grant_type: 'authorization_code', client_id: television.clientId, code: deviceCode }
  assert.deepEqual(told(await post(`${gate.url}/oauth/token`, asCode)), [400, 'invalid_grant'])
  assert.equal((await poll(deviceCode)).status, 200, 'what others tried has not burnt it')

  const late = await start()
  gate.pass(minutes(15))
  assert.deepEqual(told(await poll(late.deviceCode)), [400, 'expired_token'])
  assert.equal((await type(await gate.signedIn(), late.userCode)).status, 422)
  gate.pass(minutes(25 * 60))
  while (await forgetSessions(gate.deps));
  assert.deepEqual(told(await poll(late.deviceCode)), [400, 'invalid_grant'])
})

test('[identity 103] wrong letters cost tries, for one person and for one network', async () => {
  const { userCode } = await start()
  const browser = await gate.signedIn()
  for (let tries = 0; tries < 8; tries += 1) {
    assert.equal((await type(browser, newUserCode(gate.deps.chance))).status, 422)
  }
  const stopped = await type(browser, userCode)
  assert.equal(stopped.status, 429)
  assert.ok(Number(stopped.headers.get('retry-after')) > 0)
  assert.match(textOf(stopped), /Too many tries/)
  gate.pass(seconds(60))
  assert.equal((await type(browser, 'no letters')).status, 422, 'what can be no code costs nothing')
  assert.equal((await type(browser, userCode)).status, 200)
  assert.equal((await type(browser, userCode)).status, 200, 'nor does the right one')
})

test('[identity 103] a form that is not from this browser and person is refused', async () => {
  const { deviceCode, userCode } = await start()
  const browser = await gate.signedIn()
  const { token } = await type(browser, userCode)
  const fields = { user_code: userCode, decision: 'allowed' }
  assert.equal((await browser.post('/device', fields)).status, 403)
  const stranger = gate.browser()
  assert.equal((await stranger.post('/device', { ...fields, token })).status, 403, 'no cookie at all')
  const amina = gate.browser()
  await amina.signIn('00000022', 'amina opens the gate')
  assert.equal((await amina.post('/device', { ...fields, token })).status, 403)
  assert.deepEqual(told(await poll(deviceCode)), [400, 'authorization_pending'])
})

test('[identity 80] neither device code nor letters stand in the database', async () => {
  const { deviceCode, userCode } = await start()
  for (const table of ['device_authorization', 'device_user_code']) {
    const text = `select row_to_json(${table})::text as row from ${table}`
    const rows = await gate.deps.db.query({ name: `test_dump_${table}`, text }, [])
    const dump = rows.map((row) => String(row['row'])).join('\n')
    assert.ok(rows.length > 0 && !dump.includes(deviceCode.slice(36, 79)) && !dump.includes(userCode))
    const plain = Buffer.from(gate.deps.digests.sha256(userCode)).toString('hex')
    assert.ok(!dump.includes(plain), 'eight letters would be found out from a plain digest')
  }
})

test('letters are drawn evenly, and read however people type them', () => {
  const counts = new Map<string, number>()
  for (let times = 0; times < 5_000; times += 1)
    for (const letter of newUserCode(gate.deps.chance).replace('-', ''))
      counts.set(letter, (counts.get(letter) ?? 0) + 1)
  assert.equal(counts.size, 20)
  for (const [letter, count] of counts) assert.ok(Math.abs(count - 2_000) < 300, `${letter}: ${count}`)
  for (const typed of ['WDJB-MJHT', 'wdjbmjht', ' wdjb mjht ', 'WD.JB_MJHT'])
    assert.equal(readUserCode(typed), 'WDJB-MJHT')
  for (const typed of ['', 'WDJB-MJH', 'WDJB-MJHTT', 'ADJB-MJHT', '1DJB-MJHT', 'ẂDJB-MJHT'])
    assert.equal(readUserCode(typed), null, typed)
})
