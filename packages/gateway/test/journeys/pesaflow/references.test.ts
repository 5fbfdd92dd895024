import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import { createApiClient } from '../../../src/core/organization/create-api-client.ts'
import { ask, encodings, merchantDesk, type MerchantDesk } from '../../merchant-desk.ts'
import { buildTown, openWorld, type World } from '../../world.ts'

let world: World
let twin: World
let desk: MerchantDesk
/** The same merchant at a second gateway over the same database. */
let there: MerchantDesk

before(async () => {
  world = await openWorld()
  twin = await openWorld({ databaseUrl: world.databaseUrl, publicUrl: world.url })
  const town = await buildTown(world.deps)
  desk = merchantDesk(world, town)
  there = merchantDesk(twin, town)
})
after(async () => {
  try {
    await twin.close()
  } finally {
    await world.close()
  }
})

const taken = { error: 'BillRefNumber already taken' }

test('[money 19] the same order again is the same invoice and the same page, by any path, encoding and format', async () => {
  const signed = desk.sign(desk.order({ billRefNumber: 'SAME-1' }))
  const first = await desk.post(signed)
  assert.equal(first.status, 200)
  for (const path of wire.paths.checkout) {
    for (const encode of Object.values(encodings)) {
      const again = await ask(desk.url(path), encode({ ...signed, format: 'JSON', sendSTK: '0', extra: 'x' }))
      assert.deepEqual([again.status, again.body], [200, first.body])
    }
  }
  const page = await desk.post({ ...signed, format: 'html' })
  assert.equal(page.status, 200)
  assert.ok(page.text.includes(String(first.body['invoice_number'])))
})

const changes = {
  amountExpected: '100.01',
  clientIDNumber: '12345679',
  billDesc: 'Plot 8 rates',
  clientName: 'Achieng Otieno',
  clientMSISDN: '254700000002',
  clientEmail: '',
  notificationURL: 'http://127.0.0.1:9/other',
  callBackURLOnSuccess: 'http://127.0.0.1:9/other',
} as const

for (const [field, value] of Object.entries(changes)) {
  test(`[money 20] the same reference with another ${field} is taken, and the first invoice stays as it was`, async () => {
    const order = desk.order({ billRefNumber: `OTHER-${field}` })
    const first = await desk.post(desk.sign(order))
    const clash = await desk.post(desk.sign({ ...order, [field]: value }))
    assert.deepEqual([clash.status, clash.body], [422, taken])
    assert.deepEqual((await desk.post(desk.sign(order))).body, first.body)
  })
}

test('[money 20] an amount that is written otherwise is other content: the hash is over characters', async () => {
  const order = desk.order({ amountExpected: '100' })
  assert.equal((await desk.post(desk.sign(order))).status, 200)
  assert.equal((await desk.post(desk.sign({ ...order, amountExpected: '100.00' }))).status, 422)
})

test('[money 19] a repeat after payment is still the same invoice', async () => {
  const signed = desk.sign(desk.order({ billRefNumber: 'SAME-PAID' }))
  const first = await desk.post(signed)
  const number = String(first.body['invoice_number'])
  const { organizationId } = desk.town.merchant
  const key = await world.deps.routeInvoice(number)
  assert.equal(key?.organizationId, organizationId)
  await world.deps.book({
    source: 'test',
    externalId: 'SAME-PAID',
    fingerprint: new Uint8Array(32),
    attemptId: world.deps.ids.next(),
    organizationId,
    invoiceId: key?.invoiceId ?? null,
    homeless: null,
    money: { minor: 10_500n, currency: 'KES' },
    channel: 'Bank',
    askedReference: number,
    payerName: 'Wanjiku Kamau',
    payerAccount: '254700000001',
    paidAt: world.deps.clock.now(),
  })
  assert.deepEqual((await desk.post(signed)).body, first.body)
  assert.equal((await desk.status('SAME-PAID')).body['status'], 'settled')
})

test('[money 21] fifty first checkouts with one reference at once, at two gateways, make one invoice', async () => {
  const signed = desk.sign(desk.order({ billRefNumber: 'AT-ONCE-1' }))
  const heard = await Promise.all(
    Array.from({ length: 50 }, async (_, place) => await (place % 2 === 0 ? desk : there).post(signed)),
  )
  assert.deepEqual(new Set(heard.map(({ status }) => status)), new Set([200]))
  assert.equal(new Set(heard.map(({ text }) => text)).size, 1, 'all were told of one invoice')
})

test('[money 21] of fifty different first checkouts with one reference at once one wins, and the others hear 422', async () => {
  const heard = await Promise.all(
    Array.from({ length: 50 }, async (_, place) => {
      const order = desk.order({ billRefNumber: 'AT-ONCE-2', amountExpected: `${place + 1}.00` })
      return await (place % 2 === 0 ? desk : there).post(desk.sign(order))
    }),
  )
  const won = heard.filter(({ status }) => status === 200)
  assert.equal(won.length, 1)
  assert.deepEqual(
    new Set(heard.filter((one) => one !== won[0]).map(({ body }) => body['error'])),
    new Set([taken.error]),
  )
  const { body } = await desk.status('AT-ONCE-2')
  assert.equal(body['ref_no'], won[0]?.body['invoice_number'])
  assert.equal(body['amount_expected'], won[0]?.body['amount_expected'])
})

test('two hundred checkouts at once, at two gateways, get two hundred numbers', async () => {
  const heard = await Promise.all(
    Array.from(
      { length: 200 },
      async (_, place) => await (place % 2 === 0 ? desk : there).checkout({ billRefNumber: `MANY-${place}` }),
    ),
  )
  assert.equal(new Set(heard.map(({ body }) => body['invoice_number'])).size, 200)
  assert.equal(new Set(heard.map(({ body }) => body['invoice_link'])).size, 200)
})

test('[money 31] references that differ in case, in a blank or in a look-alike letter are other references, or none', async () => {
  const plain = await desk.checkout({ billRefNumber: 'Look-A1' })
  const lower = await desk.checkout({ billRefNumber: 'look-a1' })
  const letter = await desk.checkout({ billRefNumber: 'Look-Al' })
  assert.equal(new Set([plain, lower, letter].map(({ body }) => body['invoice_number'])).size, 3)
  for (const billRefNumber of ['Look-A1 ', ' Look-A1', 'Lооk-A1', 'Look\u2010A1', 'Look-A1\u200b']) {
    const { status, body } = await desk.checkout({ billRefNumber })
    assert.deepEqual([status, body['field']], [422, 'billRefNumber'], billRefNumber)
  }
})

test('a reference belongs to the client that used it: another client of the same organization may use it too', async () => {
  const { organizationId } = desk.town.merchant
  const second = await createApiClient(world.deps, { organizationId, role: 'merchant', id: 'second-client' })
  assert.ok(second.ok)
  const { id: apiClientId, key, secret } = second.value
  const other = merchantDesk(world, {
    ...desk.town,
    merchant: { organizationId, apiClientId, keys: { key, secret } },
  })
  const mine = await desk.checkout({ billRefNumber: 'SHARED-REF' })
  const theirs = await other.checkout({ billRefNumber: 'SHARED-REF', amountExpected: '3.00' })
  assert.equal(theirs.status, 200)
  assert.notEqual(theirs.body['invoice_number'], mine.body['invoice_number'])
  assert.equal((await other.status('SHARED-REF')).body['amount_expected'], '8.00')
})
