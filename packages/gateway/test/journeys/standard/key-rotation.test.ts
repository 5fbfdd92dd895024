// An application that replaces the key by which it signs: what was granted to it goes on.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { seconds } from '../../../src/base/time.ts'
import type { Net } from '../../../src/core/ports.ts'
import { accessOf, assertNo, openBank } from './bank.ts'
import { openGate, type Gate } from './gate.ts'
import { openSigningShop } from './signing-shop.ts'

/** The address where the application keeps its keys. */
let published: readonly object[] = []
const net: Net = {
  send: async () =>
    await Promise.resolve({
      kind: 'answer',
      status: 200,
      headers: { 'cache-control': 'public, max-age=60' },
      body: new TextEncoder().encode(JSON.stringify({ keys: published })),
    }),
}

let gate: Gate
before(async () => {
  gate = await openGate({ net })
})
after(async () => {
  await gate.close()
})

test('oidcc-refresh-token-rp-key-rotation: it refreshes with its next key, and with the one before no longer', async () => {
  const more = { jwksUri: 'https://bank.example/jwks' }
  const bank = await openBank(gate, await gate.signedIn(), { more })
  const { application, shop } = bank
  published = [shop.publicJwk]
  const first = await bank.redeem(await bank.code({ scope: 'openid offline_access' }))
  accessOf(first)
  const refresh = String(first.body['refresh_token'])
  accessOf(await bank.refresh(refresh))

  const next = await openSigningShop(gate)
  published = [{ ...next.publicJwk, kid: 'next' }]
  gate.pass(seconds(61))
  const byNext = async () =>
    await next.assert({ iss: application.clientId, sub: application.clientId }, { kid: 'next' })
  const answer = await bank.refresh(refresh, {}, undefined, await byNext())
  assert.equal((await bank.info(accessOf(answer))).status, 200)
  assert.ok(answer.body['id_token'])
  assertNo(await bank.refresh(refresh), [401, 'invalid_client'])
  accessOf(await bank.refresh(refresh, {}, undefined, await byNext()))
})
