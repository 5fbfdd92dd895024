// Tokens for one API: RFC 8707.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createResourceServer } from '../../src/core/application/create-resource-server.ts'
import { must } from '../world.ts'
import {
  answered,
  authorizePath,
  codeAt,
  get,
  introspected,
  openGate,
  post,
  push,
  pushedPath,
  redeem,
  redemption,
  refreshed,
  type Answer,
  type Application,
  type Gate,
  type Parameters,
} from '../journeys/standard/gate.ts'

const pay = 'https://pay.example/api'
const land = 'https://land.example/api'

let gate: Gate
let shop: Application
let payApi: Application
let landApi: Application

before(async () => {
  gate = await openGate()
  const machine = { kind: 'machine', redirectUris: [] } as const
  payApi = await gate.application({ ...machine, name: 'Payments' })
  landApi = await gate.application({ ...machine, name: 'Land' })
  must(
    await createResourceServer(gate.deps, {
      identifier: pay,
      clientId: payApi.clientId,
      name: 'Payments',
      scopes: ['payments:read'],
    }),
  )
  must(
    await createResourceServer(gate.deps, {
      identifier: land,
      clientId: landApi.clientId,
      name: 'Land',
      scopes: [],
    }),
  )
  shop = await gate.application({
    more: { resources: [pay, land] },
    scopes: ['openid', 'email', 'offline_access', 'payments:read'],
  })
})
after(async () => {
  await gate.close()
})

const scope = 'openid email offline_access payments:read'

/** The authorization endpoint's address with these resources among the parameters. */
function askingFor(resources: readonly string[], changed: Parameters = {}): string {
  const named = resources.map((resource) => `&resource=${encodeURIComponent(resource)}`)
  return authorizePath(shop, { scope, ...changed }) + named.join('')
}

/** A code of a request that named these resources. */
async function codeWith(resources: readonly string[]): Promise<string> {
  return await codeAt(await gate.signedIn(), askingFor(resources))
}

async function redeemFor(code: string, resources: readonly string[]): Promise<Answer> {
  const fields = new URLSearchParams(redemption(shop, code))
  for (const resource of resources) fields.append('resource', resource)
  return await post(`${gate.url}/oauth/token`, fields)
}

const accessOf = ({ body }: Answer): string => String(body['access_token'])

async function seen(by: Application, token: string): Promise<unknown> {
  const { active, aud, scope: seenScope } = await introspected(gate, by, token)
  return active === true ? { aud, scope: seenScope } : 'inactive'
}

async function userInfo(token: string): Promise<number> {
  return (await get(`${gate.url}/oauth/userinfo`, { authorization: `Bearer ${token}` })).status
}

test('[identity 82] an API hears of tokens that are for it, with the scopes that are its own, and of no other', async () => {
  const answer = await redeemFor(await codeWith([pay, land]), [pay])
  assert.equal(answer.status, 200)
  const token = accessOf(answer)
  assert.deepEqual(await seen(shop, token), { aud: [pay], scope })
  assert.deepEqual(await seen(payApi, token), { aud: [pay], scope: 'payments:read' })
  assert.equal(await seen(landApi, token), 'inactive')
  assert.equal(await seen(payApi, String(answer.body['refresh_token'])), 'inactive')
  const other = accessOf(
    await refreshed(gate, shop, String(answer.body['refresh_token']), { resource: land }),
  )
  assert.equal(await seen(payApi, other), 'inactive')
  assert.deepEqual(await seen(landApi, other), { aud: [land], scope })
})

test('[identity 82] an API hears nothing of tokens that name no resource', async () => {
  const token = accessOf(await redeem(gate, shop, await codeWith([])))
  assert.equal(await seen(payApi, token), 'inactive')
  assert.deepEqual(await seen(shop, token), { aud: gate.url, scope })
})

test('[identity 88] a token for an API is none for user information, unless it names us too', async () => {
  const granted = [pay, land]
  assert.equal(await userInfo(accessOf(await redeemFor(await codeWith(granted), []))), 401)
  assert.equal(await userInfo(accessOf(await redeemFor(await codeWith(granted), [pay]))), 401)
  assert.equal(await userInfo(accessOf(await redeemFor(await codeWith(granted), [gate.url]))), 200)
  const both = accessOf(await redeemFor(await codeWith(granted), [pay, gate.url]))
  assert.equal(await userInfo(both), 200)
  assert.deepEqual(await seen(payApi, both), { aud: [pay, gate.url], scope: 'payments:read' })
  assert.equal(await userInfo(accessOf(await redeemFor(await codeWith([]), []))), 200)
})

test('a token names all resources of the grant, or those that the request narrows it to', async () => {
  const code = await codeWith([pay, land])
  const all = await redeemFor(code, [])
  assert.deepEqual(await seen(shop, accessOf(all)), { aud: [pay, land], scope })
  const narrow = await refreshed(gate, shop, String(all.body['refresh_token']), { resource: land })
  assert.deepEqual(await seen(shop, accessOf(narrow)), { aud: [land], scope })
  const back = await refreshed(gate, shop, String(narrow.body['refresh_token']))
  assert.deepEqual(await seen(shop, accessOf(back)), { aud: [pay, land], scope })
})

test('a resource that was not granted, or is none, is an invalid target, and spends nothing', async () => {
  const code = await codeWith([pay])
  for (const resource of [land, `${pay}/`, 'https://unknown.example', `${pay}#part`, 'relative']) {
    const { status, body } = await redeemFor(code, [resource])
    assert.deepEqual([status, body['error']], [400, 'invalid_target'], resource)
  }
  assert.equal((await redeemFor(code, [pay, land])).body['error'], 'invalid_target')
  const answer = await redeemFor(code, [pay, pay])
  assert.equal(answer.status, 200)
  const refresh = String(answer.body['refresh_token'])
  for (const resource of [land, 'relative']) {
    const { status, body } = await refreshed(gate, shop, refresh, { resource })
    assert.deepEqual([status, body['error']], [400, 'invalid_target'], resource)
  }
  assert.equal((await refreshed(gate, shop, refresh, { resource: '' })).status, 200)
})

test('[identity 74] inside the window another resource gets nothing, and the family lives on', async () => {
  const first = await redeemFor(await codeWith([pay, land]), [])
  const refresh = String(first.body['refresh_token'])
  const second = await refreshed(gate, shop, refresh, { resource: pay })
  assert.equal((await refreshed(gate, shop, refresh, { resource: land })).body['error'], 'invalid_grant')
  assert.deepEqual((await refreshed(gate, shop, refresh, { resource: pay })).body, second.body)
})

test('what the request pushed or brought is what token, introspection and user information go by', async () => {
  const asked = [pay, gate.url]
  const browser = await gate.signedIn()
  for (const path of [askingFor(asked), await pushedPath(gate, shop, { scope }, asked)]) {
    const answer = await redeemFor(await codeAt(browser, path), [])
    const token = accessOf(answer)
    assert.deepEqual(await seen(shop, token), { aud: asked, scope })
    assert.deepEqual(await seen(payApi, token), { aud: asked, scope: 'payments:read' })
    assert.equal(await seen(landApi, token), 'inactive')
    assert.equal(await userInfo(token), 200)
    const { status, body } = await refreshed(gate, shop, String(answer.body['refresh_token']), {
      resource: land,
    })
    assert.deepEqual([status, body['error']], [400, 'invalid_target'], 'it asked for the other API never')
  }
})

test('a resource that is not the application’s own is refused where it is asked for, and at the push', async () => {
  const browser = await gate.signedIn()
  for (const resource of [`${pay}/`, 'https://unknown.example', `${pay}#part`, 'relative']) {
    const { error, state, iss } = answered(await browser.get(askingFor([pay, resource])))
    assert.deepEqual([error, state, iss], ['invalid_target', 'a-state', gate.url], resource)
    const { status, body } = await push(gate, shop, { scope }, [pay, resource])
    assert.deepEqual([status, body['error']], [400, 'invalid_target'], resource)
  }
  const narrow = await gate.application()
  const { status, body } = await push(gate, narrow, {}, [pay])
  assert.deepEqual([status, body['error']], [400, 'invalid_target'], 'an API of another application')
})

test('resources come as a list in JSON', async () => {
  const body = JSON.stringify({ ...redemption(shop, await codeWith([pay, land])), resource: [pay, land] })
  const answer = await post(`${gate.url}/oauth/token`, body, { 'content-type': 'application/json' })
  assert.deepEqual(await seen(shop, accessOf(answer)), { aud: [pay, land], scope })
  const bad = JSON.stringify({ ...redemption(shop, await codeWith([pay])), resource: [pay, { nested: 1 }] })
  const refused = await post(`${gate.url}/oauth/token`, bad, { 'content-type': 'application/json' })
  assert.deepEqual([refused.status, refused.body['error']], [400, 'invalid_request'])
})

test('another parameter that comes twice is still refused', async () => {
  const fields = new URLSearchParams(redemption(shop, await codeWith([pay])))
  fields.append('code', 'again')
  assert.deepEqual((await post(`${gate.url}/oauth/token`, fields)).body['error'], 'invalid_request')
})
