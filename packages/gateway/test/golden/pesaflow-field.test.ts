// Requests exactly as clients in the field write them (field-facts section 7), byte by byte, and the answers that they
// know how to read. Keys in them are dummies.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createApiClient } from '../../src/core/organization/create-api-client.ts'
import { createOrganization } from '../../src/core/organization/create-organization.ts'
import { createService } from '../../src/core/organization/create-service.ts'
import { readBearer } from '../../src/dialects/pesaflow/bearer.ts'
import { ask, hashOf, type Heard, type Said } from '../merchant-desk.ts'
import { must, openWorld, type World } from '../world.ts'
import { pesaflow as wire } from '@lango/wire'

/** The client that all of them are configured as: number 1 with service 124. */
async function open(lenientHash: boolean): Promise<World> {
  const world = await openWorld()
  const origins = ['http://localhost:4000', 'http://127.0.0.1:9']
  const organizationId = must(await createOrganization(world.deps, { name: 'Ministry of Tests', origins })).id
  const feeRule = { kind: 'flat', fee: 500n } as const
  must(
    await createService(world.deps, { organizationId, code: '124', name: 'Fines', currency: 'KES', feeRule }),
  )
  const keys = { key: 'test-key', secret: 'test-secret' }
  must(await createApiClient(world.deps, { organizationId, role: 'merchant', id: '1', lenientHash, ...keys }))
  return world
}

let world: World
let lenient: World
before(async () => {
  world = await open(false)
  lenient = await open(true)
})
after(async () => {
  try {
    await lenient.close()
  } finally {
    await world.close()
  }
})

type Sent = { readonly path: string; readonly type: string; readonly body: string }

const sent = {
  'truload asks for a token': {
    path: '/api/oauth/generate/token',
    type: 'application/json',
    body: '{"key": "test-key", "secret": "test-secret"}',
  },
  'truload checks out': {
    path: '/PaymentAPI/iframev2.1.php',
    type: 'application/x-www-form-urlencoded',
    body: 'apiClientID=1&serviceID=124&billDesc=Test+Overload+Fine&currency=KES&billRefNumber=TEST-20261122025847&clientMSISDN=254700000000&clientName=Test+User&clientIDNumber=TEST-ID-001&clientEmail=test%40truload-e2e.co.ke&amountExpected=100.00&callBackURLOnSuccess=http%3A%2F%2Flocalhost%3A4000%2Fapi%2Fv1%2Fpayments%2Fcallback%2Fsuccess&callBackURLOnFailure=http%3A%2F%2Flocalhost%3A4000%2Fapi%2Fv1%2Fpayments%2Fcallback%2Ffailure&callBackURLOnTimeout=http%3A%2F%2Flocalhost%3A4000%2Fapi%2Fv1%2Fpayments%2Fcallback%2Ftimeout&notificationURL=http%3A%2F%2Flocalhost%3A4000%2Fapi%2Fv1%2Fpayments%2Fwebhook%2Fecitizen-pesaflow&secureHash=NzYyM2VkMjBkYjM0Y2QwZDdmMWU3MDJhMDBiZmVmNTM3NThkMGRmNTgxYjFkNTYzNmNlNzk3MzM5N2UzNTkyMw%3D%3D&format=json&sendSTK=false',
  },
  'kna checks out': {
    path: '/PaymentAPI/iframev2.1.php',
    type: 'application/json',
    body: '{"apiClientID": "1", "serviceID": "124", "billDesc": "Order O-1", "currency": "KES", "billRefNumber": "TXN-1", "clientMSISDN": "254700000000", "clientName": "John Doe", "clientIDNumber": "12345678", "clientEmail": "j@x.com", "callBackURLOnSuccess": "http://127.0.0.1:9/ok", "amountExpected": "100.00", "notificationURL": "http://127.0.0.1:9/ipn", "pictureURL": "", "sendSTK": "true", "format": "iframe", "secureHash": "4e021f27ef3d6b94f86159fa588b6cec906deebe2c99e98edf1d59c68abc1956"}',
  },
  'yii checks out': {
    path: '/PaymentAPI/iframev2.1.php',
    type: 'application/x-www-form-urlencoded',
    body: 'apiClientID=1&serviceID=124&billDesc=School+fees&currency=KES&billRefNumber=INV-0001&clientMSISDN=254712345678&clientName=Jane+Doe&clientIDNumber=12345678&clientEmail=&callBackURLOnSuccess=http%3A%2F%2F127.0.0.1%3A9%2Fok&amountExpected=500.00&notificationURL=http%3A%2F%2F127.0.0.1%3A9%2Fipn&pictureURL=&format=iframe&sendSTK=true&secureHash=ODIxMzMwYzVkMDAyOTcwMzNkMGMwN2FhM2I1YmYxYWU4Yjg4ODU2NzEzOWI4ZGM3ZDI3ZTQ4NzM2MmNhNGQwNg%3D%3D',
  },
} as const satisfies Readonly<Record<string, Sent>>

const send = async (to: World, { path, type, body }: Sent): Promise<Heard> =>
  await ask(to.url + path, { method: 'POST', headers: { 'content-type': type }, body })

/** The very characters of a JSON answer, its members sorted: their order is free. */
const exactly = (text: string): string =>
  JSON.stringify(Object.entries(JSON.parse(text) as object).toSorted(([a], [b]) => (a < b ? -1 : 1)))

test('truload asks for a token, and may keep it 3599 seconds', async () => {
  const heard = await send(world, sent['truload asks for a token'])
  assert.equal(heard.status, 200)
  assert.equal(heard.body['expiry'], 3599)
  assert.equal(readBearer(world.deps, String(heard.body['token']))?.id, '1')
})

test('truload checks out and reads five texts', async () => {
  const heard = await send(world, sent['truload checks out'])
  assert.equal(heard.status, 200, heard.text)
  const { invoice_number, invoice_link } = heard.body
  const members = {
    invoice_number,
    invoice_link,
    commission: '5.00',
    amount_net: '100.00',
    amount_expected: '105.00',
  }
  assert.equal(exactly(heard.text), exactly(JSON.stringify(members)))
  assert.match(String(invoice_number), /^[A-Z]{8}$/)
  assert.match(String(invoice_link), /^http:\/\/127\.0\.0\.1:\d+\/checkout\?request_id=[A-Za-z0-9_-]{20}$/)
})

test('truload asks for the status by query and reads eight members, the date null', async () => {
  const invoice = await send(world, sent['truload checks out'])
  const ref_no = String(invoice.body['invoice_number'])
  const said: Said = { api_client_id: '1', ref_no }
  const hash = encodeURIComponent(
    hashOf(wire.recipes.status, said, { key: 'test-key', secret: 'test-secret' }),
  )
  const heard = await ask(
    `${world.url}/api/invoice/payment/status?api_client_id=1&ref_no=${ref_no}&secure_hash=${hash}`,
  )
  const members = {
    status: 'pending',
    ref_no,
    payment_date: null,
    name: 'Test User',
    currency: 'KES',
    client_invoice_ref: 'TEST-20261122025847',
    amount_paid: '0.00',
    amount_expected: '105.00',
  }
  assert.equal(heard.status, 200)
  assert.equal(exactly(heard.text), exactly(JSON.stringify(members)))
})

test('truload’s recorded status query proves its hash, and the number that nobody has is not found', async () => {
  const query =
    'api_client_id=1&ref_no=GWLQKD&secure_hash=OWM0ZGViMWUwNTViMzdjYzNiZWFmNmFiMTgyMWJmOWU1Zjc5ZjZhMzhkMmQxNjI3MDUxNGUwYTEyOTNjNzQ4YQ%3D%3D'
  const heard = await ask(`${world.url}/api/invoice/payment/status?${query}`)
  assert.deepEqual([heard.status, heard.text], [404, '{"error":"Invoice Not Found"}'])
})

test('yii checks out from a form with an empty e-mail and gets the page', async () => {
  const heard = await send(world, sent['yii checks out'])
  assert.equal(heard.status, 200, heard.text)
  assert.match(heard.type, /^text\/html/)
  assert.ok(heard.text.includes('School fees') && heard.text.includes('505.00'))
})

test('kna’s plain hex is an invalid hash for a client that was not switched to lenient', async () => {
  const heard = await send(world, sent['kna checks out'])
  assert.deepEqual([heard.status, heard.body['error']], [401, 'Invalid Hash'])
  assert.match(heard.type, /^application\/json/)
})

test('kna checks out where its client is lenient, and takes no JSON for a page', async () => {
  const heard = await send(lenient, sent['kna checks out'])
  assert.equal(heard.status, 200, heard.text)
  assert.match(heard.type, /^text\/html/)
  assert.ok(heard.text.includes('Order O-1'))
})

test('the recorded refusals of the field have their very words', async () => {
  const notGranted = await ask(`${world.url}/api/invoice/create`, { method: 'POST', body: '{}' })
  assert.deepEqual(
    [notGranted.status, exactly(notGranted.text)],
    [
      401,
      exactly('{"status":401,"message":"Access to this resource Pesaflow.Invoice has not been granted"}'),
    ],
  )
  const misspelt = {
    ...sent['truload checks out'],
    body: sent['truload checks out'].body.replace('notificationURL', 'notificationUrl'),
  }
  const missing = await send(world, misspelt)
  assert.deepEqual([missing.status, missing.body['error']], [422, 'notificationURL: it is required'])
  const taken = sent['yii checks out'].body.replace('clientEmail=', 'clientEmail=jane%40example.com')
  const clash = await send(world, { ...sent['yii checks out'], body: taken })
  assert.deepEqual([clash.status, clash.text], [422, '{"error":"BillRefNumber already taken"}'])
  const wrong = await send(world, {
    ...sent['truload asks for a token'],
    body: '{"key":"test-key","secret":"no"}',
  })
  assert.equal(wrong.status, 422)
})
