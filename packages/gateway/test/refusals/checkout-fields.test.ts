import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import { ask, encodings, merchantDesk, type MerchantDesk } from '../merchant-desk.ts'
import { buildTown, openWorld, type World } from '../world.ts'

let world: World
let desk: MerchantDesk

before(async () => {
  world = await openWorld()
  desk = merchantDesk(world, await buildTown(world.deps))
})
after(async () => {
  await world.close()
})

for (const field of wire.checkoutMandatory) {
  test(`checkout without ${field} answers 422 and names it`, async () => {
    const { [field]: _left, ...rest } = desk.sign(desk.order())
    for (const encode of Object.values(encodings)) {
      const { status, type, body } = await ask(desk.checkoutUrl, encode(rest))
      assert.equal(status, 422)
      assert.match(type, /^application\/json/)
      assert.deepEqual(body, { error: `${field}: it is required`, field })
    }
  })
}

const amountRule = 'digits without a leading zero, at most 12, and at most two decimals, like 1500 or 1500.50'
const idRule = 'letters, digits, - and / only, at most 32'
const referenceRule = 'letters, digits and - _ / . only, at most 64'
const addressRule = 'an http or https address of a registered origin'
const long = 'x'.repeat(2000)

/** Values that are wrong in themselves, each signed as it stands, and the rule that the answer tells. */
const wrong: Readonly<Record<string, readonly (readonly [rule: string, ...values: readonly string[]])[]>> = {
  apiClientID: [['letters, digits, - and _, at most 64', '', 'a b', 'a.b', 'x'.repeat(65), 'nämlich']],
  serviceID: [['digits without a leading zero', '', '0', '0124', 'x', '1.5', '-1', '1'.repeat(11), '１２４']],
  billRefNumber: [[referenceRule, '', 'A B', 'INV#1', 'INV+1', 'ä', 'x'.repeat(65), 'INV-1 ', '\tINV']],
  billDesc: [
    ['one line of 1 to 200 characters', '', 'a\r\nb', 'a\nb', 'a\u0000b', '\u0085', 'x'.repeat(201)],
  ],
  clientMSISDN: [
    ['a phone number in digits, like 254700000000', '', '123', '+', '0700 000 000', '2547x', '1'.repeat(16)],
  ],
  clientIDNumber: [[idRule, '', 'A 1', 'A.1', 'A_1', 'x'.repeat(33)]],
  clientName: [['one line of 1 to 100 characters', '', 'a\nb', 'x'.repeat(101)]],
  clientEmail: [['an e-mail address, or empty', 'wanjiku', '@example.com', 'a b@example.com', 'a@b@c', 'a@']],
  notificationURL: [
    [
      addressRule,
      '',
      'shop.example',
      'ftp://shop.example/',
      'javascript:alert(1)',
      'http://a b/',
      `http://${long}`,
    ],
  ],
  callBackURLOnSuccess: [
    [
      addressRule,
      '',
      '/paid',
      '//shop.example',
      'data:text/html,x',
      'http:\\\\shop',
      'http://a\nb',
      `http://${long}`,
    ],
  ],
  pictureURL: [
    ['an http or https address, or empty', 'x', 'data:image/png;base64,AA', 'javascript:alert(1)'],
  ],
  currency: [['three capital letters of ISO 4217, like KES', '', 'kes', 'KE', 'KESH', 'K3S', ' KES']],
  amountExpected: [
    [amountRule, '', '-1', '+10', '1e3', 'NaN', 'Infinity', '0x10', ' 10', '10 ', '10.', '.5', '1,000.00'],
    [amountRule, '10.005', '٣', '１０', '010', '00', '1'.repeat(13), '9'.repeat(40), '10.0.0', '1_000'],
    ['more than 0', '0', '0.0', '0.00'],
  ],
  format: [['html, iframe or json', 'xml', 'jsonp', ' json', 'html5']],
  sendSTK: [['true or false', 'yes', '2', 'truee', ' true']],
  secureHash: [['base64 of the lower-case hex of the HMAC, 88 characters', '']],
}

test('every field of a checkout has wrong values in the table', () => {
  assert.deepEqual(
    Object.keys(wrong).toSorted(),
    [...wire.checkoutMandatory, ...wire.checkoutOptional].toSorted(),
  )
})

for (const [field, rows] of Object.entries(wrong)) {
  for (const [rule, ...values] of rows) {
    for (const value of values) {
      test(`checkout with ${field} ${JSON.stringify(value.slice(0, 24))} answers 422: ${rule} [money 12, 39]`, async () => {
        const signed = desk.sign(desk.order({ [field]: value }))
        const said = field === 'secureHash' ? { ...signed, secureHash: value } : signed
        const { status, type, body } = await ask(desk.checkoutUrl, encodings.json(said))
        assert.equal(status, 422)
        assert.match(type, /^application\/json/)
        assert.deepEqual(body, { error: `${field}: ${rule}`, field })
      })
    }
  }
}

test('a wrong field is named before an unknown one, and the request is never echoed', async () => {
  const { status, text } = await desk.post({ ...desk.sign(desk.order({ currency: 'x' })), mine: 'MARK-1' })
  assert.equal(status, 422)
  assert.ok(!text.includes('MARK-1'))
})

test('a null in JSON is an empty text, and an empty mandatory field is wrong [money 39]', async () => {
  const said = desk.sign(desk.order({ clientName: '' }))
  const { status, body } = await ask(desk.checkoutUrl, encodings.json({ ...said, clientName: null }))
  assert.equal(status, 422)
  assert.equal(body['field'], 'clientName')
  const { clientEmail: _none, ...rest } = desk.sign(desk.order({ clientEmail: '' }))
  const absent = await ask(desk.checkoutUrl, encodings.json(rest))
  assert.deepEqual(absent.body, { error: 'clientEmail: it is required', field: 'clientEmail' })
})

for (const service of ['999', '125', '1240', '12']) {
  test(`checkout for service ${service}, which is none of this client, answers 422`, async () => {
    const { status, body } = await desk.checkout({ serviceID: service })
    assert.equal(status, 422)
    assert.deepEqual(body, { error: 'serviceID: it is no service of this client', field: 'serviceID' })
  })
}

for (const currency of ['USD', 'KWD', 'XYZ']) {
  test(`checkout in ${currency} for a service in KES answers 422 [money 11]`, async () => {
    const { status, body } = await desk.checkout({ currency })
    assert.equal(status, 422)
    assert.deepEqual(body, { error: 'currency: the service is billed in KES', field: 'currency' })
  })
}

test('a bill that its commission lifts over twelve digits is refused, because no bank could pay it', async () => {
  const { status, body } = await desk.checkout({ amountExpected: '999999999999.99' })
  assert.equal(status, 422)
  assert.deepEqual(body, {
    error: 'amountExpected: with the fee it has more than 12 digits',
    field: 'amountExpected',
  })
  assert.equal((await desk.checkout({ amountExpected: '999999999994.99' })).status, 200)
})

test('an invoice in a currency without cents takes no cents', async () => {
  const town = await buildTown(world.deps, {
    name: 'kampala',
    currency: 'UGX',
    feeRule: { kind: 'flat', fee: 500n },
  })
  const kampala = merchantDesk(world, town)
  const cents = await kampala.checkout({ currency: 'UGX', amountExpected: '100.00' })
  assert.equal(cents.status, 422)
  assert.equal(cents.body['error'], 'amountExpected: it has more decimals than UGX')
  const whole = await kampala.checkout({ currency: 'UGX', amountExpected: '1000' })
  assert.equal(whole.body['amount_expected'], '1500.00')
})

/** Bodies that are no message at all. */
const unreadable: readonly (readonly [what: string, request: RequestInit, because: string])[] = [
  ['half a JSON object', encodings.json('{"apiClientID":'), 'the body is not JSON'],
  ['a JSON list', encodings.json([]), 'send one JSON object'],
  ['a JSON text', encodings.json('"x"'), 'send one JSON object'],
  ['a member twice', encodings.json('{"a":1,"a":2}'), 'member "a" stands twice'],
  ['half a surrogate', encodings.json('{"clientName":"\\ud800"}'), 'a text in it is no well-formed Unicode'],
  ['text', { method: 'POST', body: 'hello' }, 'send a form or JSON, with its Content-Type'],
  [
    'a form in Latin-1',
    { ...encodings.form({}), body: 'clientName=Jos%E9' },
    'the form has a broken percent escape',
  ],
  [
    'bytes that are no UTF-8',
    { ...encodings.form({}), body: new Uint8Array([0x61, 0x3d, 0xe9]) },
    'the body is not UTF-8',
  ],
  [
    'multipart without a boundary',
    { method: 'POST', headers: { 'content-type': 'multipart/form-data' }, body: 'x' },
    'the multipart body names no boundary',
  ],
  [
    'multipart that breaks off',
    {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\nContent-Disposition: form-data; name="apiClientID"\r\n\r\n1',
    },
    'the multipart body is broken',
  ],
]

for (const [what, request, because] of unreadable) {
  test(`a checkout body with ${what} answers 400 and says why`, { timeout: 5000 }, async () => {
    const { status, body } = await ask(desk.checkoutUrl, request)
    assert.deepEqual([status, body['error']], [400, because])
  })
}

test('an absent body misses its first field', async () => {
  const { status, body } = await ask(desk.checkoutUrl, { method: 'POST' })
  assert.equal(status, 422)
  assert.equal(body['error'], 'apiClientID: it is required')
})

test('a body over 64 kB is turned away', async () => {
  const { status } = await desk.post({ ...desk.sign(desk.order()), padding: 'x'.repeat(70_000) })
  assert.equal(status, 413)
})
