import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import { ask, encodings, merchantDesk, type Heard, type MerchantDesk } from '../merchant-desk.ts'
import { buildTown, openWorld, type World } from '../world.ts'

let world: World
let desk: MerchantDesk
let bearer: string

before(async () => {
  world = await openWorld()
  desk = merchantDesk(world, await buildTown(world.deps))
  bearer = await tokenOf(desk.town.merchant.keys)
})
after(async () => {
  await world.close()
})

async function tokenOf(keys: unknown): Promise<string> {
  return String((await ask(desk.url(wire.paths.token), encodings.json(keys))).body['token'])
}

type Message = Readonly<Record<string, unknown>>
let count = 0

/** What a merchant's server sends, every value a text; its items add up. */
function message(more: Message = {}): Message {
  count += 1
  return {
    account_id: desk.town.serviceCode,
    amount_expected: '100.00',
    amount_net: '100.00',
    amount_settled_offline: '0',
    callback_url: `${desk.town.shop}/paid`,
    client_invoice_ref: `SERVER-${count}`,
    commission: '0',
    currency: 'KES',
    email: 'wanjiku@example.com',
    format: 'json',
    id_number: 'TEST-ID-001',
    items: [item({ price: '60.00' }), item({ price: '20.00', quantity: '2' })],
    msisdn: '254700000000',
    name: 'Wanjiku Kamau',
    notification_url: `${desk.town.shop}/notices`,
    ...more,
  }
}

const item = (more: Message = {}): Message => ({
  account_id: desk.town.serviceCode,
  desc: 'Land rates',
  item_ref: 'ITEM-1',
  price: '1.00',
  quantity: '1',
  require_settlement: 'true',
  currency: 'KES',
  ...more,
})

async function send(body: unknown, authorization: string | null = `Bearer ${bearer}`): Promise<Heard> {
  const request = encodings.json(body)
  const headers = {
    ...request.headers,
    ...(authorization === null ? {} : { authorization }),
  }
  return await ask(desk.url(wire.paths.createInvoice), { ...request, headers })
}

test('a server raises an invoice of several items, and finds its number wherever it looks', async () => {
  const { status, body } = await send(message())
  assert.equal(status, 200)
  const { invoice_number, invoice_link, ...rest } = body
  assert.match(String(invoice_number), wire.grammar.invoiceNumber)
  assert.match(String(invoice_link), /\/checkout\?request_id=[A-Za-z0-9_-]{20}$/)
  const found = { invoice_ref: invoice_number, invoice: { invoice_number }, data: { invoice_number } }
  assert.deepEqual(rest, { commission: '5.00', amount_net: '100.00', amount_expected: '105.00', ...found })
  assert.equal((await desk.status('SERVER-1')).body['ref_no'], invoice_number)
})

test('[money 19, 20] the same message again is the same invoice, another under its reference is taken', async () => {
  const said = message()
  const first = await send(said)
  assert.deepEqual((await send(said)).body, first.body)
  for (const more of [
    { name: 'Amina Hassan' },
    { items: [item({ price: '100.00' })] },
    { msisdn: '254700000009' },
  ]) {
    const { status, body } = await send({ ...said, ...more })
    assert.deepEqual([status, body], [422, { error: 'BillRefNumber already taken' }])
  }
})

const notGranted = { status: 401, message: 'Access to this resource Pesaflow.Invoice has not been granted' }

test('without a valid token the answer is the recorded 401', async () => {
  for (const authorization of [null, 'Bearer x', 'Bearer a.b.c', `Basic ${bearer}`, bearer]) {
    const { status, body } = await send(message(), authorization)
    assert.deepEqual([status, body], [401, notGranted])
  }
})

test('[money 16] an aggregator’s token raises no invoice: 403', async () => {
  const token = await tokenOf(desk.town.bank.keys)
  const { status, body } = await send(message(), `Bearer ${token}`)
  assert.deepEqual([status, body], [403, { error: 'this key is for an aggregator' }])
})

test('[money 45] the token of a client that was disabled since is worth nothing', async () => {
  const closing = await buildTown(world.deps, { name: 'closing' })
  const token = await tokenOf(closing.merchant.keys)
  await world.deps.db.query(
    { name: 'disable_for_create', text: 'update api_client set disabled_at = now() where id = $1' },
    [closing.merchant.apiClientId],
  )
  assert.deepEqual((await send(message(), `Bearer ${token}`)).body, notGranted)
})

const mandatory = [
  'account_id',
  'amount_net',
  'callback_url',
  'client_invoice_ref',
  'currency',
  'email',
  'id_number',
  'msisdn',
  'name',
  'notification_url',
] as const

for (const field of mandatory) {
  test(`an invoice without ${field} answers 422 and names it`, async () => {
    const { [field]: _left, ...rest } = message()
    const { status, body } = await send(rest)
    assert.deepEqual([status, body], [422, { error: `${field}: it is required`, field }])
  })
}

const rows: readonly (readonly [field: string, more: () => Message, error: RegExp])[] = [
  ['account_id', () => ({ account_id: '0124' }), /without a leading zero/],
  ['account_id', () => ({ account_id: '999' }), /no service of this client/],
  ['amount_net', () => ({ amount_net: '0.00', items: [] }), /more than 0/],
  ['amount_net', () => ({ amount_net: '1e2' }), /digits without a leading zero/],
  ['amount_net', () => ({ amount_net: '999999999999.99', items: [] }), /more than 12 digits/],
  ['amount_expected', () => ({ amount_expected: 'x' }), /digits without a leading zero/],
  ['currency', () => ({ currency: 'USD' }), /billed in KES/],
  ['client_invoice_ref', () => ({ client_invoice_ref: 'A B' }), /letters, digits/],
  ['callback_url', () => ({ callback_url: 'https://attacker.example/' }), /not registered/],
  ['notification_url', () => ({ notification_url: 'https://attacker.example/' }), /not registered/],
  ['name', () => ({ name: 'two\nlines' }), /one line/],
  ['items', () => ({ items: 'x' }), /a list of items/],
  ['items', () => ({ items: ['x'] }), /each item is an object/],
  ['items', () => ({ items: [[item({ price: '100.00' })]] }), /each item is an object/],
  ['items.price', () => ({ items: [item({ price: '-100.00' })] }), /digits without a leading zero/],
  ['items.price', () => ({ items: [item({ price: '100.001' })] }), /digits without a leading zero/],
  ['items.quantity', () => ({ items: [item({ price: '100.00', quantity: '0' })] }), /whole number from 1/],
  ['items.quantity', () => ({ items: [item({ price: '200.00', quantity: '0.5' })] }), /whole number from 1/],
  ['items.quantity', () => ({ items: [item({ price: '100.00', quantity: '1e0' })] }), /whole number from 1/],
  ['items.desc', () => ({ items: [{ price: '100.00', quantity: '1' }] }), /it is required/],
  [
    'items.currency',
    () => ({ items: [item({ price: '100.00', currency: 'USD' })] }),
    /the invoice is in KES/,
  ],
]

for (const [field, more, error] of rows) {
  test(`an invoice with ${JSON.stringify(more.toString().slice(6, 60))} answers 422 and names ${field}`, async () => {
    const { status, body } = await send(message(more()))
    assert.equal(status, 422, JSON.stringify(body))
    assert.equal(body['field'], field)
    assert.match(String(body['error']), error)
  })
}

const hundred = (price: string, last: string) =>
  Array.from({ length: 100 }, (_, place) =>
    item({ price: place === 99 ? last : price, item_ref: `ITEM-${place}` }),
  )

test('[money 28] a hundred items that do not add up are refused, a cent too few or too many', async () => {
  assert.equal((await send(message({ items: hundred('1.00', '1.00') }))).status, 200)
  assert.equal((await send(message({ items: hundred('1.01', '0.01') }))).status, 200)
  for (const last of ['0.99', '1.01', '0', '100.00']) {
    const { status, body } = await send(message({ items: hundred('1.00', last) }))
    assert.deepEqual([status, body['error']], [422, 'items: they do not add up to amount_net'])
  }
})

test('[money 28] quantities multiply exactly, beyond what a float carries', async () => {
  const items = [item({ price: '900000.01', quantity: '999999' })]
  const exact = message({ amount_net: '899999109999.99', amount_expected: '899999109999.99', items })
  assert.equal((await send(exact)).status, 200)
  assert.equal(
    (await send({ ...exact, client_invoice_ref: 'FLOAT-1', amount_net: '899999110000.00' })).status,
    422,
  )
})

test('an invoice without items is billed as one', async () => {
  const { items: _items, ...rest } = message()
  assert.equal((await send(rest)).status, 200)
  assert.equal((await send(message({ items: [] }))).status, 200)
})

test('a body that is no JSON object answers 400', async () => {
  for (const body of ['{', '[]', '"x"']) assert.equal((await send(body)).status, 400)
  const form = encodings.form({ account_id: '124' })
  const headers = { ...form.headers, authorization: `Bearer ${bearer}` }
  assert.equal((await ask(desk.url(wire.paths.createInvoice), { ...form, headers })).status, 400)
})
