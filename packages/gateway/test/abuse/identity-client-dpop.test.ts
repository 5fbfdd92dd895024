// Tokens that an application gets for itself, bound to a key (RFC 9449) and to APIs (RFC 8707).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createResourceServer } from '../../src/core/application/create-resource-server.ts'
import {
  get,
  introspected,
  openGate,
  post,
  type Answer,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'
import { openSigningShop } from '../journeys/standard/signing-shop.ts'
import { must } from '../world.ts'
import { openProver, type Prover } from './prover.ts'

const pay = 'https://pay.example/api'
const land = 'https://land.example/api'
const ofMachine = { kind: 'machine', redirectUris: [] } as const
const scope = 'payments:read land:search'

let gate: Gate
let prover: Prover
let other: Prover
let machine: Application
let bound: Application
let payApi: Application

before(async () => {
  gate = await openGate()
  prover = await openProver(gate.deps.clock.now)
  other = await openProver(gate.deps.clock.now)
  payApi = await gate.application({ ...ofMachine, name: 'Payments' })
  const landApi = await gate.application({ ...ofMachine, name: 'Land' })
  for (const [identifier, { clientId }, its] of [
    [pay, payApi, 'payments:read'],
    [land, landApi, 'land:search'],
  ] as const)
    must(await createResourceServer(gate.deps, { identifier, clientId, name: identifier, scopes: [its] }))
  const wanted = { ...ofMachine, scopes: ['payments:read', 'land:search'] as const }
  machine = await gate.application({ ...wanted, more: { resources: [pay, land] } })
  bound = await gate.application({ ...wanted, more: { dpopBound: true } })
})
after(async () => {
  await gate.close()
})

const tokenUrl = (): string => `${gate.url}/oauth/token`
const prove = async (by = prover): Promise<string> => await by.prove({ url: tokenUrl() })

async function ask(
  { clientId, secret }: Application,
  proof: string | null,
  resources: readonly string[] = [],
): Promise<Answer> {
  const own = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret }
  const fields = new URLSearchParams(own)
  for (const resource of resources) fields.append('resource', resource)
  return await post(tokenUrl(), fields, proof === null ? {} : { dpop: proof })
}

const told = ({ status, body }: Answer) => [status, body['error']]

test('a machine that proves a key gets a token that is bound to it, and introspection says to which', async () => {
  const { status, body } = await ask(machine, await prove())
  assert.deepEqual([status, body['token_type'], body['scope']], [200, 'DPoP', scope])
  const token = String(body['access_token'])
  const seen = await introspected(gate, machine, token)
  assert.deepEqual(
    [seen['active'], seen['sub'], seen['token_type'], seen['cnf']],
    [true, machine.clientId, 'DPoP', { jkt: prover.jkt }],
  )
  const plain = await ask(machine, null)
  assert.equal(plain.body['token_type'], 'Bearer')
  assert.equal((await introspected(gate, machine, String(plain.body['access_token'])))['cnf'], undefined)
})

test('[identity 99] the bound token of a machine is none for a bearer, nor for another key; and speaks for nobody', async () => {
  const token = String((await ask(machine, await prove())).body['access_token'])
  const url = `${gate.url}/oauth/userinfo`
  const asked = { url, method: 'GET', token }
  const told = async (authorization: string, dpop?: string) => {
    const { status, body } = await get(url, { authorization, ...(dpop === undefined ? {} : { dpop }) })
    return [status, body['error']]
  }
  assert.deepEqual(await told(`Bearer ${token}`), [401, 'invalid_token'])
  assert.deepEqual(await told(`DPoP ${token}`), [401, 'invalid_dpop_proof'])
  assert.deepEqual(await told(`DPoP ${token}`, await other.prove(asked)), [401, 'invalid_token'])
  assert.deepEqual(await told(`DPoP ${token}`, await prover.prove(asked)), [403, 'insufficient_scope'])
})

test('[identity 99] a machine that is registered for bound tokens gets no others, and a bad proof gets none', async () => {
  const none = await ask(bound, null)
  assert.deepEqual(told(none), [400, 'invalid_grant'])
  assert.match(String(none.body['error_description']), /send a DPoP proof/)
  const old = await other.prove({ url: tokenUrl() }, { claims: { iat: 1_000_000_000 } })
  assert.deepEqual(told(await ask(bound, old)), [400, 'invalid_dpop_proof'])
  const elsewhere = await prover.prove({ url: `${gate.url}/oauth/userinfo` })
  assert.deepEqual(told(await ask(bound, elsewhere)), [400, 'invalid_dpop_proof'])
  const proof = await prove()
  assert.equal((await ask(bound, proof)).body['token_type'], 'DPoP')
  assert.deepEqual(told(await ask(bound, proof)), [400, 'invalid_dpop_proof'], 'a proof is good once')
})

test('[identity 99] a machine of the profile fapi2 signs for itself and proves a key, or gets nothing', async () => {
  const shop = await openSigningShop(gate, {
    ...ofMachine,
    scopes: ['payments:read'],
    more: { profile: 'fapi2' },
  })
  const grant = { grant_type: 'client_credentials' }
  const without = await post(tokenUrl(), { ...grant, ...(await shop.assert()) })
  assert.deepEqual(told(without), [400, 'invalid_grant'])
  const good = { ...grant, ...(await shop.assert()) }
  const { status, body } = await post(tokenUrl(), good, { dpop: await prove() })
  assert.deepEqual([status, body['token_type']], [200, 'DPoP'])
  const { body: seen } = await post(`${gate.url}/oauth/introspect`, {
    token: String(body['access_token']),
    ...(await shop.assert()),
  })
  assert.deepEqual([seen['active'], seen['cnf']], [true, { jkt: prover.jkt }])
})

test('[identity 82] a machine’s token names the APIs that it asked for, each of which hears its own scopes', async () => {
  for (const proof of [null, await prove()]) {
    const { body } = await ask(machine, proof, [pay, land])
    const token = String(body['access_token'])
    const own = await introspected(gate, machine, token)
    assert.deepEqual([own['aud'], own['scope']], [[pay, land], scope])
    const api = await introspected(gate, payApi, token)
    assert.deepEqual([api['aud'], api['scope'], api['sub']], [[pay, land], 'payments:read', machine.clientId])
    assert.deepEqual(api['cnf'], proof === null ? undefined : { jkt: prover.jkt })
    const elsewhere = String((await ask(machine, null, [land])).body['access_token'])
    assert.deepEqual(await introspected(gate, payApi, elsewhere), { active: false })
  }
  for (const resource of ['https://unknown.example', `${pay}/`, `${pay}#part`, 'relative'])
    assert.deepEqual(told(await ask(machine, null, [pay, resource])), [400, 'invalid_target'], resource)
  assert.deepEqual(told(await ask(bound, await prove(), [pay])), [400, 'invalid_target'])
})
