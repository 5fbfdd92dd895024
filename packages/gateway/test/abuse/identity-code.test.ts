// Codes and PKCE.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Database } from '../../src/base/db.ts'
import { seconds } from '../../src/base/time.ts'
import type { Deps } from '../../src/core/deps.ts'
import { proofOf } from '../../src/core/client/client-credentials.ts'
import { grantTokens } from '../../src/core/token/grant-tokens.ts'
import { strict, type GrantPolicy } from '../../src/core/token/grant.ts'
import { spendCodes } from '../../src/core/token/redeem.sql.ts'
import { familyOf, newToken } from '../../src/core/token/token.ts'
import { openLog } from '../../src/outside/log.ts'
import { must } from '../world.ts'
import {
  answered,
  authorizePath,
  codeFor,
  get,
  introspected,
  openGate,
  post,
  redeem,
  redemption,
  saidBy,
  refreshed,
  tokensFor,
  verifier,
  type Answer,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
let shop: Application
let other: Application
let legacy: Application
let native: Application
const logged: string[] = []

before(async () => {
  gate = await openGate({
    log: openLog({ mode: 'sandbox', level: 'info', write: (line: string) => logged.push(line) }),
  })
  shop = await gate.application()
  other = await gate.application({ name: 'Other' })
  legacy = await gate.application({ name: 'Legacy', allowances: ['no-pkce', 'no-state'] })
  native = await gate.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
})
after(async () => {
  await gate.close()
})

async function code(application = shop, changed = {}): Promise<string> {
  return await codeFor(await gate.signedIn(), application, changed)
}

function refusedAs(answer: Answer, error: string): void {
  assert.equal(answer.status, error === 'invalid_client' ? 401 : 400)
  assert.equal(answer.body['error'], error)
}

test('[identity 39] a code that is used again at once is refused (oidcc-codereuse)', async () => {
  const once = await code()
  assert.equal((await redeem(gate, shop, once)).status, 200)
  refusedAs(await redeem(gate, shop, once), 'invalid_grant')
})

test('[identity 40] a code that is used again after 30 seconds takes back what it gave (oidcc-codereuse-30seconds)', async () => {
  const once = await code(shop, { scope: 'openid offline_access' })
  const { body } = await redeem(gate, shop, once)
  const access = String(body['access_token'])
  assert.equal((await introspected(gate, shop, access))['active'], true)
  gate.pass(seconds(30))
  refusedAs(await redeem(gate, shop, once), 'invalid_grant')
  assert.deepEqual(await introspected(gate, shop, access), { active: false })
  refusedAs(await refreshed(gate, shop, String(body['refresh_token'])), 'invalid_grant')
})

test('[identity 41] of 20 parallel redemptions of one code exactly one is answered 200', async () => {
  const once = await code()
  const answers = await Promise.all(Array.from({ length: 20 }, async () => await redeem(gate, shop, once)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  assert.equal(answers.filter(({ body }) => body['error'] === 'invalid_grant').length, 19)
})

test('[identity 41] twenty codes redeemed at once give twenty different answers, each its own', async () => {
  const browser = await gate.signedIn()
  const codes: string[] = []
  for (let place = 0; place < 20; place += 1)
    codes.push(await codeFor(browser, shop, { nonce: `n-${place}` }))
  const answers = await Promise.all(codes.map(async (each) => await redeem(gate, shop, each)))
  const nonces = answers.map(({ body }) => claims(body['id_token'])['nonce'])
  assert.deepEqual(
    nonces,
    codes.map((_code, place) => `n-${place}`),
  )
  assert.equal(new Set(answers.map(({ body }) => body['access_token'])).size, 20)
})

test('[identity 42] a process that dies before the commit leaves the code as it was', async () => {
  const once = await code()
  const item = {
    familyId: familyOf('code', once) ?? '',
    hash: gate.deps.digests.sha256(once),
    by: proofOf(gate.deps.digests, { ...saidBy(shop), asserted: false }),
    attemptId: gate.deps.ids.next(),
    accessHash: gate.deps.digests.sha256('an access token'),
    accessExpiresAt: gate.deps.clock.now(),
    refreshHash: null,
    refreshExpiresAt: gate.deps.clock.now(),
    jkt: null,
    resources: null,
    redirectUri: shop.redirectUri,
    challenge: createHash('sha256').update(verifier).digest('base64url'),
  } as const
  await assert.rejects(
    gate.deps.db.transaction(async (tx) => {
      const [spent] = await spendCodes(tx, [item], { now: gate.deps.clock.now(), issuer: gate.url })
      assert.equal(spent?.granted?.accountId, gate.account.id)
      throw new Error('killed')
    }),
  )
  assert.equal((await redeem(gate, shop, once)).status, 200)
})

test('[identity 42] an attempt whose connection died after the commit gets its first answer and is no replay', async () => {
  const once = await code(shop, { scope: 'openid offline_access' })
  let lost = 0
  const db: Database = {
    ...gate.deps.db,
    query: async (statement, values) => {
      const rows = await gate.deps.db.query(statement, values)
      if (statement.name === 'code_redeem' && lost++ === 0)
        throw new Error('Connection terminated unexpectedly')
      return rows
    },
  }
  const deps: Deps = { ...gate.deps, db }
  const by = saidBy(shop)
  const policy: GrantPolicy = { ...strict, describe: () => ({}) }
  const redirectUri = shop.redirectUri
  const more = { resources: null, jkt: null }
  const request = { grant: 'code', code: once, redirectUri, verifier, ...more } as const
  const tokens = must(await grantTokens(deps, by, request, policy))
  assert.equal(lost, 2)
  assert.equal((await introspected(gate, shop, tokens.accessToken))['active'], true)
  assert.equal((await refreshed(gate, shop, tokens.refreshToken ?? '')).status, 200)
})

test('[identity 43] a code lives for 60 seconds and not one more (fapi2 ensure-token-endpoint-fails-with-expired-auth-code)', async () => {
  const browser = await gate.signedIn()
  const [inTime, late] = [await codeFor(browser, shop), await codeFor(browser, shop)]
  gate.pass(seconds(59.999))
  assert.equal((await redeem(gate, shop, inTime)).status, 200)
  gate.pass(seconds(0.001))
  refusedAs(await redeem(gate, shop, late), 'invalid_grant')
})

test('[identity 44] another application gets nothing for a code, and does not burn it (fapi2 ensure-authorization-code-is-bound-to-client)', async () => {
  const once = await code()
  refusedAs(await redeem(gate, other, once, { redirect_uri: shop.redirectUri }), 'invalid_grant')
  refusedAs(await redeem(gate, { ...shop, secret: 'sec_wrong' }, once), 'invalid_client')
  refusedAs(await redeem(gate, shop, once, { client_secret: '' }), 'invalid_client')
  assert.equal((await redeem(gate, shop, once)).status, 200)
  refusedAs(await redeem(gate, other, once), 'invalid_grant')
  assert.equal(
    logged.some((line) => line.includes(once)),
    false,
  )
})

const wrongAtToken: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] = [
  ['[identity 45]', 'another address', { redirect_uri: 'https://shop.example/other' }, 'invalid_grant'],
  ['[identity 45]', 'no address', { redirect_uri: '' }, 'invalid_grant'],
  [
    '[identity 46]',
    'no verifier (fapi2 ensure-pkce-code-verifier-required)',
    { code_verifier: '' },
    'invalid_grant',
  ],
  [
    '[identity 47]',
    'a wrong verifier (fapi2 incorrect-pkce-code-verifier-rejected)',
    { code_verifier: randomBytes(32).toString('base64url') },
    'invalid_grant',
  ],
  ['[identity 51]', 'a verifier of 42 characters', { code_verifier: 'v'.repeat(42) }, 'invalid_request'],
  ['[identity 51]', 'a verifier of 129 characters', { code_verifier: 'v'.repeat(129) }, 'invalid_request'],
  ['[identity 51]', 'a verifier with a blank', { code_verifier: `${'v'.repeat(42)} ` }, 'invalid_request'],
]
for (const [number, what, changed, error] of wrongAtToken) {
  test(`${number} a code with ${what} gives nothing, and stays good for its owner`, async () => {
    const once = await code()
    refusedAs(await redeem(gate, shop, once, changed), error)
    assert.equal((await redeem(gate, shop, once)).status, 200)
  })
}

test('[identity 45] only an allowance lets another registered address pass, and never an unregistered one', async () => {
  const uris = ['https://a.example/back', 'https://b.example/back']
  const lenient = await gate.application({
    redirectUris: uris,
    allowances: ['other-registered-redirect-at-token'],
  })
  const exact = await gate.application({ redirectUris: uris })
  refusedAs(await redeem(gate, exact, await code(exact), { redirect_uri: uris[1] ?? '' }), 'invalid_grant')
  const once = await code(lenient)
  refusedAs(await redeem(gate, lenient, once, { redirect_uri: 'https://c.example/back' }), 'invalid_grant')
  refusedAs(await redeem(gate, lenient, once, { redirect_uri: '' }), 'invalid_grant')
  assert.equal((await redeem(gate, lenient, once, { redirect_uri: uris[1] ?? '' })).status, 200)
})

test('[identity 48] a verifier without a challenge is refused: nobody takes PKCE out of a request unseen', async () => {
  const once = await code(legacy, { code_challenge: '', code_challenge_method: '' })
  refusedAs(await redeem(gate, legacy, once), 'invalid_grant')
  assert.equal((await redeem(gate, legacy, once, { code_verifier: '' })).status, 200)
})

test('[identity 50] PKCE and a tie to the browser are left out only where an operator allowed it', async () => {
  const bare = { code_challenge: '', code_challenge_method: '', state: '' }
  const browser = await gate.signedIn()
  assert.equal(answered(await browser.get(authorizePath(shop, bare)))['error'], 'invalid_request')
  assert.equal(answered(await browser.get(authorizePath(native, bare)))['error'], 'invalid_request')
  assert.ok(await codeFor(browser, legacy, bare))
  const noPkce = await gate.application({ allowances: ['no-pkce'] })
  const answer = answered(await browser.get(authorizePath(noPkce, bare)))
  assert.match(answer['error_description'] ?? '', /state, a nonce or PKCE/)
  assert.ok(await codeFor(browser, noPkce, { ...bare, nonce: 'n' }))
  assert.ok(await codeFor(browser, noPkce, { ...bare, state: 's' }))
  // PKCE alone is enough (fapi2 ensure-authorization-request-without-state-success).
  assert.ok(await codeFor(browser, shop, { state: '' }))
})

test('[identity 53] no code, token, verifier or secret stands in a log', async () => {
  const once = await code(shop, { scope: 'openid offline_access' })
  await redeem(gate, shop, once)
  const { body } = await redeem(gate, shop, once)
  await redeem(gate, { ...shop, secret: 'sec_a-wrong-guess' }, once)
  await get(`${gate.url}/api/userinfo?access_token=lat_nonsense`)
  const all = logged.join('\n')
  assert.match(all, /used twice/)
  for (const secret of [once, shop.secret, verifier, 'sec_a-wrong-guess', 'lat_nonsense'])
    assert.ok(!all.includes(secret))
  assert.ok(!JSON.stringify(body).includes(once))
})

test('[identity 54] codes have 256 random bits that tell nothing of each other', () => {
  const { chance, ids } = gate.deps
  const family = ids.next()
  const codes = Array.from({ length: 20_000 }, () => newToken('code', family, chance))
  assert.equal(new Set(codes).size, codes.length)
  const bytes = codes.map((each) => Buffer.from(each.slice(36, 79), 'base64url'))
  assert.ok(bytes.every((secret) => secret.length === 32))
  const ones = bytes.reduce(
    (sum, secret) =>
      sum + secret.reduce((bits, byte) => bits + byte.toString(2).replaceAll('0', '').length, 0),
    0,
  )
  assert.ok(Math.abs(ones / (codes.length * 256) - 0.5) < 0.002)
})

test('[identity 55] a code is no token, an access token no refresh token, a refresh token no access token', async () => {
  const { access, refresh } = await tokensFor(gate, shop, { scope: 'openid offline_access' })
  const fresh = await code()
  for (const wrong of [access, refresh]) refusedAs(await redeem(gate, shop, wrong), 'invalid_grant')
  for (const wrong of [access, fresh]) refusedAs(await refreshed(gate, shop, wrong), 'invalid_grant')
  for (const wrong of [refresh, fresh]) {
    assert.equal((await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${wrong}` })).status, 401)
    assert.equal((await get(`${gate.url}/api/userinfo?access_token=${wrong}`)).status, 400)
  }
  assert.deepEqual(await introspected(gate, shop, fresh), { active: false })
  assert.equal((await redeem(gate, shop, fresh)).status, 200)
})

test('[identity 57] a parameter in query and body at once is refused, and the standard endpoint reads no query', async () => {
  const once = await code()
  const fields = redemption(shop, once)
  for (const name of ['client_secret', 'code', 'grant_type']) {
    const query = new URLSearchParams({ [name]: fields[name] ?? '' }).toString()
    const answer = await post(`${gate.url}/oauth/access-token?${query}`, fields)
    refusedAs(answer, 'invalid_request')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  }
  const everything = new URLSearchParams(fields).toString()
  refusedAs(await post(`${gate.url}/oauth/token?${everything}`, ''), 'invalid_client')
  refusedAs(await post(`${gate.url}/oauth/token`, `${everything}&code=${once}`, form), 'invalid_request')
  assert.equal((await post(`${gate.url}/oauth/token`, fields)).status, 200)
})

const form = { 'content-type': 'application/x-www-form-urlencoded' }

function claims(idToken: unknown): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(String(idToken).split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >
}
