// What a page shows is what is granted: no more, no less, and named so that a person can tell whose it is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createResourceServer } from '../../src/core/application/create-resource-server.ts'
import { textOf, type Browser, type Page } from '../journeys/account/town.ts'
import { must } from '../world.ts'
import {
  answered,
  authorizePath,
  openGate,
  post,
  press,
  redeem,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

const pay = 'https://pay.example/api'

let gate: Gate
before(async () => {
  gate = await openGate()
  const payApi = await gate.application({ kind: 'machine', redirectUris: [], name: 'Payments desk' })
  const api = { identifier: pay, clientId: payApi.clientId, name: 'County payments' }
  must(await createResourceServer(gate.deps, { ...api, scopes: ['payments:read', 'payments:write'] }))
})
after(async () => {
  await gate.close()
})

const scopes = [
  'openid',
  'email',
  'offline_access',
  'payments:read',
  'payments:write',
  'parcels:read',
] as const

async function shopOf(name: string): Promise<Application> {
  return await gate.application({ name, scopes, more: { resources: [pay] } })
}

/** The items of the list that a page shows. */
function listed({ body }: Page): readonly string[] {
  return [...body.matchAll(/<li>([^<]+)<\/li>/g)].map(([, item = '']) => item)
}

async function grantedBy(shop: Application, page: Page): Promise<unknown> {
  const { body } = await redeem(gate, shop, answered(page)['code'] ?? '')
  return body['scope']
}

const asked = { scope: 'openid payments:read parcels:read' }
const shown = [
  'That it is you who signed in',
  'County payments: payments:read',
  'Permission “parcels:read” at services that it works with',
]

test('[identity 38] the page shows each scope that will be granted, with the name of the API that it opens', async () => {
  const shop = await shopOf('Duka')
  const browser = await gate.signedIn()
  const page = await browser.get(authorizePath(shop, asked))
  assert.deepEqual(listed(page), shown)
  assert.equal(await grantedBy(shop, await press(browser, page, 'proceed')), asked.scope)
})

test('[identity 38] the account page goes on showing it among the connected services', async () => {
  const shop = await shopOf('Soko')
  const browser = await gate.signedIn()
  await press(browser, await browser.get(authorizePath(shop, asked)), 'proceed')
  const account = await browser.get('/account')
  const [, its = ''] = /<h3><bdi>Soko<\/bdi>([^]*?)<\/section>/.exec(account.body) ?? []
  assert.deepEqual(listed({ ...account, body: its }).toSorted(), shown.toSorted())
})

test('[identity 38] an API that the application may not ask tokens for lends its name to no scope', async () => {
  const stranger = await gate.application({ name: 'Kibanda', scopes })
  const page = await (await gate.signedIn()).get(authorizePath(stranger, { scope: 'payments:read' }))
  assert.deepEqual(listed(page), ['Permission “payments:read” at services that it works with'])
})

type Sent = { readonly token: string; readonly page: string; readonly decision: string }

/** The form of a consent page as the browser sends it. */
function formOf({ body, token }: Page): Sent {
  return { token, page: /name="page" value="([^"]+)"/.exec(body)?.[1] ?? '', decision: 'proceed' }
}

test('[identity 38] a scope that is hidden in the posted form is not granted', async () => {
  const shop = await shopOf('Mbele')
  const browser = await gate.signedIn()
  const path = authorizePath(shop, asked)
  const form = formOf(await browser.get(path))
  const sent = await browser.post(path, { ...form, scope: `${asked.scope} payments:write offline_access` })
  assert.equal(await grantedBy(shop, sent), asked.scope)
})

test('[identity 38] a scope that is added to the address of the form is asked for, and not granted', async () => {
  const shop = await shopOf('Nyuma')
  const browser = await gate.signedIn()
  const form = formOf(await browser.get(authorizePath(shop, asked)))
  const more = { scope: `${asked.scope} payments:write` }
  const again = await browser.post(authorizePath(shop, more), form)
  assert.equal(again.status, 200)
  assert.equal(again.location, null)
  assert.match(textOf(again), /Let Nyuma in\?/)
  assert.deepEqual(listed(again), [
    ...shown.slice(0, 2),
    'County payments: payments:write',
    ...shown.slice(2),
  ])
  const families = await gate.deps.db.query(
    { name: 'test_families_of', text: 'select id from token_family where client_id = $1' },
    [shop.clientId],
  )
  assert.deepEqual(families, [])
})

test('[identity 38] the page about a device names the API too, and the form that allows it adds nothing', async () => {
  const more = { resources: [pay] }
  const tv = await gate.application({ kind: 'device', redirectUris: [], name: 'Sauti TV', scopes, more })
  const started = await post(`${gate.url}/oauth/device`, {
    client_id: tv.clientId,
    scope: 'openid payments:read',
  })
  const browser = await gate.signedIn()
  const page = await typeCode(browser, String(started.body['user_code']))
  assert.deepEqual(listed(page), shown.slice(0, 2))
  await browser.post('/device', {
    token: page.token,
    user_code: String(started.body['user_code']),
    decision: 'allowed',
    scope: 'openid payments:read payments:write',
  })
  const tokens = await post(`${gate.url}/oauth/token`, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: tv.clientId,
    device_code: String(started.body['device_code']),
  })
  assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
  assert.equal(tokens.body['scope'], 'openid payments:read')
})

async function typeCode(browser: Browser, userCode: string): Promise<Page> {
  const { token } = await browser.get('/device')
  return await browser.post('/device', { token, user_code: userCode })
}
