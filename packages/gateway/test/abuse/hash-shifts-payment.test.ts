import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyNotice, type Notice } from '@lango/sdk'
import { dataString, events, pesaflow as wire, verifyHash, type Recipe } from '@lango/wire'
import type { Digests } from '../../src/core/ports.ts'
import type { InvoiceEvent } from '../../src/core/notice/event.ts'
import { announce } from '../../src/dialects/pesaflow/announce.ts'
import { ask, encodings, hashOf, mac, merchantDesk, type Said } from '../merchant-desk.ts'
import { stage, type Stage } from '../refusals/payment-cases.ts'
import { openWorld, type World } from '../world.ts'

let world: World
let at: Stage
before(async () => {
  world = await openWorld()
  at = await stage(world)
})
after(async () => {
  await world.close()
})

/** The second reading under the first one's hash; proves that its text is the same. */
function moved(recipe: Recipe, signed: Said, change: Said): Said {
  const other = { ...signed, ...change }
  const text = (said: Said) => dataString(recipe, said, at.town.bank.keys.secret)
  assert.equal(text(other), text(signed), 'the shift leaves the hashed text as it is')
  return other
}

const paid = async (number: string): Promise<unknown> => {
  const desk = merchantDesk(world, at.town)
  return (await desk.status(number)).body['amount_paid']
}

test('[money S5] validate currency, which no hash covers: another one than the bill’s is refused', async () => {
  const signed = at.validating({ ref_no: await at.bill() })
  const other = moved(wire.recipes.validate, signed, { currency: 'USD' })
  const { status, body } = await at.send(wire.paths.validate, other)
  assert.deepEqual([status, body['description']], [400, 'currency: the bill is in KES'])
})

test('[money S5] validate ref_no→amount: letters and digits do not mix, so the boundary cannot move', async () => {
  const signed = at.validating({ ref_no: await at.bill(), amount: '105.00' })
  const other = moved(wire.recipes.validate, signed, {
    ref_no: `${signed['ref_no'] ?? ''}1`,
    amount: '05.00',
  })
  const { status, body } = await at.send(wire.paths.validate, other)
  assert.equal(status, 400)
  assert.match(String(body['description']), /^ref_no: /)
})

test('[money S6] confirm gateway_transaction_id→gateway_transaction_date: no digit can move either way', async () => {
  const number = await at.bill()
  const date = '2026-10-04 12:00:00'
  const signed = at.confirming({
    ref_no: number,
    amount: '50',
    gateway_transaction_id: '1234434',
    gateway_transaction_date: date,
  })
  assert.equal((await at.send(wire.paths.confirm, signed)).status, 200)
  for (const change of [
    { gateway_transaction_id: '12344342', gateway_transaction_date: '026-10-04 12:00:00' },
    { gateway_transaction_id: '123443', gateway_transaction_date: '42026-10-04 12:00:00' },
    { gateway_transaction_id: '12344342026', gateway_transaction_date: '-10-04 12:00:00' },
    { gateway_transaction_id: '12344342026-10-04', gateway_transaction_date: ' 12:00:00' },
  ]) {
    const { status, body } = await at.send(wire.paths.confirm, moved(wire.recipes.confirm, signed, change))
    assert.equal(status, 400, JSON.stringify(change))
    assert.match(String(body['description']), /^gateway_transaction_date: YYYY-MM-DD/)
  }
  assert.equal(await paid(number), '50.00', 'one credit')
})

test('[money S6] confirm amount→currency→gateway_transaction_id: letters and digits keep them apart', async () => {
  const signed = at.confirming({ ref_no: await at.bill(), amount: '50', gateway_transaction_id: 'A1' })
  for (const [change, field] of [
    [{ amount: '50K', currency: 'ESA', gateway_transaction_id: '1' }, 'amount'],
    [{ amount: '5', currency: '0KES' }, 'currency'],
    [{ currency: 'KESA', gateway_transaction_id: '1' }, 'currency'],
  ] as const) {
    const { status, body } = await at.send(wire.paths.confirm, moved(wire.recipes.confirm, signed, change))
    assert.equal(status, 400)
    assert.match(String(body['description']), new RegExp(`^${field}: `))
  }
})

test('[money S7] confirm customer_name→customer_account_number: the second reading is the same payment, and clashes', async () => {
  const number = await at.bill()
  const signed = at.confirming({
    ref_no: number,
    amount: '50',
    customer_name: 'Wanjiku',
    customer_account_number: '254700000001',
  })
  assert.equal((await at.send(wire.paths.confirm, signed)).status, 200)
  const change = { customer_name: 'Wanjiku2', customer_account_number: '54700000001' }
  const { status, body } = await at.send(wire.paths.confirm, moved(wire.recipes.confirm, signed, change))
  assert.deepEqual([status, body['description']], [500, 'Failed'])
  assert.equal(await paid(number), '50.00')
})

const event = (more: Partial<InvoiceEvent> = {}): InvoiceEvent => ({
  type: 'invoice.paid',
  organizationId: at.town.merchant.organizationId,
  apiClientId: at.town.merchant.apiClientId,
  invoiceNumber: 'WQBGPWRR',
  reference: 'INV-1',
  sequence: 1,
  state: 'partial',
  currency: 'KES',
  expected: '105.00',
  paid: '5.00',
  credited: '0.00',
  payerPhone: '254700000001',
  channel: 'Bank',
  occurredAt: '2025-05-30T08:00:00.000Z',
  payments: [
    {
      reference: 'TX1',
      amount: '5.00',
      currency: 'KES',
      paidAt: '2025-05-30T08:00:00.000Z',
      receivedAt: '2025-05-30T08:00:01.000Z',
    },
  ],
  ...more,
})

type Body = Readonly<Record<string, string>>
const printed = (one: InvoiceEvent): Body => {
  const digests: Pick<Digests, 'hmacSha256'> = { hmacSha256: (key, text) => mac(key, text) }
  const { body } = announce(one, [at.town.merchant.keys], { ...world.deps.digests, ...digests })
  return JSON.parse(String(body)) as Body
}
const believed = async (body: Body): Promise<Notice> =>
  await verifyNotice(JSON.stringify(body), {}, at.town.merchant.keys)

test('[money S8] notice amount_paid→payment_date: the SDK refuses the amount that took a digit of the date', async () => {
  const body = printed(event())
  assert.equal(body['amount_paid'], '5.00')
  assert.equal((await believed(body)).amountPaid, '5.00')
  for (const digits of [1, 2, 4]) {
    const date = body['payment_date'] ?? ''
    const other: Body = {
      ...body,
      amount_paid: `5.00${date.slice(0, digits)}`,
      payment_date: date.slice(digits),
    }
    const recipe = wire.recipes.notification
    const text = (said: Body) =>
      dataString(recipe, said as Readonly<Record<(typeof recipe.fields)[number], string>>, '')
    assert.equal(text(other), text(body))
    await assert.rejects(believed(other), { code: 'notice_amount' })
  }
})

test('[money S9] notice status, currency, invoice_amount and channel: only the signature over the whole body shows it', async () => {
  const body = printed(event())
  const flipped: Body = {
    ...body,
    status: 'settled',
    currency: 'USD',
    invoice_amount: '5.00',
    payment_channel: 'MPesa',
  }
  const unsigned = await believed(flipped)
  assert.equal(unsigned.signed, false, 'the hash alone holds: ask for the status, or verify the signature')
  const secret = new Uint8Array(32).fill(7)
  const webhookSecret = `whsec_${Buffer.from(secret).toString('base64')}`
  const keys = { ...at.town.merchant.keys, webhookSecret }
  const now = new Date()
  const said = {
    id: 'msg_1',
    timestamp: String(Math.floor(now.getTime() / 1000)),
    body: JSON.stringify(body),
  }
  const signature = await events.sign(said, secret, (key, text) => Promise.resolve(mac(key, text)))
  const headers = {
    'webhook-id': said.id,
    'webhook-timestamp': said.timestamp,
    'webhook-signature': signature,
  }
  assert.equal((await verifyNotice(said.body, headers, keys, { now })).signed, true)
  await assert.rejects(verifyNotice(JSON.stringify(flipped), headers, keys, { now }), {
    code: 'notice_signature',
  })
})

test('[money S10] status api_client_id→ref_no: the boundary moves only into another client, whose key is another', async () => {
  const desk = merchantDesk(world, at.town)
  const said = desk.statusSaid('A-1')
  const id = said['api_client_id'] ?? ''
  const other = { ...said, api_client_id: `${id}A`, ref_no: '-1' }
  assert.equal(other.api_client_id + other.ref_no, id + 'A-1')
  const { status, body } = await ask(desk.url(wire.paths.status[0]), encodings.form(other))
  assert.deepEqual([status, body['error']], [401, 'Invalid Hash'])
})

test('[money S10] status: its hash is the same for ever, so it may be sent in a body, which no server logs', async () => {
  const desk = merchantDesk(world, at.town)
  const number = await at.bill()
  const { status, body } = await ask(desk.url(wire.paths.status[0]), encodings.json(desk.statusSaid(number)))
  assert.deepEqual([status, body['ref_no']], [200, number])
  assert.equal(desk.statusSaid(number)['secure_hash'], desk.statusSaid(number)['secure_hash'])
})

test('[money S12, 43] notice as confirm: a crafted reference makes the texts meet, and a merchant’s key still confirms nothing', async () => {
  const victim = await at.bill()
  const id = at.town.merchant.apiClientId
  const body = printed(event({ reference: `${id}${victim}105.00KES` }))
  const said: Said = {
    api_client_id: id,
    ref_no: victim,
    amount: '105.00',
    currency: 'KES',
    gateway_transaction_id: `${body['invoice_number'] ?? ''}${body['amount_paid'] ?? ''}`,
    gateway_transaction_date: '2025-05-30 08:00:00',
    customer_name: 'Z',
    customer_account_number: '',
    secure_hash: body['secure_hash'] ?? '',
  }
  const { keys } = at.town.merchant
  assert.notEqual(
    verifyHash(wire.recipes.confirm, said as wire.ConfirmRequest, said['secure_hash'] ?? '', { keys, mac }),
    null,
  )
  const crafted = await at.send(wire.paths.confirm, said)
  assert.deepEqual(
    [crafted.status, crafted.body['status']],
    [400, 400],
    'the account number that is left over is empty',
  )
  const whole = { ...said, gateway_transaction_date: '2026-11-01 08:00:00', customer_account_number: '1' }
  const signed = { ...whole, secure_hash: hashOf(wire.recipes.confirm, whole, keys) }
  const forged = await at.send(wire.paths.confirm, signed)
  assert.deepEqual([forged.status, forged.body['description']], [403, 'this key is for a merchant'])
  assert.equal(await paid(victim), '0.00')
})

test('[money S12, 43] confirm as notice: a bank’s key signs nothing that a merchant believes', async () => {
  const body = printed(event())
  const forged = { ...body, secure_hash: hashOf(wire.recipes.notification, body, at.town.bank.keys) }
  await assert.rejects(believed(forged), { code: 'notice_hash' })
})
