import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import type { Config } from './config.ts'
import type { FakeGateway } from './fake-gateway.fixture.ts'
import { configFor, fakeGateway, signedNotice, webhookHeaders } from './fake-gateway.fixture.ts'
import { startShop } from './start.ts'

type Page = {
  readonly status: number
  readonly location: string
  readonly text: string
  readonly headers: Headers
}

/** A browser of few words: it keeps one cookie and follows nothing by itself. */
function browser(shopUrl: string) {
  let cookie = ''
  const ask = async (target: string, init: RequestInit = {}): Promise<Page> => {
    const headers = new Headers(init.headers)
    headers.set('cookie', cookie)
    const answer = await fetch(new URL(target, shopUrl), { ...init, redirect: 'manual', headers })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const location = answer.headers.get('location') ?? ''
    return { status: answer.status, location, text: await answer.text(), headers: answer.headers }
  }
  const post = (target: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    ask(target, { method: 'POST', body: new URLSearchParams(form), headers })
  const csrf = async (): Promise<string> =>
    /name="csrf" value="([^"]+)"/.exec((await ask('/')).text)?.[1] ?? ''
  return { ask, post, csrf, cookie: () => cookie }
}

async function openedShop(t: TestContext, changes: Partial<Config> = {}) {
  const gateway = await fakeGateway(t)
  const faults: unknown[] = []
  const shop = await startShop(configFor(gateway.url, changes), (fault) => faults.push(fault))
  t.after(async () => {
    await shop.close()
    assert.deepEqual(faults, [])
  })
  return { gateway, shop, visitor: browser(shop.url) }
}

type Visitor = ReturnType<typeof browser>

async function signIn(gateway: FakeGateway, visitor: Visitor): Promise<Page> {
  const begun = await visitor.ask('/sign-in')
  return visitor.ask(gateway.agree(begun.location))
}

/** Signs in, buys the basket, and gives the order's reference. */
async function buy(gateway: FakeGateway, visitor: Visitor): Promise<string> {
  await signIn(gateway, visitor)
  const placed = await visitor.post('/orders', { csrf: await visitor.csrf(), good: 'kiondo' })
  const [, reference = ''] = /^\/orders\/(ORDER-[A-Z2-9]{10})$/.exec(placed.location) ?? []
  return reference
}

const deliver = (shopUrl: string, body: string, headers: Record<string, string>) =>
  fetch(`${shopUrl}/notifications`, {
    method: 'POST',
    body,
    headers: { ...headers, 'content-type': 'application/json' },
  })

test('a visitor signs in with PKCE and is greeted by name', async (t) => {
  const { gateway, shop, visitor } = await openedShop(t)
  assert.match((await visitor.ask('/')).text, /Sign in to buy/)
  const begun = await visitor.ask('/sign-in')
  const asked = new URL(begun.location)
  assert.equal(asked.origin + asked.pathname, `${gateway.url}/oauth/authorize`)
  assert.equal(asked.searchParams.get('redirect_uri'), `${shop.url}/callback`)
  assert.equal(asked.searchParams.get('code_challenge_method'), 'S256')
  const before = visitor.cookie()
  const back = await visitor.ask(gateway.agree(begun.location))
  assert.deepEqual([back.status, back.location], [303, '/'])
  assert.notEqual(visitor.cookie(), before, 'a session id from before the sign-in is worth nothing after it')
  assert.match((await visitor.ask('/')).text, /Karibu, Wanjiku\./)
  assert.match((await visitor.ask('/me')).text, /<code>id_number<\/code><\/dt>\s*<dd>12345678</)
})

test('whoever opens the shop under another name is moved to its own address once, before the sign-in', async (t) => {
  const { gateway, shop } = await openedShop(t)
  const visitor = browser(shop.url.replace('127.0.0.1', 'localhost'))
  const moved = await visitor.ask('/sign-in')
  assert.equal(moved.location, `${shop.url}/sign-in?moved`)
  assert.ok((await visitor.ask('/sign-in?moved')).location.startsWith(`${gateway.url}/oauth/authorize?`))
})

test('a callback with another state, used twice, or refused by the person signs nobody in', async (t) => {
  const { gateway, visitor } = await openedShop(t)
  const begun = await visitor.ask('/sign-in')
  const forged = new URL(gateway.agree(begun.location))
  forged.searchParams.set('state', 'another')
  assert.equal((await visitor.ask(forged.href)).status, 502)
  const again = await visitor.ask(gateway.agree(begun.location))
  assert.deepEqual([again.status, again.location], [303, '/'], 'the sign-in was used up')
  const anew = new URL((await visitor.ask('/sign-in')).location)
  const state = anew.searchParams.get('state') ?? ''
  const declined = await visitor.ask(`/callback?error=access_denied&state=${state}`)
  assert.equal(declined.status, 200)
  assert.match(declined.text, /chose not to share/)
  assert.match((await visitor.ask('/')).text, /Sign in to buy/)
})

test('an order shows the gateway’s page in a frame, signed with the shop’s key', async (t) => {
  const { gateway, shop, visitor } = await openedShop(t)
  const reference = await buy(gateway, visitor)
  const { text, headers } = await visitor.ask(`/orders/${reference}`)
  const [frame = ''] = /<iframe[^>]+>/.exec(text) ?? []
  assert.ok(frame.includes(`src="${gateway.url}/checkout?request_id=abcdefghijklmnopqrst"`))
  assert.ok(frame.includes(`data-gateway="${gateway.url}"`))
  assert.ok(headers.get('content-security-policy')?.includes(`frame-src ${gateway.url};`))
  const [checkout] = gateway.checkouts
  assert.equal(checkout?.['notificationURL'], `${shop.url}/notifications`)
  assert.equal(checkout?.['callBackURLOnSuccess'], `${shop.url}/orders/${reference}/paid`)
  assert.equal(checkout?.['amountExpected'], '1850.00')
  await visitor.ask(`/orders/${reference}`)
  assert.equal(gateway.checkouts.length, 1, 'looking again raises no second invoice')
})

test('a verified notice pays the order, and each check is shown', async (t) => {
  const { gateway, shop, visitor } = await openedShop(t)
  const reference = await buy(gateway, visitor)
  await visitor.ask(`/orders/${reference}`)
  assert.match((await visitor.ask(`/orders/${reference}/paid`)).text, /One moment/)
  const { body, headers } = signedNotice(reference)
  const answer = await deliver(shop.url, body, headers)
  assert.deepEqual([answer.status, await answer.text()], [200, '{"status":"ok"}'])
  const { text } = await visitor.ask(`/orders/${reference}/paid`)
  assert.match(text, /Asante! It is yours\./)
  assert.equal(text.match(/data-outcome="passed"/g)?.length, 10)
  assert.ok(!text.includes('data-outcome="failed"'))
  assert.match(text, /data-verified="yes"/)
  const state = await visitor.ask(`/orders/${reference}/state`)
  assert.equal(state.text, '{"state":"paid","words":"Paid"}')
})

test('a notice that cannot be proved pays nothing, and the check that failed is shown', async (t) => {
  const { gateway, shop, visitor } = await openedShop(t)
  const reference = await buy(gateway, visitor)
  await visitor.ask(`/orders/${reference}`)
  const { body, headers } = signedNotice(reference)
  const changed = body.replace('"status":"settled"', '"status":"partial"')
  const old = webhookHeaders(body, 'msg_1', Math.floor(Date.now() / 1000) - 3600)
  const shifted = signedNotice(reference).body.replace('"amount_paid":"1900.00"', '"amount_paid":"1900.002"')
  for (const [sent, withHeaders, code] of [
    [body, {}, 'notice_unsigned'],
    [changed, headers, 'notice_signature'],
    [body, old, 'notice_timestamp'],
    [shifted, webhookHeaders(shifted, 'msg_2'), 'notice_amount'],
    ['{', webhookHeaders('{', 'msg_3'), 'notice_malformed'],
  ] as const) {
    const answer = await deliver(shop.url, sent, withHeaders)
    assert.deepEqual([answer.status, await answer.json()], [400, { error: code }])
  }
  const { text } = await visitor.ask(`/orders/${reference}/paid`)
  assert.match(text, /One moment/)
  assert.equal(text.match(/data-verified="no"/g)?.length, 4, 'one names no order')
})

test('a genuine notice that does not fit the order pays nothing', async (t) => {
  const { gateway, shop, visitor } = await openedShop(t)
  const reference = await buy(gateway, visitor)
  await visitor.ask(`/orders/${reference}`)
  for (const change of [
    { invoice_number: 'ABCDEFGH' },
    { currency: 'UGX' },
    { invoice_amount: '10.00', amount_paid: '10.00' },
    { amount_paid: '1899.99' },
  ]) {
    const { body, headers } = signedNotice(reference, change)
    assert.equal((await deliver(shop.url, body, headers)).status, 409, JSON.stringify(change))
  }
  const stranger = signedNotice('ORDER-OFSOMEBODY')
  assert.equal((await deliver(shop.url, stranger.body, stranger.headers)).status, 200, 'again would not help')
  assert.match((await visitor.ask(`/orders/${reference}/state`)).text, /"unpaid"/)
})

test('a notice that is repeated or overtaken changes nothing more', async (t) => {
  const { gateway, shop, visitor } = await openedShop(t)
  const reference = await buy(gateway, visitor)
  await visitor.ask(`/orders/${reference}`)
  const partial = signedNotice(reference, { status: 'partial', amount_paid: '900.00' })
  const settled = signedNotice(reference)
  await deliver(shop.url, partial.body, webhookHeaders(partial.body, 'msg_1'))
  assert.match((await visitor.ask(`/orders/${reference}/state`)).text, /"partly paid"/)
  await deliver(shop.url, settled.body, webhookHeaders(settled.body, 'msg_2'))
  await deliver(shop.url, partial.body, webhookHeaders(partial.body, 'msg_1'))
  await deliver(shop.url, settled.body, webhookHeaders(settled.body, 'msg_2'))
  assert.match((await visitor.ask(`/orders/${reference}/state`)).text, /"paid"/)
})

test('without a webhook secret the shop asks the gateway before it believes a notice', async (t) => {
  const { gateway, shop, visitor } = await openedShop(t, { webhookSecret: null })
  const reference = await buy(gateway, visitor)
  await visitor.ask(`/orders/${reference}`)
  const { body } = signedNotice(reference)
  assert.equal((await deliver(shop.url, body, {})).status, 409, 'the gateway says pending')
  gateway.says('settled')
  assert.equal((await deliver(shop.url, body, {})).status, 200)
  assert.match((await visitor.ask(`/orders/${reference}/state`)).text, /"paid"/)
})

test('a form without this visit’s token, or from another site, is refused', async (t) => {
  const { gateway, visitor } = await openedShop(t)
  await signIn(gateway, visitor)
  const csrf = await visitor.csrf()
  assert.equal((await visitor.post('/orders', { good: 'kiondo' })).status, 403)
  assert.equal((await visitor.post('/orders', { good: 'kiondo', csrf: `${csrf}x` })).status, 403)
  assert.equal(
    (await visitor.post('/orders', { good: 'kiondo', csrf }, { origin: 'https://evil.example' })).status,
    403,
  )
  assert.equal((await visitor.post('/orders', { good: 'nothing', csrf })).status, 404)
  assert.equal((await visitor.post('/sign-out', { csrf })).location, '/')
  assert.equal((await visitor.ask('/me')).location, '/sign-in')
})

test('an order does not exist for anybody else', async (t) => {
  const { gateway, shop, visitor } = await openedShop(t)
  const reference = await buy(gateway, visitor)
  const stranger = browser(shop.url)
  for (const path of ['', '/paid', '/state']) {
    assert.equal((await stranger.ask(`/orders/${reference}${path}`)).location, '/sign-in')
  }
  assert.equal((await visitor.ask('/orders/ORDER-UNKNOWN')).status, 404)
  assert.match((await visitor.ask('/orders')).text, new RegExp(reference))
})

test('when the gateway refuses the checkout, the page says why and how to mend it', async (t) => {
  const { gateway, visitor } = await openedShop(t, { apiSecret: 'not the secret' })
  const reference = await buy(gateway, visitor)
  const { status, text } = await visitor.ask(`/orders/${reference}`)
  assert.equal(status, 502)
  assert.match(text, /Invalid Hash.*Look at the secret\./)
})

test('pages bring no script but the shop’s own and cannot be framed', async (t) => {
  const { visitor } = await openedShop(t)
  const { headers, text } = await visitor.ask('/')
  const policy = headers.get('content-security-policy') ?? ''
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ]) {
    assert.ok(policy.includes(rule), rule)
  }
  assert.match(headers.get('set-cookie') ?? '', /^duka=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  assert.ok(!/ style=| on\w+=/.test(text))
  for (const [asset, type] of [
    ['shop.css', 'text/css'],
    ['order.css', 'text/css'],
    ['shop.js', 'text/javascript'],
    ['goods/kiondo.png', 'image/png'],
  ]) {
    const answer = await visitor.ask(`/assets/${asset}`)
    assert.deepEqual([answer.status, answer.headers.get('content-type')?.split(';')[0]], [200, type])
  }
  assert.equal((await visitor.ask('/assets/../package.json')).status, 404)
  assert.equal((await visitor.ask('/assets/%2e%2e/package.json')).status, 404)
})

test('a body above 64 kB is not read', async (t) => {
  const { shop } = await openedShop(t)
  const answer = await deliver(shop.url, 'x'.repeat(70_000), {}).catch(() => null)
  assert.ok(answer === null || answer.status === 413)
})
