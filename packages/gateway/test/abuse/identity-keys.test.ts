// Signing keys.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { SignJWT, generateKeyPair } from 'jose'
import { days, hours, minutes, seconds } from '../../src/base/time.ts'
import { signingAlgs } from '../../src/core/signing-key/signing-key.ts'
import { openSigningKeys } from '../../src/outside/signing-keys.ts'
import { claimsOf, get, openGate, tokensFor, type Application, type Gate } from '../journeys/standard/gate.ts'

let gate: Gate
let shop: Application

before(async () => {
  gate = await openGate()
  shop = await gate.application()
})
after(async () => {
  await gate.close()
})

test('[identity 86] a hint signed with anything but a key of ours is not believed', async () => {
  const { id } = await tokensFor(gate, shop)
  const [head = '', claims = '', signature = ''] = id.split('.')
  const header = (change: object) =>
    Buffer.from(JSON.stringify({ ...decoded(head), ...change })).toString('base64url')
  const keys = (await get(`${gate.url}/oauth/jwks`)).body['keys'] as readonly Readonly<
    Record<string, string>
  >[]
  const rsa = keys.find((key) => key['alg'] === 'RS256')
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const hs = `${header({ alg: 'HS256' })}.${claims}`
  const own = await new SignJWT(claimsOf(id))
    .setProtectedHeader({ alg: 'RS256', kid: String(rsa?.['kid']) })
    .sign(privateKey)
  const embedded = await new SignJWT(claimsOf(id))
    .setProtectedHeader({ alg: 'RS256', jwk: { kty: 'RSA' } })
    .sign(privateKey)
  assert.ok(publicKey)
  for (const forged of [
    `${header({ alg: 'none' })}.${claims}.`,
    `${hs}.${createHmac('sha256', JSON.stringify(rsa)).update(hs).digest('base64url')}`,
    `${header({ kid: '../../etc/passwd' })}.${claims}.${signature}`,
    `${header({ crit: ['x'], x: 1 })}.${claims}.${signature}`,
    `${header({ b64: false, crit: ['b64'] })}.${claims}.${signature}`,
    own,
    embedded,
    `${id}.more`,
    `${id}A`,
    'x'.repeat(1_000_000),
  ]) {
    assert.equal(await gate.deps.signer.read(forged), null, forged.slice(0, 60))
  }
  assert.equal((await gate.deps.signer.read(id))?.['sub'], gate.account.id)
})

test('[identity 94] a new key is published a day before it signs, the old one until its last token has ended', async () => {
  const rotating = await openGate()
  try {
    const { deps } = rotating
    const application = await rotating.application()
    const published = async () => (await deps.signer.publicKeys()).map(({ kid }) => kid)
    const signs = async () =>
      String(decoded((await tokensFor(rotating, application)).id.split('.')[0] ?? '')['kid'])
    const old = await signs()
    assert.equal((await published()).length, signingAlgs.length)
    const { kid: next } = await (await openSigningKeys(deps)).rotate('RS256')
    assert.ok((await published()).includes(next))
    assert.equal(await signs(), old)
    rotating.pass({ seconds: hours(24).seconds - 1 })
    assert.equal(await signs(), old)
    rotating.pass(minutes(6))
    assert.equal(await signs(), next)
    assert.ok((await published()).includes(old))
    rotating.pass(hours(2))
    assert.ok(!(await published()).includes(old))
    // A process that was asleep through it all does not sign with a key that is no longer published.
    assert.equal(await signs(), next)
  } finally {
    await rotating.close()
  }
})

test('[identity 94] keys are replaced by themselves, once over all processes (oidcc-server-rotate-keys)', async () => {
  const house = await openGate()
  try {
    const { deps } = house
    const application = await house.application()
    const other = await openSigningKeys(deps)
    const kids = async () => (await deps.signer.publicKeys()).map(({ kid }) => kid)
    const renew = async () =>
      (await Promise.all([deps.signer.renew(), other.renew(), deps.signer.renew()])).flat().toSorted()
    const signed = async () =>
      String(decoded((await tokensFor(house, application)).id.split('.')[0] ?? '')['kid'])
    const first = await kids()
    const old = await signed()
    house.pass(seconds(days(89).seconds - 1))
    assert.deepEqual(await renew(), [])
    house.pass(seconds(1))
    assert.deepEqual(await renew(), signingAlgs.toSorted())
    const both = await kids()
    assert.equal(both.length, 2 * signingAlgs.length)
    assert.equal(await signed(), old, 'what is published now does not sign yet')
    assert.deepEqual(await renew(), [])
    house.pass(hours(24))
    house.pass(minutes(6))
    const next = await signed()
    assert.ok(both.includes(next) && !first.includes(next))
    assert.ok((await kids()).includes(old), 'its last token still has to be verified')
    house.pass(hours(2))
    assert.deepEqual(
      await kids(),
      both.filter((kid) => !first.includes(kid)),
    )
    const rotated = await deps.db.query(
      { name: 'test_rotations', text: `select about_id from act where what = 'signing-key.rotated'` },
      [],
    )
    assert.equal(rotated.length, signingAlgs.length)
  } finally {
    await house.close()
  }
})

test('[identity 94] two processes that start on an empty database sign with keys that both publish', async () => {
  const shared = await openGate()
  try {
    await shared.deps.db.query({ name: 'test_no_keys', text: 'delete from signing_key' }, [])
    const [one, two] = await Promise.all([openSigningKeys(shared.deps), openSigningKeys(shared.deps)])
    const kids = new Set((await two.publicKeys()).map(({ kid }) => kid))
    for (const signer of [one, two]) {
      for (const alg of signingAlgs) {
        const token = await signer.sign(alg, { sub: 'x' })
        assert.ok(kids.has(String(decoded(token.split('.')[0] ?? '')['kid'])))
        assert.deepEqual(await one.read(token), { sub: 'x' })
      }
    }
  } finally {
    await shared.close()
  }
})

test('[identity 95] the key set holds public members alone, and may be cached', async () => {
  const answer = await get(`${gate.url}/oauth/jwks`)
  const keys = answer.body['keys'] as readonly Readonly<Record<string, string>>[]
  const members = {
    RS256: ['alg', 'e', 'kid', 'kty', 'n', 'use'],
    ES256: ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
    PS256: ['alg', 'e', 'kid', 'kty', 'n', 'use'],
    EdDSA: ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
  }
  assert.deepEqual(new Set(keys.map((key) => key['alg'])), new Set(signingAlgs))
  for (const key of keys)
    assert.deepEqual(Object.keys(key).sort(), new Map(Object.entries(members)).get(key['alg'] ?? ''))
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=300')
  const etag = answer.headers.get('etag') ?? ''
  const again = await get(`${gate.url}/oauth/jwks`, { 'if-none-match': etag })
  assert.equal(again.status, 304)
})

function decoded(part: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
}
