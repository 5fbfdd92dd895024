import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { pesaflow } from '@lango/sdk'
import { pesaflow as wire } from '@lango/wire'
import { cancelUnpaid, findInvoicesByReference } from '../../../src/core/invoice/invoice.sql.ts'
import {
  ask,
  encodings,
  hashOf,
  merchantDesk,
  type Heard,
  type MerchantDesk,
  type Said,
} from '../../merchant-desk.ts'
import { buildTown, openWorld, type World } from '../../world.ts'

let world: World
let desk: MerchantDesk
let number: string
const reference = 'STATUS/2026.11_A-1'

before(async () => {
  world = await openWorld()
  desk = merchantDesk(world, await buildTown(world.deps))
  number = String((await desk.checkout({ billRefNumber: reference })).body['invoice_number'])
})
after(async () => {
  await world.close()
})

const pending = () => ({
  status: 'pending',
  ref_no: number,
  payment_date: null,
  name: 'Wanjiku Kamau',
  currency: 'KES',
  client_invoice_ref: reference,
  amount_paid: '0.00',
  amount_expected: '105.00',
})

const queried = (said: Said): string => `?${new URLSearchParams(said).toString()}`

/** A GET with a body, which fetch does not send: as `curl -X GET -d` does. */
async function getWithBody(url: string, type: string, body: string): Promise<Heard> {
  return await new Promise((resolve, reject) => {
    const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) }
    const sent = request(url, { method: 'GET', headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('end', () => {
        const read = text === '' ? {} : (JSON.parse(text) as Heard['body'])
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers['content-type'] ?? '',
          text,
          body: read,
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Every way in which clients ask. */
const ways: Readonly<Record<string, (url: string, said: Said) => Promise<Heard>>> = {
  'GET with a query': async (url, said) => await ask(url + queried(said)),
  'GET with a JSON body': async (url, said) =>
    await getWithBody(url, 'application/json', JSON.stringify(said)),
  'GET with a form body': async (url, said) =>
    await getWithBody(url, 'application/x-www-form-urlencoded', new URLSearchParams(said).toString()),
  'GET with a JSON body under a form’s type': async (url, said) =>
    await getWithBody(url, 'application/x-www-form-urlencoded', JSON.stringify(said)),
  'POST with a query': async (url, said) => await ask(url + queried(said), { method: 'POST' }),
  'POST with a form': async (url, said) => await ask(url, encodings.form(said)),
  'POST with multipart': async (url, said) => await ask(url, encodings.multipart(said)),
  'POST with JSON': async (url, said) => await ask(url, encodings.json(said)),
}

for (const path of wire.paths.status) {
  for (const [way, send] of Object.entries(ways)) {
    test(`${path} answers a ${way}, by our number and by the merchant’s reference`, async () => {
      for (const named of [number, reference]) {
        const { status, type, body } = await send(desk.url(path), desk.statusSaid(named))
        assert.equal(status, 200)
        assert.match(type, /^application\/json/)
        assert.deepEqual(body, pending())
      }
    })
  }
}

test('[money 31] our number is found as people type it; the merchant’s own reference only as it was given', async () => {
  assert.equal((await desk.status(number.toLowerCase())).body['ref_no'], number)
  assert.equal((await desk.status(reference.toLowerCase())).status, 404)
})

test('[money 17] another organization’s invoice is unknown, by number and by reference', async () => {
  const stranger = merchantDesk(world, await buildTown(world.deps, { name: 'stranger' }))
  for (const named of [number, reference]) {
    const { status, body } = await stranger.status(named)
    assert.equal(status, 404)
    assert.deepEqual(body, { error: 'Invoice Not Found' })
  }
})

test('what is not there at all gets the same answer as another’s invoice [money 30]', async () => {
  for (const named of ['GWLQKD', 'ABCDEFGH', 'NO-SUCH-REF']) {
    const { status, body } = await desk.status(named)
    assert.deepEqual([status, body], [404, { error: 'Invoice Not Found' }])
  }
})

test('two organizations may use one reference, and each finds its own invoice', async () => {
  const other = merchantDesk(world, await buildTown(world.deps, { name: 'neighbour' }))
  const theirs = await other.checkout({ billRefNumber: reference, amountExpected: '7.00' })
  assert.equal(theirs.status, 200)
  assert.equal((await other.status(reference)).body['ref_no'], theirs.body['invoice_number'])
  assert.equal((await desk.status(reference)).body['ref_no'], number)
})

test('a payment shows as partial and then settled, with its date as Nairobi reads it', async () => {
  const { bank } = desk.town
  const till = pesaflow({ baseUrl: world.url, apiClientId: bank.apiClientId, keys: bank.keys })
  const made = await desk.checkout({ billRefNumber: 'STATUS-2' })
  const pay = async (transactionId: string, amount: string, at: string) => {
    await till.confirm({
      reference: String(made.body['invoice_number']),
      amount,
      currency: 'KES',
      transactionId,
      transactionDate: new Date(at),
      payerName: 'Wanjiku Kamau',
      payerAccount: '254700000001',
    })
  }
  const day = new Date(world.deps.clock.now().epochMs - 86_400_000).toISOString().slice(0, 10)
  await pay('S-1', '5.5', `${day}T21:30:00Z`)
  const partial = (await desk.status('STATUS-2')).body
  assert.deepEqual([partial['status'], partial['amount_paid']], ['partial', '5.50'])
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  assert.equal(partial['payment_date'], `${next} 00:30:00`)
  await pay('S-2', '99.50', `${day}T21:31:00Z`)
  const settled = (await desk.status('STATUS-2')).body
  assert.deepEqual([settled['status'], settled['amount_paid']], ['settled', '105.00'])
})

const refusedRows: readonly (readonly [
  what: string,
  change: (said: Said) => Said,
  status: number,
  error: string,
])[] = [
  ['without a client', ({ api_client_id: _id, ...rest }) => rest, 422, 'api_client_id: it is required'],
  ['without a reference', ({ ref_no: _ref, ...rest }) => rest, 422, 'ref_no: it is required'],
  ['without a hash', ({ secure_hash: _hash, ...rest }) => rest, 422, 'secure_hash: it is required'],
  [
    'with an empty reference',
    (said) => ({ ...said, ref_no: '' }),
    422,
    'ref_no: an invoice number or your own reference',
  ],
  [
    'with a blank in it',
    (said) => ({ ...said, ref_no: 'A B' }),
    422,
    'ref_no: an invoice number or your own reference',
  ],
  ['of an unknown client', (said) => ({ ...said, api_client_id: 'nobody' }), 401, 'Invalid Hash'],
  ['with another reference', (said) => ({ ...said, ref_no: 'STATUS-3' }), 401, 'Invalid Hash'],
]

for (const [what, change, status, error] of refusedRows) {
  test(`a status query ${what} answers ${status} ${error}`, async () => {
    for (const send of Object.values(ways)) {
      const heard = await send(desk.url(wire.paths.status[0]), change(desk.statusSaid(reference)))
      assert.deepEqual([heard.status, heard.body['error']], [status, error])
    }
  })
}

test('an aggregator asks for no status: 403', async () => {
  const { bank } = desk.town
  const said = { api_client_id: bank.apiClientId, ref_no: number }
  const signed = { ...said, secure_hash: hashOf(wire.recipes.status, said, bank.keys) }
  const { status, body } = await ask(desk.url(wire.paths.status[0]), encodings.form(signed))
  assert.deepEqual([status, body['error']], [403, 'this key is for an aggregator'])
})

test('[money 38] a parameter twice, or in query and body, is refused: which one was signed?', async () => {
  const said = desk.statusSaid(reference)
  const twice = await ask(`${desk.url(wire.paths.status[0])}${queried(said)}&ref_no=${number}`)
  assert.deepEqual([twice.status, twice.body], [422, { error: 'ref_no: send it once', field: 'ref_no' }])
  const both = await ask(desk.url(wire.paths.status[0]) + queried({ ref_no: number }), encodings.form(said))
  assert.deepEqual([both.status, both.body['field']], [422, 'ref_no'])
})

test('an unpaid invoice that was cancelled reads as pending, a word that clients know', async () => {
  await desk.checkout({ billRefNumber: 'STATUS-4' })
  const { organizationId, apiClientId } = desk.town.merchant
  const [invoice] = await findInvoicesByReference(world.deps.db, [
    { organizationId, apiClientId, reference: 'STATUS-4' },
  ])
  assert.ok(invoice)
  assert.equal(await cancelUnpaid(world.deps.db, { organizationId, invoiceId: invoice.id }), true)
  assert.equal((await desk.status('STATUS-4')).body['status'], 'pending')
})
