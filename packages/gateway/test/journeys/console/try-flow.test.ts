// A developer tries from the page what asks more of its program: pushed requests, tokens bound to a key, signed statements.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { epochSeconds, minutes } from '../../../src/base/time.ts'
import {
  createApplication,
  type CreateApplication,
} from '../../../src/core/application/create-application.ts'
import { findLentKeys, lendKey } from '../../../src/core/client/lent-key.sql.ts'
import { must } from '../../world.ts'
import { textOf, type Page } from '../account/town.ts'
import { follow, openDesk, send, type Desk } from './desk.ts'

let desk: Desk
let ownJwk: Record<string, unknown>
before(async () => {
  desk = await openDesk()
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  ownJwk = { ...(await exportJWK(publicKey)), kid: 'her own', alg: 'ES256', use: 'sig' }
})
after(async () => {
  await desk.close()
})

const signing = (): NonNullable<CreateApplication['more']> => ({
  authMethod: 'private_key_jwt',
  jwks: { keys: [ownJwk] },
})

async function made(wanted: Partial<CreateApplication>): Promise<string> {
  const { clientId } = must(
    await createApplication(desk.deps, {
      organizationId: desk.organization,
      name: 'Tried',
      kind: 'web',
      redirectUris: ['https://shop.example/back'],
      ...wanted,
    }),
  )
  return clientId
}

const pathOf = (clientId: string): string => `/console/${desk.organization}/applications/${clientId}`

async function begin(clientId: string): Promise<Page> {
  return await send(desk.owner, `${pathOf(clientId)}/try`, {}, `/applications/${clientId}`)
}

type Kind = readonly [
  name: string,
  wanted: () => Partial<CreateApplication>,
  expected: { readonly pushed: boolean; readonly bound: boolean; readonly provedBy: RegExp },
]
const bySecret = /by a secret that was lent for this try/
const byKey = /by statements \(private_key_jwt\) that a key signed which was lent for this try/
const byNothing = /by nothing, because it can keep no secret/

const kinds: readonly Kind[] = [
  [
    'that pushes its requests',
    () => ({ more: { requirePar: true } }),
    { pushed: true, bound: false, provedBy: bySecret },
  ],
  [
    'whose tokens are bound to a key',
    () => ({ more: { dpopBound: true } }),
    { pushed: false, bound: true, provedBy: bySecret },
  ],
  ['that signs for itself', () => ({ more: signing() }), { pushed: false, bound: false, provedBy: byKey }],
  [
    'of the profile fapi2',
    () => ({ more: { ...signing(), profile: 'fapi2' } }),
    { pushed: true, bound: true, provedBy: byKey },
  ],
  [
    'in the browser alone that pushes, with bound tokens',
    () => ({ kind: 'single-page', more: { requirePar: true, dpopBound: true } }),
    { pushed: true, bound: true, provedBy: byNothing },
  ],
]

for (const [name, wanted, { pushed, bound, provedBy }] of kinds) {
  test(`an application ${name} is tried from the page, by its own rules`, async () => {
    const clientId = await made(wanted())
    const started = await begin(clientId)
    assert.equal(started.status, 303, textOf(started))
    const parameters = new URLSearchParams((started.location ?? '').split('?')[1])
    assert.equal(parameters.has('request_uri'), pushed, started.location ?? '')
    assert.equal(parameters.has('code_challenge'), !pushed)
    const text = textOf(await follow(desk, desk.owner, started))
    assert.match(text, /The flow worked/)
    assert.match(text, pushed ? /was pushed ahead \(PAR\)/ : /stood in the address/)
    assert.match(text, provedBy)
    assert.match(text, bound ? /thumbprint [\w-]{43}/ : /good for whoever has them \(Bearer\)/)
    assert.match(text, bound ? /token_type DPoP/ : /token_type Bearer/)
    assert.ok(text.includes('wanjiku@example.test'), 'user information was read with it')
    assert.deepEqual(await findLentKeys(desk.deps.db, clientId, desk.deps.clock.now()), [])
  })
}

test('an application whose keys stand at an address is tried without asking there', async () => {
  const clientId = await made({
    more: { authMethod: 'private_key_jwt', jwksUri: 'https://keys.invalid/jwks' },
  })
  const text = textOf(await follow(desk, desk.owner, await begin(clientId)))
  assert.match(text, /The flow worked/)
})

test('a push that is refused ends the try on the page, with the very answer', async () => {
  const clientId = await made({ more: { requirePar: true } })
  await send(desk.owner, `${pathOf(clientId)}/switch`, { on: 'no' }, `/applications/${clientId}`)
  const page = await begin(clientId)
  assert.equal(page.status, 200)
  assert.match(textOf(page), /The flow did not end well/)
  assert.match(page.body, /invalid_client/)
})

test('a lent key is good for its application and its time alone, and signs for no other', async () => {
  const [one, other] = [await made({ more: signing() }), await made({ more: signing() })]
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const publicJwk = { ...(await exportJWK(publicKey)), kid: 'lent', alg: 'ES256', use: 'sig' }
  const at = desk.deps.clock.now()
  const until = { epochMs: at.epochMs + 120_000 }
  await lendKey(desk.deps.db, { clientId: one, kid: 'lent', publicJwk }, { at, until })
  const ask = async (clientId: string): Promise<number> => {
    const now = epochSeconds(desk.deps.clock.now())
    const who = { iss: clientId, sub: clientId, aud: desk.deps.publicUrl }
    const signed = new SignJWT({ ...who, iat: now, exp: now + 60, jti: `${Math.random()}` })
    const assertion = await signed.setProtectedHeader({ alg: 'ES256', kid: 'lent' }).sign(privateKey)
    const body = new URLSearchParams({
      token: 'x',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    })
    return (await fetch(`${desk.deps.publicUrl}/oauth/introspect`, { method: 'POST', body })).status
  }
  assert.deepEqual([await ask(one), await ask(other)], [200, 401])
  desk.pass(minutes(2))
  assert.equal(await ask(one), 401, 'its time is over')
})

test('one that signs nobody in through a browser shows its first call for a shell instead', async () => {
  const calls: readonly (readonly [Partial<CreateApplication>, (clientId: string) => string])[] = [
    [
      { kind: 'machine', redirectUris: [], scopes: ['payments:read'] },
      (id) => `curl -u &#39;${id}:SECRET&#39; -d grant_type=client_credentials`,
    ],
    [
      {
        kind: 'machine',
        redirectUris: [],
        scopes: ['payments:read'],
        more: { ...signing(), profile: 'fapi2' },
      },
      () => 'curl -H &#39;DPoP: PROOF&#39; -d client_assertion_type=urn:ietf:params:oauth:',
    ],
    [{ kind: 'device', redirectUris: [] }, (id) => `curl -d client_id=${id} -d scope=openid`],
  ]
  for (const [wanted, call] of calls) {
    const clientId = await made(wanted)
    const page = await desk.owner.get(pathOf(clientId))
    assert.ok(page.body.includes(call(clientId)), page.body.match(/curl[^<]*/)?.[0] ?? 'no call')
    assert.equal((await begin(clientId)).status, 404)
  }
})

test('who may only look on is lent nothing', async () => {
  await desk.join('viewer')
  const clientId = await made({ more: signing() })
  const page = await send(desk.stranger, `${pathOf(clientId)}/try`, {}, '/console')
  assert.equal(page.status, 403, page.location ?? '')
  assert.deepEqual(await findLentKeys(desk.deps.db, clientId, desk.deps.clock.now()), [])
})
