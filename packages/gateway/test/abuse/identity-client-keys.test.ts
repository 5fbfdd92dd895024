// The keys of applications that sign: where they come from, and what may be registered.
import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { seconds } from '../../src/base/time.ts'
import { createApplication } from '../../src/core/application/create-application.ts'
import type { Answered, Net, Outgoing } from '../../src/core/ports.ts'
import { openGate, post, type Gate, type Parameters } from '../journeys/standard/gate.ts'
import { openSigningShop, type SigningShop } from '../journeys/standard/signing-shop.ts'

/** Plays the address where an application keeps its keys. */
const asked: Outgoing[] = []
let published: () => Answered = () => ({ kind: 'no-answer', because: 'unreachable' })
const net: Net = {
  send: async (request) => {
    asked.push(request)
    return await Promise.resolve(published())
  },
}

let gate: Gate
let shop: SigningShop

before(async () => {
  gate = await openGate({ net })
  shop = await openSigningShop(gate)
})
after(async () => {
  await gate.close()
})

/** What is wrong with a proof, as the sandbox says; null when it is believed. */
async function problemOf(proof: Parameters): Promise<string | null> {
  const { body } = await post(`${gate.url}/oauth/token`, {
    grant_type: 'authorization_code',
    code: 'x',
    ...proof,
  })
  return body['error'] === 'invalid_grant' ? null : JSON.stringify(body['mend'])
}

const answer = (status: number, text: string, headers = {}): Answered => ({
  kind: 'answer',
  status,
  headers,
  body: new TextEncoder().encode(text),
})

test('[identity 65] keys at an address are fetched through the guard, kept, and asked again once a minute at most', async () => {
  const jwksUri = 'https://keys.example/jwks'
  const one = await openSigningShop(gate, { more: { jwksUri } })
  const keys = [one.publicJwk]
  published = () => answer(200, JSON.stringify({ keys }), { 'cache-control': 'public, max-age=600' })
  const own = async () => await problemOf(await one.assert())
  assert.deepEqual(await Promise.all([own(), own(), own()]), [null, null, null])
  const seen = asked.map(({ url, trust, method }) => [url, trust, method])
  assert.deepEqual(seen, [[jwksUri, 'named-by-others', 'GET']])
  assert.ok((asked[0]?.maxBytes ?? Infinity) <= 65_536 && (asked[0]?.timeoutMs ?? Infinity) <= 5_000)

  const next = await openSigningShop(gate)
  const claims = { iss: one.application.clientId, sub: one.application.clientId }
  const withNext = async (kid: string) => await problemOf(await next.assert(claims, { kid }))
  assert.match((await withNext('fresh')) ?? '', /None of the application/)
  gate.pass(seconds(61))
  keys.push({ ...next.publicJwk, kid: 'fresh' })
  assert.equal(await withNext('fresh'), null, 'a new key is found')
  assert.equal(asked.length, 2)
  for (let times = 0; times < 5; times += 1) assert.notEqual(await withNext(`made-up-${times}`), null)
  assert.equal(asked.length, 2, 'made-up names of keys do not make us knock')

  published = () => ({ kind: 'no-answer', because: 'timeout' })
  gate.pass(seconds(601))
  assert.equal(await own(), null, 'while its address is down the last keys are good')
  gate.pass(seconds(3700))
  assert.match((await own()) ?? '', /None of the application/, 'and not for ever')
  gate.pass(seconds(61))
  published = () => answer(200, JSON.stringify({ keys: keys.slice(1) }))
  assert.match((await own()) ?? '', /None of the application/, 'a key that is taken away is gone')
})

for (const [name, status, text] of [
  ['an error', 500, '{"keys": []}'],
  ['no JSON', 200, '<html>'],
  ['no set', 200, '[]'],
  ['keys that are none', 200, '{"keys": [7]}'],
  ['a private key', 200, '{"keys": [{"kty": "EC", "d": "x"}]}'],
  ['a hundred keys', 200, JSON.stringify({ keys: Array.from({ length: 100 }, () => ({ kty: 'EC' })) })],
] as const) {
  test(`[identity 104] an address of keys that answers ${name} gives none`, async () => {
    const one = await openSigningShop(gate, { more: { jwksUri: `https://keys.example/${randomUUID()}` } })
    published = () => answer(status, text)
    assert.match((await problemOf(await one.assert())) ?? '', /None of the application/)
  })
}

test('[identity 104] keys are read when they are registered, and the fault is named', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })
  const secret = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const set = (...keys: readonly object[]) => ({ jwks: { keys } })
  const faults: readonly (readonly [object, string, RegExp])[] = [
    [{}, 'jwks', /needs the public keys/],
    [set(), 'jwks', /holds no key/],
    [set(secret), 'jwks', /Key 1 holds a private key/],
    [set(shop.publicJwk, rsa), 'jwks', /Key 2 is an RSA key of fewer than 2048/],
    [set({ kty: 'oct', k: 'AAAA' }), 'jwks', /shared secret/],
    [set({ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }), 'jwks', /cannot be read/],
    [set({ ...shop.publicJwk, alg: 'HS256' }), 'jwks', /for none of ES256/],
    [set({ ...shop.publicJwk, use: 'enc' }), 'jwks', /not for signatures/],
    [{ jwksUri: 'http://shop.example/jwks' }, 'jwksUri', /Only https/],
    [{ jwksUri: 'https://a@shop.example/jwks' }, 'jwksUri', /user name/],
    [{ jwksUri: 'https://shop.example/jwks#x' }, 'jwksUri', /fragment/],
    [{ jwksUri: 'keys.json' }, 'jwksUri', /absolute/i],
    [{ jwksUri: 'https://shop.example/', ...set(shop.publicJwk) }, 'jwksUri', /not both/],
    [{ authMethod: 'none' }, 'authMethod', /proves who it is/],
    [
      { authMethod: 'client_secret_basic', jwksUri: 'https://a.example/' },
      'jwksUri',
      /private_key_jwt alone/,
    ],
  ]
  for (const [more, field, because] of faults) {
    const fault = await faultOf({ authMethod: 'private_key_jwt', ...more })
    assert.equal(fault?.field, field, JSON.stringify(more))
    assert.match(fault?.because ?? '', because)
  }
})

test('[identity 104] live, no address that our server calls lies in a private network', async () => {
  for (const host of [
    'localhost',
    '127.0.0.1',
    '10.0.0.1',
    '[::1]',
    'keys.internal',
    'keys.local.',
    'keys',
  ]) {
    for (const [field, more] of [
      ['jwksUri', { authMethod: 'private_key_jwt', jwksUri: `https://${host}/` }],
      ['backchannelLogoutUri', { backchannelLogoutUri: `https://${host}/out` }],
    ] as const) {
      assert.equal((await faultOf(more, 'live'))?.field, field, host)
    }
  }
  const good = { authMethod: 'private_key_jwt', jwksUri: 'https://keys.shop.example/jwks' } as const
  assert.equal(await faultOf(good, 'live'), null)
})

async function faultOf(more: object, mode: 'sandbox' | 'live' = 'sandbox') {
  const { organizationId } = gate
  const base = {
    organizationId,
    name: 'x',
    kind: 'web',
    redirectUris: ['https://shop.example/back'],
  } as const
  const made = await createApplication({ ...gate.deps, mode }, { ...base, more })
  return made.ok ? null : made.refusal
}
