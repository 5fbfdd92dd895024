// Proofs of possession: RFC 9449. Names in brackets are those of fapi2-security-profile-final-dpop-negative-tests.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { openWorld } from '../world.ts'
import { get, type Application, type Gate } from '../journeys/standard/gate.ts'
import { openProver, type Changed, type Prover } from './prover.ts'
import { openDpopDesk, type DpopDesk } from './dpop-desk.ts'

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

before(async () => {
  ;({ gate, shop, prover, other, bound, tokenUrl, infoUrl, redeemWith, infoWith, proveInfo } =
    await openDpopDesk())
})
after(async () => {
  await gate.close()
})

const nowSeconds = (): number => Math.floor(gate.deps.clock.now().epochMs / 1000)

/** Each with what is wrong, and what the answer says of it. */
const wrong: readonly (readonly [string, () => Changed, RegExp])[] = [
  ['no typ', () => ({ header: { typ: undefined } }), /typ/],
  ['typ JWT', () => ({ header: { typ: 'JWT' } }), /typ/],
  ['no jwk', () => ({ header: { jwk: undefined } }), /no public key/],
  ['a jwk that is a text', () => ({ header: { jwk: 'text' } }), /public key/],
  ['a symmetric jwk', () => ({ header: { jwk: { kty: 'oct', k: 'AAAA' } } }), /private/],
  ['a private jwk', () => ({ header: { jwk: { ...prover.jwk, d: 'AAAA' } } }), /private/],
  ['the jwk of another key', () => ({ header: { jwk: other.jwk } }), /signature/],
  [
    'an unknown critical member',
    () => ({ header: { crit: ['made-up'], 'made-up': 1 } }),
    /single signed JWT/,
  ],
  ['no jti', () => ({ claims: { jti: undefined } }), /jti/],
  ['an empty jti', () => ({ claims: { jti: '' } }), /jti/],
  ['a jti that is a number', () => ({ claims: { jti: 1 } }), /jti/],
  ['an endless jti', () => ({ claims: { jti: 'j'.repeat(301) } }), /jti/],
  ['no htm', () => ({ claims: { htm: undefined } }), /htm/],
  ['another htm', () => ({ claims: { htm: 'PUT' } }), /htm/],
  ['htm in small letters', () => ({ claims: { htm: 'post' } }), /htm/],
  ['no htu', () => ({ claims: { htu: undefined } }), /htu/],
  ['another htu', () => ({ claims: { htu: `${gate.url}/oauth/other` } }), /htu/],
  ['an htu of another host', () => ({ claims: { htu: 'https://evil.example/oauth/token' } }), /htu/],
  ['an htu with a name before the host', () => ({ claims: { htu: tokenUrl.replace('//', '//me@') } }), /htu/],
  ['an htu that is a number', () => ({ claims: { htu: 7 } }), /htu/],
  ['an htu that is a path', () => ({ claims: { htu: '/oauth/token' } }), /htu/],
  ['no iat', () => ({ claims: { iat: undefined } }), /iat/],
  ['an iat that is a text', () => ({ claims: { iat: String(nowSeconds()) } }), /iat/],
  ['an iat an hour ago', () => ({ claims: { iat: nowSeconds() - 3600 } }), /too long ago/],
  ['an iat in an hour', () => ({ claims: { iat: nowSeconds() + 3600 } }), /future/],
  ['an iat 61 seconds ago', () => ({ claims: { iat: nowSeconds() - 61 } }), /too long ago/],
  ['an iat in 61 seconds', () => ({ claims: { iat: nowSeconds() + 61 } }), /future/],
  ['an exp that has passed', () => ({ claims: { exp: nowSeconds() - 1 } }), /exp/],
  ['an nbf in an hour', () => ({ claims: { nbf: nowSeconds() + 3600 } }), /nbf/],
]

for (const [words, changed, because] of wrong) {
  test(`[identity 99] a proof with ${words} is refused at the token endpoint`, async () => {
    const { status, body } = await redeemWith(shop, await prover.prove({ url: tokenUrl }, changed()))
    assert.deepEqual([status, body['error']], [400, 'invalid_dpop_proof'])
    assert.match(String(body['error_description']), because)
  })
}

/** As it was made for user information: a wrong address or method there means another. */
for (const [words, changed, because] of wrong.filter(([name]) => !/htm|htu/.test(name))) {
  test(`[identity 99] a proof with ${words} is refused at user information`, async () => {
    const answer = await infoWith(bound, await proveInfo(changed()))
    assert.deepEqual([answer.status, answer.body['error']], [401, 'invalid_dpop_proof'])
    assert.match(String(answer.body['error_description']), because)
    assert.match(
      answer.headers.get('www-authenticate') ?? '',
      /^DPoP realm="Lango", algs="ES256 PS256 EdDSA Ed25519", error="invalid_dpop_proof"/,
    )
  })
}

test('[identity 99] a proof without a signature, under a shared secret, by an algorithm that is not served or with more around it is refused', async () => {
  const good = await prover.prove({ url: tokenUrl })
  const [, payload = '', signature = ''] = good.split('.')
  const head = (members: object) =>
    Buffer.from(JSON.stringify({ typ: 'dpop+jwt', jwk: prover.jwk, ...members })).toString('base64url')
  const rs256 = await openProver(gate.deps.clock.now, 'RS256')
  for (const proof of [
    `${head({ alg: 'none' })}.${payload}.`,
    `${head({ alg: 'HS256' })}.${payload}.${signature}`,
    await rs256.prove({ url: tokenUrl }),
    `${good}.${signature}`,
    `${good}, ${await prover.prove({ url: tokenUrl })}`,
    `${good.slice(0, -4)}AAAA`,
    'nonsense',
    'a'.repeat(4097),
    '',
  ]) {
    const { status, body } = await redeemWith(shop, proof)
    assert.deepEqual([status, body['error']], [400, 'invalid_dpop_proof'], proof.slice(0, 60))
  }
})

/** What another spelling or clock may differ in. */
const tolerated: readonly (readonly [string, () => Changed])[] = [
  ['an iat 10 seconds ahead', () => ({ claims: { iat: nowSeconds() + 10 } })],
  ['an iat 10 seconds ago', () => ({ claims: { iat: nowSeconds() - 10 } })],
  ['an iat with fractions', () => ({ claims: { iat: nowSeconds() + 0.5 } })],
  ['a query in htu', () => ({ claims: { htu: `${tokenUrl}?a=b` } })],
  ['a fragment in htu', () => ({ claims: { htu: `${tokenUrl}#part` } })],
  ['capitals in scheme and host', () => ({ claims: { htu: tokenUrl.replace('http:', 'HTTP:') } })],
  ['escapes that need none in htu', () => ({ claims: { htu: tokenUrl.replace('token', '%74oken') } })],
  [
    'dots in htu that lead to the same place',
    () => ({ claims: { htu: tokenUrl.replace('token', 'x/../token') } }),
  ],
  [
    'claims that we do not know, and a nonce that we did not give',
    () => ({ claims: { nonce: 'n', more: [1] } }),
  ],
]

for (const [words, changed] of tolerated) {
  test(`[identity 99] a proof with ${words} is good`, async () => {
    assert.equal((await redeemWith(shop, await prover.prove({ url: tokenUrl }, changed()))).status, 200)
  })
}

for (const alg of ['ES256', 'PS256', 'EdDSA', 'Ed25519']) {
  test(`[identity 99] [identity 96] a proof by ${alg}, as discovery says, is good`, async () => {
    const one = await openProver(gate.deps.clock.now, alg)
    const { body } = await redeemWith(shop, await one.prove({ url: tokenUrl }))
    assert.equal(body['token_type'], 'DPoP')
    const { body: metadata } = await get(`${gate.url}/.well-known/openid-configuration`)
    assert.ok((metadata['dpop_signing_alg_values_supported'] as string[]).includes(alg))
  })
}

test('[identity 99] a proof is good once, in all processes and of twenty at once', async (t) => {
  const second = await openWorld({ databaseUrl: gate.databaseUrl, clock: gate.deps.clock })
  t.after(second.close)
  const proof = await proveInfo()
  const ask = async (place: number): Promise<number> => {
    const headers = { authorization: `DPoP ${bound}`, dpop: proof }
    // The other process answers at its own address, and expects that in the proof.
    return (await get(place % 2 === 0 ? infoUrl : `${second.url}/oauth/userinfo`, headers)).status
  }
  const statuses = await Promise.all(Array.from({ length: 20 }, (_, place) => ask(place)))
  assert.equal(statuses.filter((status) => status === 200).length, 1)
  const proofForToken = await prover.prove({ url: tokenUrl })
  assert.equal((await redeemWith(shop, proofForToken)).status, 200)
  const { body } = await redeemWith(shop, proofForToken)
  assert.match(String(body['error_description']), /jti is not new/)
})

test('[identity 99] a short RSA key proves nothing', async () => {
  const { publicKey } = await generateKeyPair('PS256', { modulusLength: 2048 })
  const jwk = await exportJWK(publicKey)
  const short = { ...jwk, n: (jwk.n ?? '').slice(0, 171) }
  const { body } = await redeemWith(shop, await prover.prove({ url: tokenUrl }, { header: { jwk: short } }))
  assert.equal(body['error'], 'invalid_dpop_proof')
})
