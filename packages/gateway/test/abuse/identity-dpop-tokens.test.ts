// Tokens that are bound to a key: RFC 9449.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  answered,
  authorizePath,
  codeAt,
  codeFor,
  get,
  introspected,
  post,
  push,
  pushedPath,
  redemption,
  type Answer,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'
import { digest, type Prover } from './prover.ts'
import { offline, openDpopDesk, type DpopDesk } from './dpop-desk.ts'

let gate: Gate
let shop: Application
let prover: Prover
let other: Prover
let bound: string
let tokenUrl: string
let infoUrl: string
let redeemWith: DpopDesk['redeemWith']
let infoWith: DpopDesk['infoWith']
let proveInfo: DpopDesk['proveInfo']
let app: Application

before(async () => {
  ;({ gate, shop, prover, other, bound, tokenUrl, infoUrl, redeemWith, infoWith, proveInfo } =
    await openDpopDesk())
  app = await gate.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
})
after(async () => {
  await gate.close()
})

async function refreshWith(application: Application, token: string, proof: string | null): Promise<Answer> {
  const { clientId, secret } = application
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: token,
    client_id: clientId,
    ...(secret === '' ? {} : { client_secret: secret }),
  }
  return await post(tokenUrl, fields, proof === null ? {} : { dpop: proof })
}

test('[identity 99] a bound token is good with a proof of its key and of itself alone', async () => {
  assert.equal((await infoWith(bound, await proveInfo())).status, 200)
  assert.equal((await infoWith(bound, await proveInfo(), 'dpop')).status, 200)
  const refusals: readonly (readonly [string, Answer, string])[] = [
    ['as Bearer', await infoWith(bound, await proveInfo(), 'Bearer'), 'invalid_token'],
    ['as Bearer without a proof', await infoWith(bound, null, 'Bearer'), 'invalid_token'],
    ['without a proof', await infoWith(bound, null), 'invalid_dpop_proof'],
    ['with a proof of another key', await infoWith(bound, await proveInfo({}, other)), 'invalid_token'],
    [
      'without ath',
      await infoWith(bound, await proveInfo({ claims: { ath: undefined } })),
      'invalid_dpop_proof',
    ],
    [
      'with the ath of another token',
      await infoWith(bound, await proveInfo({ claims: { ath: digest('another') } })),
      'invalid_dpop_proof',
    ],
    [
      'with a proof for POST',
      await infoWith(bound, await proveInfo({ claims: { htm: 'POST' } })),
      'invalid_dpop_proof',
    ],
    [
      'with a proof for the token endpoint',
      await infoWith(bound, await proveInfo({ claims: { htu: tokenUrl } })),
      'invalid_dpop_proof',
    ],
  ]
  for (const [words, { status, body }, error] of refusals)
    assert.deepEqual([status, body['error']], [401, error], words)
  const legacy = await get(`${gate.url}/api/userinfo`, { authorization: `Bearer ${bound}` })
  assert.deepEqual([legacy.status, legacy.body['error']], [400, 'invalid_request'])
})

test('[identity 99] a token that is not bound is no DPoP token', async () => {
  const { body } = await redeemWith(shop, null)
  const token = String(body['access_token'])
  assert.equal(body['token_type'], 'Bearer')
  const proof = await prover.prove({ url: infoUrl, method: 'GET', token })
  assert.equal((await infoWith(token, proof)).body['error'], 'invalid_token')
  assert.equal((await infoWith(token, null, 'Bearer')).status, 200)
})

test('introspection says to which key a token is bound', async () => {
  const { token_type: type, cnf } = await introspected(gate, shop, bound)
  assert.deepEqual([type, cnf], ['DPoP', { jkt: prover.jkt }])
})

test('[identity 99] an application that is registered for bound tokens gets no others, on any wire', async () => {
  const strictShop = await gate.application({ more: { dpopBound: true } })
  const { body } = await redeemWith(strictShop, null)
  assert.equal(body['error'], 'invalid_grant')
  assert.match(JSON.stringify(body['mend']), /proof is missing/)
  const code = await codeFor(await gate.signedIn(), strictShop)
  const proof = await prover.prove({ url: `${gate.url}/oauth/access-token` })
  const legacy = await post(`${gate.url}/oauth/access-token`, redemption(strictShop, code), { dpop: proof })
  assert.equal(legacy.body['error'], 'invalid_grant')
  const good = await redeemWith(strictShop, await prover.prove({ url: tokenUrl }))
  assert.equal(good.body['token_type'], 'DPoP')
  assert.equal(
    (await refreshWith(strictShop, String(good.body['refresh_token']), null)).body['error'],
    'invalid_grant',
  )
})

test('[identity 100] a public application refreshes with the key that it began with alone (fapi2 dpop)', async () => {
  const first = await redeemWith(app, await prover.prove({ url: tokenUrl }))
  const refresh = String(first.body['refresh_token'])
  for (const proof of [null, await other.prove({ url: tokenUrl })])
    assert.equal((await refreshWith(app, refresh, proof)).body['error'], 'invalid_grant')
  const second = await refreshWith(app, refresh, await prover.prove({ url: tokenUrl }))
  assert.deepEqual([second.status, second.body['token_type']], [200, 'DPoP'])
  const next = String(second.body['refresh_token'])
  assert.equal(
    (await refreshWith(app, next, await other.prove({ url: tokenUrl }))).body['error'],
    'invalid_grant',
  )
  assert.equal((await refreshWith(app, next, await prover.prove({ url: tokenUrl }))).status, 200)
})

test('an application with a secret may change its key at a refresh', async () => {
  const first = await redeemWith(shop, await prover.prove({ url: tokenUrl }))
  const second = await refreshWith(
    shop,
    String(first.body['refresh_token']),
    await other.prove({ url: tokenUrl }),
  )
  const { cnf } = await introspected(gate, shop, String(second.body['access_token']))
  assert.deepEqual(cnf, { jkt: other.jkt })
})

test('[identity 74] inside the window another key gets nothing, and the family lives on', async () => {
  const first = await redeemWith(shop, await prover.prove({ url: tokenUrl }))
  const refresh = String(first.body['refresh_token'])
  const second = await refreshWith(shop, refresh, await prover.prove({ url: tokenUrl }))
  for (const proof of [null, await other.prove({ url: tokenUrl })])
    assert.equal((await refreshWith(shop, refresh, proof)).body['error'], 'invalid_grant')
  const again = await refreshWith(shop, refresh, await prover.prove({ url: tokenUrl }))
  assert.deepEqual(again.body, second.body)
})

test('[identity 100] a code that names a key is redeemed with it alone (fapi2 ensure-mismatched-dpop-jkt-fails)', async () => {
  const named = { ...offline, dpop_jkt: prover.jkt }
  for (const one of [shop, app]) {
    const browser = await gate.signedIn()
    for (const path of [authorizePath(one, named), one === app ? '' : await pushedPath(gate, one, named)]) {
      if (path === '') continue
      const asked = redemption(one, await codeAt(browser, path))
      for (const headers of [{}, { dpop: await other.prove({ url: tokenUrl }) }]) {
        const { status, body } = await post(tokenUrl, asked, headers)
        assert.deepEqual([status, body['error']], [400, 'invalid_grant'])
      }
      const good = await post(tokenUrl, asked, { dpop: await prover.prove({ url: tokenUrl }) })
      assert.deepEqual([good.status, good.body['token_type']], [200, 'DPoP'])
      const token = String(good.body['access_token'])
      const proof = await prover.prove({ url: infoUrl, method: 'GET', token })
      assert.equal((await infoWith(token, proof)).body['sub'], gate.account.id)
      if (one === shop) assert.deepEqual((await introspected(gate, one, token))['cnf'], { jkt: prover.jkt })
    }
  }
})

test('[identity 100] what is no thumbprint of a key is refused where it is asked for, and at the push', async () => {
  const browser = await gate.signedIn()
  for (const thumbprint of ['short', `${prover.jkt}=`, `${prover.jkt}A`, prover.jkt.replace(/^./, '+')]) {
    const back = answered(await browser.get(authorizePath(shop, { dpop_jkt: thumbprint })))
    assert.deepEqual(
      [back['error'], back['error_description']],
      ['invalid_request', 'dpop_jkt is not the base64url of a SHA-256.'],
    )
    const { status, body } = await push(gate, shop, { dpop_jkt: thumbprint })
    assert.deepEqual([status, body['error']], [400, 'invalid_request'], thumbprint)
  }
})

test('browsers may send proofs from other origins', async () => {
  const answer = await fetch(tokenUrl, { method: 'OPTIONS' })
  assert.match(answer.headers.get('access-control-allow-headers') ?? '', /\bdpop\b/)
})
