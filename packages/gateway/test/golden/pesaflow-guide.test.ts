// The guide's own samples (seed 000): what they send is taken as it stands, what they show is answered member by member.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import { instant } from '../../src/base/time.ts'
import { announce } from '../../src/dialects/pesaflow/announce.ts'
import { ask, encodings, hashOf, mac, merchantDesk, type MerchantDesk, type Said } from '../merchant-desk.ts'
import { buildTown, openWorld, type Town, type World } from '../world.ts'

let world: World
let town: Town
let desk: MerchantDesk
before(async () => {
  // The samples are of January 2021, and a report that is a year old is refused.
  world = await openWorld({ clock: { now: () => instant(Date.parse('2021-01-26T13:00:00Z')) } })
  town = await buildTown(world.deps, { currency: 'SSP', feeRule: { kind: 'none' } })
  desk = merchantDesk(world, town)
})
after(async () => {
  await world.close()
})

const signed = (path: string, said: Said, hash: string) =>
  ask(desk.url(path), encodings.json({ ...said, secure_hash: hash }))
const bankSaid = (more: Said): Said => ({ api_client_id: town.bank.apiClientId, ...more })

const confirmSample = (ref_no: string): Said =>
  bankSaid({
    ref_no,
    amount: '10',
    currency: 'SSP',
    gateway_transaction_id: '1234434',
    gateway_transaction_date: '2021-01-26 15:30:01',
    customer_name: 'JOHN DOE',
    customer_account_number: '438485959',
  })
const confirm = async (said: Said) =>
  await signed(wire.paths.confirm, said, hashOf(wire.recipes.confirm, said, town.bank.keys))
const validate = async (said: Said) =>
  await signed(wire.paths.validate, said, hashOf(wire.recipes.validate, said, town.bank.keys))

test('the guide’s form, with amount 1 and ID number 00, raises an invoice in a frame', async () => {
  const form = {
    billDesc: 'Invoice for service X',
    currency: 'SSP',
    billRefNumber: 'Bill-bb9a0495-f586-40b6-b4a7-37f78f7e51a0',
    clientName: 'John Doe',
    clientIDNumber: '00',
    clientEmail: 'some@gmail.com',
    amountExpected: '1',
    format: 'html',
  }
  const shown = await desk.post(desk.sign(desk.order(form)))
  assert.equal(shown.status, 200, shown.text)
  assert.match(shown.type, /^text\/html/)
})

test('validate answers the three members of the guide, and nothing else', async () => {
  const made = await desk.checkout({ currency: 'SSP', amountExpected: '10', clientName: 'John Doe' })
  const ref_no = String(made.body['invoice_number'])
  const found = await validate(bankSaid({ ref_no, amount: '10', currency: 'SSP' }))
  assert.equal(found.status, 200)
  assert.deepEqual(found.body, {
    status: 200,
    description: 'Bill Found',
    data: { amount: '10.00', name: 'John Doe', currency: 'SSP' },
  })
  const none = await validate(bankSaid({ ref_no: 'NWQTYU', amount: '10', currency: 'SSP' }))
  assert.equal(none.status, 404)
  assert.deepEqual(none.body, { status: 404, description: 'Bill not found' })
})

test('confirm answers the two members of the guide, and Failed for what it cannot book', async () => {
  const made = await desk.checkout({ currency: 'SSP', amountExpected: '10', billRefNumber: 'EPIC-ORDER103' })
  const ref_no = String(made.body['invoice_number'])
  const booked = await confirm(confirmSample(ref_no))
  assert.deepEqual([booked.status, booked.text], [200, '{"status":200,"description":"Success"}'])
  const failed = await confirm({ ...confirmSample(ref_no), amount: '11' })
  assert.equal(failed.status, 500)
  assert.deepEqual([failed.body['status'], failed.body['description']], [500, 'Failed'])
})

test('the status of a paid bill has the guide’s eight members and its form of a date', async () => {
  const { status, body } = await desk.status('EPIC-ORDER103')
  assert.equal(status, 200)
  assert.deepEqual(body, {
    status: 'settled',
    ref_no: body['ref_no'],
    name: 'Wanjiku Kamau',
    currency: 'SSP',
    client_invoice_ref: 'EPIC-ORDER103',
    payment_date: '2021-01-26 15:30:01',
    amount_paid: '10.00',
    amount_expected: '10.00',
  })
})

test('a notice has the guide’s members and its three forms of a time, with a phone number and a sequence besides', () => {
  const at = '2023-06-14T15:33:16.000Z'
  const keys = { key: 'my-key', secret: 'my-secret' }
  const digests = {
    ...world.deps.digests,
    hmacSha256: (key: string | Uint8Array, text: string) => mac(key, text),
  }
  const { contentType, body } = announce(
    {
      type: 'invoice.paid',
      organizationId: town.merchant.organizationId,
      apiClientId: town.merchant.apiClientId,
      invoiceNumber: 'ABCDEF',
      reference: 'SS6489db2e1fdfd',
      sequence: 1,
      state: 'settled',
      currency: 'KES',
      expected: '102.00',
      paid: '102.00',
      credited: '0.00',
      payerPhone: '254700000001',
      channel: 'Some Channel',
      occurredAt: at,
      payments: [{ reference: 'ABCDEF-925', amount: '102.00', currency: 'KES', paidAt: at, receivedAt: at }],
    },
    [keys],
    digests,
  )
  assert.equal(contentType, 'application/json')
  assert.deepEqual(JSON.parse(String(body)), {
    payment_channel: 'Some Channel',
    client_invoice_ref: 'SS6489db2e1fdfd',
    payment_reference: [
      {
        payment_reference: 'ABCDEF-925',
        payment_date: '2023-06-14T15:33:16',
        inserted_at: '2023-06-14T15:33:16',
        currency: 'KES',
        amount: '102.00',
      },
    ],
    currency: 'KES',
    amount_paid: '102.00',
    invoice_amount: '102.00',
    status: 'settled',
    invoice_number: 'ABCDEF',
    payment_date: '2023-06-14 15:33:16Z',
    last_payment_amount: '102.00',
    phone_number: '254700000001',
    sequence: 1,
    // The vector of the guide's notification under my-key and my-secret.
    secure_hash: 'OTg4MmU2YjUwYjE0ODRlNTJiZjUxYmRhMTY2MDNkNWNiMjU2NjA0ZmY3YzQ0Y2QzZGE3MGVhODQ2OGM3NGVkOQ==',
  })
})
