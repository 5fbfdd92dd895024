import assert from 'node:assert/strict'
import type { IncomingHttpHeaders } from 'node:http'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pesaflow, verifyNotice, type Order } from '@lango/sdk'
import { hours, seconds } from '../../src/base/time.ts'
import { addWebhookSecret } from '../../src/core/notice/add-webhook-secret.ts'
import { noticesOf } from './notice-desk.ts'
import { buildTown, must, openWorld, type Town, type World } from '../world.ts'
import { httpServer } from './servers.ts'

type Received = { readonly at: number; readonly body: string; readonly headers: IncomingHttpHeaders }
type Market = {
  readonly world: World
  readonly town: Town
  readonly webhookSecret: string
  readonly received: Received[]
  readonly pay: (reference: string, amounts?: readonly string[]) => Promise<void>
}

/** A gateway, and a merchant's real endpoint on a real socket. */
async function openMarket(t: TestContext): Promise<Market> {
  const received: Received[] = []
  const endpoint = await httpServer(t, (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({
        at: performance.now(),
        body: Buffer.concat(parts).toString(),
        headers: request.headers,
      })
      response.end('{"status":"ok"}')
    })
  })
  const world = await openWorld()
  t.after(world.close)
  const town = await buildTown(world.deps, { shop: new URL(endpoint.url).origin })
  const { organizationId } = town.merchant
  const { secret } = must(await addWebhookSecret(world.deps, { organizationId, overlap: seconds(0) }))
  return { world, town, webhookSecret: secret, received, pay: payer(world, town) }
}

function payer(world: World, town: Town): Market['pay'] {
  const at = (who: Town['merchant']) =>
    pesaflow({
      baseUrl: world.url,
      apiClientId: who.apiClientId,
      keys: who.keys,
      serviceId: town.serviceCode,
    })
  return async (reference, amounts = ['105.00']) => {
    const { invoiceNumber } = await at(town.merchant).checkout(order(town, reference))
    for (const [place, amount] of amounts.entries()) {
      await at(town.bank).confirm({
        reference: invoiceNumber,
        amount,
        currency: 'KES',
        transactionId: `${reference}-${place}`,
        transactionDate: new Date(),
        payerName: 'Amina Hassan',
        payerAccount: '254700000002',
      })
    }
  }
}

function order(town: Town, reference: string): Order {
  return {
    reference,
    description: 'Plot 7 rates',
    amount: '100.00',
    payer: { name: 'Amina Hassan', idNumber: '12345678', phone: '254700000002', email: 'amina@example.com' },
    successUrl: `${town.shop}/paid`,
    notificationUrl: `${town.shop}/notices?order=${reference}`,
  }
}

async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs
  while (!isSo()) {
    if (performance.now() > end) assert.fail(`not so within ${withinMs} ms`)
    await sleep(5)
  }
}

test('a confirmed payment is at the merchant within moments, and her SDK verifies hash and signature', async (t) => {
  const { world, town, webhookSecret, received, pay } = await openMarket(t)
  world.house.startJobs()
  await pay('WARM-UP')
  await until(() => received.length === 1, 3000)
  await pay('ORDER-1')
  const confirmed = performance.now()
  await until(() => received.length === 2, 3000)
  const [, notice] = received
  assert.ok(notice !== undefined)
  assert.ok(notice.at - confirmed < 250, `${notice.at - confirmed} ms after the bank had its answer`)
  const verified = await verifyNotice(notice.body, notice.headers, {
    ...town.merchant.keys,
    webhookSecret,
  })
  assert.deepEqual(
    [verified.signed, verified.reference, verified.status, verified.amountPaid],
    [true, 'ORDER-1', 'settled', '105.00'],
  )
  assert.equal(notice.headers['content-type'], 'application/json')
})

test('each part of a payment is told, in order, and each once [money 59]', async (t) => {
  const { world, received, pay } = await openMarket(t)
  world.house.startJobs()
  await pay('ORDER-2', ['5.00', '50.00', '50.00'])
  await until(() => received.length === 3, 5000)
  await sleep(200)
  const told = received.map(
    ({ body }) => JSON.parse(body) as { readonly status: string; readonly amount_paid: string },
  )
  assert.deepEqual(
    told.map(({ status, amount_paid: paid }) => `${status} ${paid}`),
    ['partial 5.00', 'partial 55.00', 'settled 105.00'],
  )
  assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 3)
})

test('what one process books and does not live to tell, another tells [money 60]', async (t) => {
  const { world, town, received, pay } = await openMarket(t)
  // This process runs no jobs: it is as good as killed right after the commit.
  await pay('ORDER-3')
  const other = await openWorld({ databaseUrl: world.databaseUrl })
  try {
    const started = performance.now()
    other.house.startJobs()
    await until(() => received.length === 1, 3000)
    assert.ok(performance.now() - started < 2000)
    await sleep(100)
    const [notice] = await noticesOf(other.deps, town.merchant.organizationId)
    assert.equal(notice?.state, 'delivered')
    assert.deepEqual(
      notice?.deliveries.map(({ status, answer }) => [status, answer]),
      [[200, '{"status":"ok"}']],
    )
  } finally {
    await other.close()
  }
})

test('while the merchant changes her webhook secret, both verify [money 62]', async (t) => {
  const { world, town, webhookSecret, received, pay } = await openMarket(t)
  const { organizationId } = town.merchant
  const next = must(await addWebhookSecret(world.deps, { organizationId, overlap: hours(24) }))
  world.house.startJobs()
  await pay('ORDER-4')
  await until(() => received.length === 1, 3000)
  const [notice] = received
  for (const secret of [webhookSecret, next.secret]) {
    const keys = { ...town.merchant.keys, webhookSecret: secret }
    const verified = await verifyNotice(notice?.body ?? '', notice?.headers ?? {}, keys)
    assert.equal(verified.signed, true)
  }
})
