// Each call against a real HTTP server that plays the answers recorded in the field, and the exact bytes that it heard.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { LangoError, type LangoErrorCode } from './fault.ts'
import type { Order } from './order.ts'
import { pesaflow } from './pesaflow.ts'

type Heard = { readonly line: string; readonly type: string; readonly auth: string; readonly body: string }
type Played = { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }

let server: Server
let baseUrl = ''
let heard: Heard[] = []
let play: Played | 'silence' = 'silence'

before(async () => {
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      heard.push({
        line: `${request.method} ${request.url}`,
        type: request.headers['content-type'] ?? '',
        auth: request.headers.authorization ?? '',
        body,
      })
      if (play === 'silence') return
      response.writeHead(play.status, { 'content-type': 'application/json', ...play.headers }).end(play.body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

after(() => {
  server.closeAllConnections()
  server.close()
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Makes one call against one played answer; gives what the server heard beside what the caller got. */
async function exchange<Result>(answer: Played | 'silence', call: () => Promise<Result>) {
  play = answer
  heard = []
  const result = await call().catch((error: unknown) => {
    assert.ok(error instanceof LangoError, `no LangoError: ${String(error)}`)
    return error
  })
  return { result, heard }
}

const ok = (body: unknown): Played => ({ status: 200, body: JSON.stringify(body) })

const keys = { key: 'my-key', secret: 'my-secret' }
const merchant = () => pesaflow({ baseUrl, apiClientId: '1', serviceId: '124', keys })
const order: Order = {
  reference: 'REF-01-2024-XVBC',
  amount: '100',
  description: 'Some invoice',
  payer: { name: 'John Doe', idNumber: '12345678', phone: '254700000000' },
  notificationUrl: 'http://127.0.0.1:9/ipn',
  successUrl: 'http://127.0.0.1:9/ok?order=1',
}
const answered = {
  invoice_number: 'GWLQKD',
  invoice_link: 'https://test.pesaflow.com/checkout?request_id=d8HbuZT_0nO3XLjH7nRy',
  commission: '5.00',
  amount_net: '100.00',
  amount_expected: '105.00',
}
const invoice = {
  invoiceNumber: 'GWLQKD',
  invoiceLink: answered.invoice_link,
  commission: '5.00',
  amountNet: '100.00',
  amountExpected: '105.00',
}
const form = 'application/x-www-form-urlencoded'

test('a checkout posts the signed form and reads the recorded answer', async () => {
  const { result, heard } = await exchange(ok(answered), () => merchant().checkout(order))
  assert.deepEqual(result, invoice)
  const body =
    'apiClientID=1&serviceID=124&billDesc=Some+invoice&currency=KES&billRefNumber=REF-01-2024-XVBC' +
    '&clientMSISDN=254700000000&clientName=John+Doe&clientIDNumber=12345678&clientEmail=' +
    '&callBackURLOnSuccess=http%3A%2F%2F127.0.0.1%3A9%2Fok%3Forder%3D1&amountExpected=100' +
    '&notificationURL=http%3A%2F%2F127.0.0.1%3A9%2Fipn&pictureURL=&format=json&sendSTK=false' +
    '&secureHash=ZTFhNmZjMTJkZjNhYjZkMDM0YjE4ODhkZjYwYWVlOWZjYjkwYzgwYjBiMDJjNzg4ZWUyMTA4ZTA2NDNhNjIzNw%3D%3D'
  assert.deepEqual(heard, [{ line: 'POST /api/PaymentAPI/checkout', type: form, auth: '', body }])
})

test('a base URL with a path on it is taken for its origin', async () => {
  const odd = pesaflow({
    baseUrl: `${baseUrl}/PaymentAPI/iframev2.1.php`,
    apiClientId: '1',
    serviceId: '1',
    keys,
  })
  const { heard } = await exchange(ok(answered), () => odd.checkout(order))
  assert.equal(heard[0]?.line, 'POST /api/PaymentAPI/checkout')
})

test('a status query keeps its hash out of the address, and null means not paid yet', async () => {
  const recorded = {
    status: 'pending',
    ref_no: 'GWLQKD',
    payment_date: null,
    name: 'Test User',
    currency: 'KES',
    client_invoice_ref: 'TEST-1',
    amount_paid: '0.00',
    amount_expected: '105.00',
  }
  const { result, heard } = await exchange(ok(recorded), () => merchant().status('GWLQKD'))
  assert.deepEqual(result, {
    status: 'pending',
    invoiceNumber: 'GWLQKD',
    reference: 'TEST-1',
    name: 'Test User',
    currency: 'KES',
    amountPaid: '0.00',
    amountExpected: '105.00',
    paidAt: null,
  })
  const body =
    '{"api_client_id":"1","ref_no":"GWLQKD","secure_hash":"N2Y4YTQzMzVjMjU5YjU5OWEyMmE4ODkwNzNlYzA5MTg5YzQyNzgzZjhiMDAzMzNmOGFmYTNmNTY1OWRhOTNjYQ=="}'
  assert.deepEqual(heard, [
    { line: 'POST /api/invoice/payment/status', type: 'application/json', auth: '', body },
  ])
  const paid = { ...recorded, status: 'settled', payment_date: '2024-01-01 12:30:01' }
  const settled = await exchange(ok(paid), () => merchant().status('GWLQKD'))
  assert.ok(!(settled.result instanceof LangoError))
  assert.deepEqual(settled.result.paidAt, new Date('2024-01-01T09:30:01Z'))
})

test('a bank validates and confirms with the bytes of the guide', async () => {
  const bill = { amount: '105.00', name: 'John Doe', currency: 'KES' }
  const question = { reference: 'GWLQKD', amount: '105.00', currency: 'KES' }
  const asked = await exchange(ok({ status: 200, description: 'Bill Found', data: bill }), () =>
    merchant().validate(question),
  )
  assert.deepEqual(asked.result, bill)
  assert.equal(
    asked.heard[0]?.body,
    '{"api_client_id":"1","ref_no":"GWLQKD","currency":"KES","amount":"105.00","secure_hash":"MmE0Nzc4MTZiOWM5MTcwMzZhZGQ2N2MwZTRhNDQzNTIxMzcxMzFkNDg4NmVmNGZiMGI0ODdjNDRkOGRiNTE2ZQ=="}',
  )
  const payment = {
    ...question,
    transactionId: 'TX1',
    transactionDate: new Date('2024-01-01T09:30:01Z'),
    payerName: 'John Doe',
    payerAccount: '254700000000',
  }
  const told = await exchange(ok({ status: 200, description: 'Success' }), () => merchant().confirm(payment))
  assert.equal(told.result, undefined)
  assert.deepEqual(told.heard, [
    {
      line: 'POST /api/payment/confirm',
      type: 'application/json',
      auth: '',
      body: '{"api_client_id":"1","ref_no":"GWLQKD","amount":"105.00","currency":"KES","gateway_transaction_id":"TX1","gateway_transaction_date":"2024-01-01 12:30:01","customer_name":"John Doe","customer_account_number":"254700000000","secure_hash":"ZGRmNWM1NDA0MDkwZWU5OTVlNzA1YjMwZTM4ZjhmYjc5ZGYyOGVmZTZhZmU0NjZiMWM1YTFiOWNlMjFkM2UyMw=="}',
    },
  ])
})

test('a page with status 200 is no receipt for a confirm', async () => {
  const payment = { reference: 'GWLQKD', amount: '1', currency: 'KES', transactionId: 'TX1', payerName: 'A' }
  const confirm = () => merchant().confirm({ ...payment, transactionDate: new Date(), payerAccount: '1' })
  for (const body of ['<html>Welcome</html>', '{}', '{"status":500,"description":"Failed"}']) {
    const { result } = await exchange({ status: 200, body }, confirm)
    assert.equal(result instanceof LangoError && result.code, 'unexpected_answer')
  }
})

test('a server-side invoice carries a token that is fetched once and again before it ends', async () => {
  let now = new Date('2024-01-01T00:00:00Z')
  const client = pesaflow({ baseUrl, apiClientId: '1', keys, now: () => now })
  const first = await exchange(ok({ token: 'tok', expiry: 3599 }), () => client.token())
  assert.deepEqual(first.heard, [
    {
      line: 'POST /api/oauth/generate/token',
      type: 'application/json',
      auth: '',
      body: '{"key":"my-key","secret":"my-secret"}',
    },
  ])
  const item = {
    account_id: '1',
    desc: 'x',
    item_ref: 'x',
    price: '1',
    quantity: '1',
    require_settlement: 'true',
  }
  const asked = {
    account_id: '1',
    amount_expected: '100.00',
    amount_net: '100.00',
    amount_settled_offline: '0',
    callback_url: '',
    client_invoice_ref: 'TEST-1',
    commission: '0',
    currency: 'KES',
    email: '',
    format: 'json',
    id_number: 'TEST-ID-001',
    items: [{ ...item, currency: 'KES' }],
    msisdn: '254700000000',
    name: 'Amina Hassan',
    notification_url: '',
  }
  const { result, heard } = await exchange(ok(answered), () => client.createInvoice(asked))
  assert.deepEqual(result, invoice)
  assert.deepEqual(heard, [
    {
      line: 'POST /api/invoice/create',
      type: 'application/json',
      auth: 'Bearer tok',
      body: JSON.stringify(asked),
    },
  ])
  now = new Date('2024-01-01T00:58:59Z')
  assert.equal((await exchange(ok({ token: 'two', expiry: 3599 }), () => client.token())).heard.length, 1)
})

const refusals: readonly (readonly [string, Played, LangoErrorCode])[] = [
  ['an unknown invoice', { status: 404, body: '{"error":"Invoice Not Found"}' }, 'not_found'],
  ['a taken reference', { status: 422, body: '{"error":"BillRefNumber already taken"}' }, 'reference_taken'],
  ['a bad field', { status: 422, body: '{"error":"amountExpected is malformed"}' }, 'invalid_request'],
  ['a bad hash', { status: 401, body: '{"error":"Invalid Hash"}' }, 'invalid_hash'],
  ["a bank's bad hash", { status: 401, body: '{"status":401,"description":"Invalid Hash"}' }, 'invalid_hash'],
  [
    'a missing grant',
    {
      status: 401,
      body: '{"status":401,"message":"Access to this resource Pesaflow.Invoice has not been granted"}',
    },
    'forbidden',
  ],
  ['a failed confirm', { status: 500, body: '{"status":500,"description":"Failed"}' }, 'refused'],
  ['a proxy without its server', { status: 502, body: '<html>Bad Gateway</html>' }, 'unavailable'],
  ['an answer without its fields', { status: 200, body: '{"status":"settled"}' }, 'unexpected_answer'],
  ['an unknown status', { status: 200, body: '{"status":"paid"}' }, 'unexpected_answer'],
  ['a redirect', { status: 302, body: '', headers: { location: '/elsewhere' } }, 'network'],
]
for (const [what, answer, code] of refusals) {
  test(`${what} is a LangoError with code ${code}`, async () => {
    const { result, heard } = await exchange(answer, () => merchant().status('GWLQKD'))
    assert.ok(result instanceof LangoError)
    assert.equal(result.code, code)
    assert.equal(heard.length, 1)
    if (code !== 'network') assert.deepEqual([result.status, result.body], [answer.status, answer.body])
  })
}

test('an error carries the hint of a sandbox and the wait of a server under maintenance', async () => {
  const mend = { hint: 'Make lower-case hexadecimal first.', data_string: '1100124[secret]' }
  const body = JSON.stringify({ error: 'Invalid Hash', mend })
  const hash = await exchange({ status: 401, body }, () => merchant().checkout(order))
  assert.ok(hash.result instanceof LangoError)
  assert.deepEqual(hash.result.mend, mend)
  assert.match(hash.result.message, /answered 401: Invalid Hash\. Make lower-case/)
  const down = { status: 503, body: '', headers: { 'retry-after': '30' } }
  const { result } = await exchange(down, () => merchant().checkout(order))
  assert.equal(result instanceof LangoError && result.retryAfter, 30)
})

test('silence is a timeout, a closed port is a network error with its cause, and a caller may abort', async () => {
  const impatient = pesaflow({ baseUrl, apiClientId: '1', keys, timeout: 50 })
  const late = await exchange('silence', () => impatient.status('GWLQKD'))
  assert.equal(late.result instanceof LangoError && late.result.code, 'timeout')

  const nowhere = pesaflow({ baseUrl: 'http://127.0.0.1:1', apiClientId: '1', keys })
  const gone = await exchange('silence', () => nowhere.status('GWLQKD'))
  assert.ok(gone.result instanceof LangoError && gone.result.code === 'network')
  assert.ok(gone.result.cause instanceof Error)

  const signal = AbortSignal.timeout(20)
  const left = await exchange('silence', () => merchant().status('GWLQKD', { signal }))
  assert.equal(left.result instanceof LangoError && left.result.code, 'aborted')
})
