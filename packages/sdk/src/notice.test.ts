import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { events, pesaflow as wire, secureHash, type Mac } from '@lango/wire'
import fc from 'fast-check'
import { LangoError, type LangoErrorCode } from './fault.ts'
import { verifyNotice, type NoticeKeys } from './notice.ts'

const mac: Mac = (key, data) => createHmac('sha256', key).update(data).digest()
const webhookSecret = events.formatSecret(Uint8Array.from({ length: 32 }, (_, at) => at))
const keys: NoticeKeys = { key: 'my-key', secret: 'my-secret' }
const fullKeys: NoticeKeys = { ...keys, webhookSecret }
const now = new Date('2023-06-14T15:33:20Z')

const said = {
  payment_channel: 'MPesa',
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
  phone_number: '254700000000',
}

/** The body of a notice whose hash is right for what it says, however odd that is. */
function body(change: Partial<Record<keyof typeof said, unknown>> = {}): string {
  const told = { ...said, ...change } as typeof said
  return JSON.stringify({ ...told, secure_hash: secureHash(wire.recipes.notification, told, keys, mac) })
}

/** Changes a body and leaves its hash. */
function tampered(change: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.assign(JSON.parse(body()) as object, change))
}

function signed(text: string, at: Date = now): Record<string, string> {
  const delivery = { id: 'msg_1', timestamp: String(at.getTime() / 1000), body: text }
  const secret = events.parseSecret(webhookSecret) ?? new Uint8Array()
  return {
    'webhook-id': delivery.id,
    'webhook-timestamp': delivery.timestamp,
    'webhook-signature': events.sign(delivery, secret, mac),
  }
}

async function refused(check: Promise<unknown>, code: LangoErrorCode): Promise<void> {
  await assert.rejects(check, (error) => {
    assert.ok(error instanceof LangoError, String(error))
    assert.equal(error.code, code)
    return true
  })
}

test("the guide's notice is read with the vector's hash", async () => {
  const vector = 'OTg4MmU2YjUwYjE0ODRlNTJiZjUxYmRhMTY2MDNkNWNiMjU2NjA0ZmY3YzQ0Y2QzZGE3MGVhODQ2OGM3NGVkOQ=='
  assert.deepEqual(await verifyNotice(JSON.stringify({ ...said, secure_hash: vector }), {}, keys), {
    id: null,
    signed: false,
    status: 'settled',
    invoiceNumber: 'ABCDEF',
    reference: 'SS6489db2e1fdfd',
    currency: 'KES',
    amountPaid: '102.00',
    invoiceAmount: '102.00',
    lastPaymentAmount: '102.00',
    paidAt: new Date('2023-06-14T15:33:16Z'),
    channel: 'MPesa',
    phoneNumber: '254700000000',
    sequence: null,
    payments: [
      {
        reference: 'ABCDEF-925',
        amount: '102.00',
        currency: 'KES',
        paidAt: new Date('2023-06-14T15:33:16Z'),
      },
    ],
  })
})

test('a signed notice verifies as text or bytes, with headers of any kind', async () => {
  const text = body()
  for (const headers of [
    signed(text),
    new Headers(signed(text)),
    Object.fromEntries(Object.entries(signed(text)).map(([name, value]) => [name.toUpperCase(), value])),
  ]) {
    const notice = await verifyNotice(new TextEncoder().encode(text), headers, fullKeys, { now })
    assert.deepEqual([notice.id, notice.signed], ['msg_1', true])
    assert.equal((await verifyNotice(text, headers, fullKeys, { now, mac })).signed, true)
  }
})

test('while keys are rotated, a notice made with either pair verifies', async () => {
  const text = body()
  const next: NoticeKeys = {
    key: 'next',
    secret: 'next',
    webhookSecret: events.formatSecret(new Uint8Array(24).fill(7)),
  }
  assert.equal(
    (await verifyNotice(text, signed(text), [next, fullKeys], { now })).reference,
    said.client_invoice_ref,
  )
  await refused(verifyNotice(text, signed(text), [next], { now }), 'notice_signature')
  await refused(verifyNotice(text, {}, [{ key: 'next', secret: 'next' }]), 'notice_hash')
  await refused(verifyNotice(text, {}, []), 'notice_hash')
})

test('[money S8] a digit that moved into an amount is refused, though the hash would not notice', async () => {
  const digits = { amount_paid: '102.002', payment_date: '023-06-14 15:33:16Z' }
  const honest = secureHash(wire.recipes.notification, said, keys, mac)
  assert.equal(secureHash(wire.recipes.notification, { ...said, ...digits }, keys, mac), honest)
  await refused(verifyNotice(tampered(digits), {}, keys), 'notice_amount')
  for (const amount of ['102', '102.0', '102.000', '0102.00', ' 102.00', '-102.00', '1e2']) {
    await refused(verifyNotice(body({ amount_paid: amount }), {}, keys), 'notice_amount')
    await refused(verifyNotice(body({ invoice_amount: amount }), {}, keys), 'notice_amount')
  }
  // The other neighbour: letters cannot go into an amount, and a number has no digits.
  const number = { invoice_number: 'ABCDEF1', amount_paid: '0.00' }
  await refused(verifyNotice(tampered(number), {}, keys), 'notice_malformed')
})

test('[money S9] a status that was changed passes the hash alone, and never the signature', async () => {
  const partial = body({ status: 'partial' })
  const forged = partial.replace('"partial"', '"settled"')
  const unsigned = await verifyNotice(forged, {}, keys)
  assert.deepEqual([unsigned.status, unsigned.signed], ['settled', false])
  await refused(verifyNotice(forged, signed(partial), fullKeys, { now }), 'notice_signature')
})

test('a webhook secret demands the headers, so that nobody can leave them out', async () => {
  const text = body()
  for (const name of Object.keys(signed(text))) {
    const headers = { ...signed(text), [name]: undefined }
    await refused(verifyNotice(text, headers, fullKeys, { now }), 'notice_unsigned')
  }
})

test('a delivery that is too old or of the future is refused', async () => {
  const text = body()
  for (const seconds of [-301, 301]) {
    const at = new Date(now.getTime() + seconds * 1000)
    await refused(verifyNotice(text, signed(text, at), fullKeys, { now }), 'notice_timestamp')
    const tolerance = { now, tolerance: 400 }
    assert.equal((await verifyNotice(text, signed(text, at), fullKeys, tolerance)).signed, true)
  }
})

test('any change of a hashed value is refused', async () => {
  const letters = fc.string({ minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(letters, async (more) => {
      const text = tampered({ client_invoice_ref: said.client_invoice_ref + more })
      await refused(verifyNotice(text, {}, keys), 'notice_hash')
    }),
    { numRuns: 30 },
  )
})

const malformed: readonly (readonly [string, string])[] = [
  ['is no JSON', 'status=settled&amount_paid=102.00'],
  ['is null', 'null'],
  ['is a list', '[]'],
  ['has a number for an amount', body({ amount_paid: 102 })],
  ['has a status of another wire', body({ status: 'SUCCESS' })],
  ['has a time of another form', body({ payment_date: '2025-01-06 16:35:15+03:00 EAT Africa/Nairobi' })],
  ['has one payment in place of a list', body({ payment_reference: 'ABC' })],
  ['has an entry that is no payment', body({ payment_reference: [null] })],
  ['has no hash', JSON.stringify(said)],
]
for (const [what, text] of malformed) {
  test(`a notice that ${what} is refused`, () => refused(verifyNotice(text, {}, keys), 'notice_malformed'))
}

test('bytes that are no UTF-8, an empty key and a webhook secret that is none are refused', async () => {
  await refused(verifyNotice(Uint8Array.of(0x7b, 0xff), {}, keys), 'notice_malformed')
  await refused(verifyNotice(body(), {}, { key: '', secret: '' }), 'invalid_input')
  await refused(verifyNotice(body(), {}, { ...keys, webhookSecret: 'whsec_short' }), 'invalid_input')
})
