// Tokens that an application gets for itself.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createApplication } from '../../src/core/application/create-application.ts'
import {
  codeFor,
  get,
  introspected,
  openGate,
  post,
  redeem,
  refreshed,
  tokensFor,
  type Answer,
  type Application,
  type Gate,
  type Parameters,
} from '../journeys/standard/gate.ts'

let gate: Gate
let machine: Application

before(async () => {
  gate = await openGate()
  machine = await gate.application({
    kind: 'machine',
    redirectUris: [],
    scopes: ['payments:read', 'payments:write'],
  })
})
after(async () => {
  await gate.close()
})

async function ask(application: Application, changed: Parameters = {}): Promise<Answer> {
  return await post(`${gate.url}/oauth/token`, {
    grant_type: 'client_credentials',
    client_id: application.clientId,
    client_secret: application.secret,
    ...changed,
  })
}

const told = ({ status, body }: Answer) => [status, body['error']]

test('[identity 68] a machine gets a token for its scopes: no refresh token, no ID token, itself as the subject', async () => {
  const { status, body, headers } = await ask(machine)
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(body).toSorted(), ['access_token', 'expires_in', 'scope', 'token_type'])
  assert.deepEqual([body['scope'], body['token_type']], ['payments:read payments:write', 'Bearer'])
  assert.equal(headers.get('cache-control'), 'no-store')
  const token = String(body['access_token'])
  const seen = await introspected(gate, machine, token)
  assert.deepEqual(
    [seen['active'], seen['sub'], seen['client_id'], seen['scope']],
    [true, machine.clientId, machine.clientId, 'payments:read payments:write'],
  )
  const narrow = await ask(machine, { scope: 'payments:read payments:read' })
  assert.equal(narrow.body['scope'], 'payments:read')
  const info = await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${token}` })
  assert.deepEqual([info.status, info.body['error']], [403, 'insufficient_scope'])
})

for (const scope of [
  'openid',
  'offline_access',
  'profile',
  'email',
  'payments:read openid',
  'payments:all',
  'payments',
  '*',
  'payments:read payments:refund',
]) {
  test(`[identity 68] the scope “${scope}” is refused`, async () => {
    assert.deepEqual(told(await ask(machine, { scope })), [400, 'invalid_scope'])
  })
}

test('[identity 68] an application with no scope of a resource server gets nothing (empty ceiling)', async () => {
  const empty = await gate.application({ kind: 'machine', redirectUris: [] })
  assert.deepEqual(told(await ask(empty)), [400, 'invalid_scope'])
  const web = await gate.application({ grants: ['authorization_code', 'client_credentials'] })
  assert.deepEqual(
    told(await ask(web)),
    [400, 'invalid_scope'],
    'openid and profile are no ceiling for itself',
  )
  const both = await gate.application({
    grants: ['authorization_code', 'client_credentials'],
    scopes: ['openid', 'payments:read'],
  })
  assert.equal((await ask(both)).body['scope'], 'payments:read')
})

test('[identity 68] no application that gets tokens for itself has an id that could be an account’s', async () => {
  const { organizationId, deps, account } = gate
  const made = await createApplication(deps, {
    organizationId,
    name: 'x',
    kind: 'machine',
    redirectUris: [],
    clientId: account.id,
  })
  assert.equal(made.ok ? '' : made.refusal.field, 'clientId')
})

test('[identity 67] an application gets tokens by the grants that it is registered for alone', async () => {
  const shop = await gate.application()
  assert.deepEqual(told(await ask(shop)), [400, 'unauthorized_client'])
  const native = await gate.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
  assert.deepEqual(told(await ask(native, { client_secret: '' })), [400, 'unauthorized_client'])
  const device = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'x' }
  assert.deepEqual(told(await ask(shop, device)), [400, 'unauthorized_client'])
  const started = await post(`${gate.url}/oauth/device`, {
    client_id: shop.clientId,
    client_secret: shop.secret,
  })
  assert.deepEqual(told(started), [400, 'unauthorized_client'])

  const { refresh } = await tokensFor(gate, shop, { scope: 'openid offline_access' })
  const code = await codeFor(await gate.signedIn(), shop)
  const registerFor = async (grants: string) => {
    const text = 'update application set grants = string_to_array($2, $3) where client_id = $1'
    await gate.deps.db.query({ name: 'test_register_for', text }, [shop.clientId, grants, ','])
  }
  await registerFor('client_credentials')
  assert.deepEqual(told(await redeem(gate, shop, code)), [400, 'unauthorized_client'])
  assert.deepEqual(told(await refreshed(gate, shop, refresh)), [400, 'unauthorized_client'])
  await registerFor('authorization_code')
  const answer = await redeem(gate, shop, code)
  assert.deepEqual([answer.status, answer.body['refresh_token']], [200, undefined])
  assert.deepEqual(told(await refreshed(gate, shop, refresh)), [400, 'unauthorized_client'])
})

test('[identity 66] a machine that is switched off gets no token, and those it has end at once', async () => {
  const off = await gate.application({ kind: 'machine', redirectUris: [], scopes: ['payments:read'] })
  const token = String((await ask(off)).body['access_token'])
  const switched = async (sql: string) => {
    await gate.deps.db.query({ name: `test_${sql.length}`, text: `update application set disabled_at = ${sql} where client_id = $1` }, [off.clientId]) // prettier-ignore
  }
  await switched('now()')
  assert.deepEqual(told(await ask(off)), [401, 'invalid_client'])
  await switched('null')
  assert.equal((await introspected(gate, off, token))['active'], true)
  const wrong = await ask(off, { client_secret: 'sec_x' })
  assert.deepEqual(told(wrong), [401, 'invalid_client'])
})

test('sixty-four machines at once get a token each, all different', async () => {
  const answers = await Promise.all(Array.from({ length: 64 }, async () => await ask(machine)))
  assert.equal(new Set(answers.map(({ body }) => body['access_token'])).size, 64)
})
