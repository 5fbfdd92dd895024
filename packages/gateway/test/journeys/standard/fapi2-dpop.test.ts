// The FAPI 2.0 Security Profile, final: what its proofs of a key (RFC 9449) are held to, and what a code is bound to.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { epochSeconds } from '../../../src/base/time.ts'
import { openProver, type Changed, type Prover } from '../../abuse/prover.ts'
import type { Browser } from '../account/town.ts'
import { accessOf, assertNo, openBank, type Bank } from './bank.ts'
import {
  answered,
  get,
  openGate,
  pathOf,
  post,
  press,
  redeem,
  redemption,
  requestOf,
  type Gate,
} from './gate.ts'

let gate: Gate
let browser: Browser
let bank: Bank
let other: Prover

before(async () => {
  gate = await openGate()
  browser = await gate.signedIn()
  bank = await openBank(gate, browser)
  other = await openProver(gate.deps.clock.now)
})
after(async () => {
  await gate.close()
})

const now = (): number => epochSeconds(gate.deps.clock.now())
const infoUrl = (): string => `${gate.url}/oauth/userinfo`
const atToken = async (changed?: Changed, by = bank.prover) => await by.prove({ url: bank.tokenUrl }, changed)
const atPar = async (by = bank.prover) => await by.prove({ url: bank.parUrl })
const atInfo = async (token: string, changed?: Changed, by = bank.prover) =>
  await by.prove({ url: infoUrl(), method: 'GET', token }, changed)

test('fapi2-security-profile-final-ensure-holder-of-key-required: no proof, no token', async () => {
  const code = await bank.code()
  assertNo(await bank.redeem(code, {}, null), [400, 'invalid_grant'])
  // The other wire knows bearers alone, so it has nothing for her bank, whatever comes along.
  const dpop = await bank.prover.prove({ url: `${gate.url}/oauth/access-token` })
  const fields = { ...redemption(bank.application, code), ...(await bank.shop.assert()) }
  assertNo(await post(`${gate.url}/oauth/access-token`, fields, { dpop }), [400, 'invalid_grant'])
  const token = accessOf(await bank.redeem(code))
  assertNo(await get(infoUrl(), { authorization: `Bearer ${token}` }), [401, 'invalid_token'])
})

test('fapi2-security-profile-final-access-token-type-header-case-sensitivity: DPoP in any letters', async () => {
  const token = accessOf(await bank.redeem(await bank.code()))
  for (const scheme of ['DPoP', 'dpop', 'DPOP', 'dPoP'])
    assert.equal((await bank.info(token, undefined, scheme)).status, 200, scheme)
})

test('fapi2-security-profile-final-ensure-dpop-auth-code-binding-success: dpop_jkt names the key', async () => {
  const code = await bank.code({ dpop_jkt: bank.prover.jkt })
  assert.equal((await bank.info(accessOf(await bank.redeem(code)))).status, 200)
})

test('fapi2-security-profile-final-ensure-dpopproof-at-par-endpoint-binding-success: so does a proof at the push', async () => {
  const code = await bank.code({}, await atPar())
  accessOf(await bank.redeem(code))
  const both = await bank.code({ dpop_jkt: bank.prover.jkt }, await atPar())
  accessOf(await bank.redeem(both))
})

test('fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-jkt: another key gets nothing', async () => {
  const code = await bank.code({ dpop_jkt: bank.prover.jkt })
  assertNo(await bank.redeem(code, {}, await atToken({}, other)), [400, 'invalid_grant'])
  accessOf(await bank.redeem(code))
})

test('fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt: nor after a proof at the push', async () => {
  const code = await bank.code({}, await atPar())
  assertNo(await bank.redeem(code, {}, await atToken({}, other)), [400, 'invalid_grant'])
  assertNo(await bank.redeem(code, {}, null), [400, 'invalid_grant'])
  accessOf(await bank.redeem(code))
})

test('fapi2-security-profile-final-ensure-mismatched-dpop-jkt-fails: a push cannot prove one key and name another', async () => {
  const answer = await bank.push({ dpop_jkt: other.jkt }, await atPar())
  assert.equal(answer.status, 400)
  assert.deepEqual(answer.body, {
    error: 'invalid_request',
    error_description: 'dpop_jkt names another key than the proof that came along.',
  })
})

test('a proof at the push is for the push, good once, and binds whatever application brings it', async () => {
  assertNo(await bank.push({}, await atToken()), [400, 'invalid_dpop_proof'])
  assertNo(await bank.push({}, 'nonsense'), [400, 'invalid_dpop_proof'])
  const proof = await atPar()
  assert.equal((await bank.push({}, proof)).status, 201)
  assertNo(await bank.push({}, proof), [400, 'invalid_dpop_proof'])
  // A stranger's proof is not looked at before the application has proved itself.
  const assertion = await bank.shop.assert({ aud: 'https://elsewhere.example' })
  assertNo(await bank.push({}, 'nonsense', assertion), [401, 'invalid_client'])
  assert.equal((await bank.push({ dpop_jkt: '' }, await atPar())).status, 201, 'an empty name is none')
})

for (const [module, offset] of [
  ['fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-after-succeeds', 10],
  ['fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-before-succeeds', -10],
] as const) {
  test(`${module}: clocks may differ`, async () => {
    const changed = { claims: { iat: now() + offset } }
    const token = accessOf(await bank.redeem(await bank.code(), {}, await atToken(changed)))
    assert.equal((await bank.info(token, await atInfo(token, changed))).status, 200)
  })
}

test('fapi2-security-profile-final-check-dpop-proof-nbf-exp: where a proof names its time, it is held to it', async () => {
  const good = { claims: { nbf: now() - 10, exp: now() + 60 } }
  const bad = [{ exp: now() - 1 }, { nbf: now() + 3600 }, { exp: 'soon' }, { nbf: 'now' }]
  const code = await bank.code()
  for (const claims of bad)
    assertNo(
      await bank.redeem(code, {}, await atToken({ claims })),
      [400, 'invalid_dpop_proof'],
      JSON.stringify(claims),
    )
  const token = accessOf(await bank.redeem(code, {}, await atToken(good)))
  for (const claims of bad)
    assertNo(await bank.info(token, await atInfo(token, { claims })), [401, 'invalid_dpop_proof'])
  assert.equal((await bank.info(token, await atInfo(token, good))).status, 200)
})

/** What is wrong at both endpoints. */
const wrong: readonly (readonly [string, () => Changed])[] = [
  ['no typ', () => ({ header: { typ: undefined } })],
  ['another typ', () => ({ header: { typ: 'jwt' } })],
  ['no jwk', () => ({ header: { jwk: undefined } })],
  ['a private jwk', () => ({ header: { jwk: { ...bank.prover.jwk, d: 'AAAA' } } })],
  ['a symmetric jwk', () => ({ header: { jwk: { kty: 'oct', k: 'AAAA' } } })],
  ['the jwk of another key', () => ({ header: { jwk: other.jwk } })],
  ['no jti', () => ({ claims: { jti: undefined } })],
  ['no htm', () => ({ claims: { htm: undefined } })],
  ['another htm', () => ({ claims: { htm: 'PUT' } })],
  ['no htu', () => ({ claims: { htu: undefined } })],
  ['another htu', () => ({ claims: { htu: `${gate.url}/elsewhere` } })],
  ['no iat', () => ({ claims: { iat: undefined } })],
  ['an iat a day ago', () => ({ claims: { iat: now() - 86_400 } })],
  ['an iat in a day', () => ({ claims: { iat: now() + 86_400 } })],
]

test('fapi2-security-profile-final-dpop-negative-tests: a wrong proof gets no token, and does not burn the code', async () => {
  const code = await bank.code()
  for (const [words, changed] of wrong)
    assertNo(await bank.redeem(code, {}, await atToken(changed())), [400, 'invalid_dpop_proof'], words)
  const rs256 = await openProver(gate.deps.clock.now, 'RS256')
  assertNo(await bank.redeem(code, {}, await atToken({}, rs256)), [400, 'invalid_dpop_proof'], 'RS256')
  const [, payload = ''] = (await atToken()).split('.')
  const head = Buffer.from(JSON.stringify({ typ: 'dpop+jwt', alg: 'none', jwk: bank.prover.jwk }))
  const unsigned = `${head.toString('base64url')}.${payload}.`
  assertNo(await bank.redeem(code, {}, unsigned), [400, 'invalid_dpop_proof'], 'none')
  const proof = await atToken()
  accessOf(await bank.redeem(code, {}, proof))
  assertNo(await bank.redeem(await bank.code(), {}, proof), [400, 'invalid_dpop_proof'], 'used before')
})

test('a wrong proof is told nothing about her (fapi2-security-profile-final-dpop-negative-tests)', async () => {
  const token = accessOf(await bank.redeem(await bank.code()))
  const proofs: (readonly [string, string])[] = [
    ['without ath', await atInfo(token, { claims: { ath: undefined } })],
    ['with the ath of another token', await atInfo('lat_other')],
  ]
  for (const [words, changed] of wrong) proofs.push([words, await atInfo(token, changed())])
  for (const [words, proof] of proofs)
    assertNo(await bank.info(token, proof), [401, 'invalid_dpop_proof'], words)
  assertNo(await bank.info(token, null), [401, 'invalid_dpop_proof'])
  assertNo(await bank.info(token, await atInfo(token, {}, other)), [401, 'invalid_token'])
  const proof = await atInfo(token)
  assert.equal((await bank.info(token, proof)).status, 200)
  assertNo(await bank.info(token, proof), [401, 'invalid_dpop_proof'], 'used before')
})

test('an application outside of the profile may bind its code by a proof at the push too', async () => {
  const shop = await gate.application({ name: 'Duka' })
  const fields = { ...requestOf(shop), client_secret: shop.secret }
  const pushed = await post(bank.parUrl, fields, { dpop: await atPar(other) })
  assert.equal(pushed.status, 201)
  const page = await browser.get(pathOf(shop, String(pushed.body['request_uri'])))
  const { code = '' } = answered(await press(browser, page, 'proceed'))
  assertNo(await redeem(gate, shop, code), [400, 'invalid_grant'])
  const asked = redemption(shop, code)
  assertNo(await post(bank.tokenUrl, asked, { dpop: await atToken() }), [400, 'invalid_grant'])
  accessOf(await post(bank.tokenUrl, asked, { dpop: await atToken({}, other) }))
})
