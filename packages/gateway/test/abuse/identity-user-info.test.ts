// ID tokens and user information.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import {
  claimsOf,
  codeFor,
  get,
  openGate,
  post,
  redeem,
  tokensFor,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
let shop: Application

before(async () => {
  gate = await openGate()
  shop = await gate.application()
})
after(async () => {
  await gate.close()
})

test('[identity 87] an ID token is no access token', async () => {
  const { id } = await tokensFor(gate, shop)
  const answer = await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${id}` })
  assert.equal(answer.status, 401)
  assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer realm="Lango", error="invalid_token"/)
  assert.equal((await get(`${gate.url}/api/userinfo?access_token=${id}`)).status, 400)
})

test('[identity 88] a token without openid is refused where the person is told of', async () => {
  const { body } = await redeem(gate, shop, await codeFor(await gate.signedIn(), shop, { scope: 'email' }))
  assert.equal('id_token' in body, false)
  const answer = await get(`${gate.url}/oauth/userinfo`, {
    authorization: `Bearer ${String(body['access_token'])}`,
  })
  assert.deepEqual([answer.status, answer.body['error']], [403, 'insufficient_scope'])
})

test('[identity 89] user information: no token in the address; header and body are both read; sub is the ID token’s', async () => {
  const { access, id } = await tokensFor(gate, shop)
  const address = `${gate.url}/oauth/userinfo`
  const inQuery = await get(`${address}?access_token=${access}`)
  assert.equal(inQuery.status, 401)
  assert.equal(
    inQuery.headers.get('www-authenticate'),
    'Bearer realm="Lango", DPoP realm="Lango", algs="ES256 PS256 EdDSA Ed25519"',
  )
  const answers = [
    await get(address, { authorization: `Bearer ${access}` }),
    await post(address, '', { authorization: `Bearer ${access}` }),
    await post(address, { access_token: access }),
  ]
  for (const answer of answers) {
    assert.equal(answer.status, 200)
    assert.equal(answer.body['sub'], claimsOf(id)['sub'])
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  }
  const twice = await post(address, { access_token: access }, { authorization: `Bearer ${access}` })
  assert.deepEqual([twice.status, twice.body['error']], [400, 'invalid_request'])
})

test('[identity 90] the scheme of a Bearer is read in any case, and nothing loose about it', async () => {
  const { access } = await tokensFor(gate, shop)
  for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEaReR']) {
    assert.equal(
      (await get(`${gate.url}/oauth/userinfo`, { authorization: `${scheme} ${access}` })).status,
      200,
    )
  }
  for (const header of [
    `Bearer${access}`,
    `Bearer "${access}"`,
    `Bearer ${access},${access}`,
    `Basic ${access}`,
    access,
  ]) {
    assert.equal(
      (await get(`${gate.url}/oauth/userinfo`, { authorization: header })).status,
      400,
      header.slice(0, 10),
    )
  }
})

test('[identity 91] an ID token says who, for whom, when and for which request, and its signature holds', async () => {
  for (const alg of ['RS256', 'ES256'] as const) {
    const application = await gate.application({ idTokenAlg: alg })
    const nonce = 'nonce "with" änything'
    const { access, id } = await tokensFor(gate, application, { nonce })
    const keys = createRemoteJWKSet(new URL(`${gate.url}/oauth/jwks`))
    const { payload, protectedHeader } = await jwtVerify(id, keys, {
      issuer: gate.url,
      audience: application.clientId,
      currentDate: new Date(gate.deps.clock.now().epochMs),
    })
    assert.deepEqual([protectedHeader.alg, protectedHeader.typ], [alg, 'JWT'])
    const now = Math.floor(gate.deps.clock.now().epochMs / 1000)
    const { sid, ...rest } = payload
    assert.match(String(sid), /^[\w-]{43}$/)
    assert.deepEqual(rest, {
      iss: gate.url,
      sub: gate.account.id,
      aud: application.clientId,
      azp: application.clientId,
      iat: now,
      exp: now + 3600,
      auth_time: now,
      acr: 'aal1',
      amr: ['pwd'],
      nonce,
      at_hash: createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url'),
    })
  }
  const { id } = await tokensFor(gate, shop)
  assert.equal('nonce' in claimsOf(id), false)
})
