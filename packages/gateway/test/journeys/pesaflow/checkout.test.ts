import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import {
  ask,
  encodings,
  merchantDesk,
  type Heard,
  type MerchantDesk,
  type Said,
} from '../../merchant-desk.ts'
import { buildTown, openWorld, type World } from '../../world.ts'

let world: World
let desk: MerchantDesk

before(async () => {
  world = await openWorld()
  desk = merchantDesk(world, await buildTown(world.deps))
})
after(async () => {
  await world.close()
})

const amounts = { commission: '5.00', amount_net: '100.00', amount_expected: '105.00' }

/** Proves the recorded shape of an answer: five texts, nothing else. */
function holdsInvoice({ status, type, body }: Heard): void {
  assert.equal(status, 200, JSON.stringify(body))
  assert.match(type, /^application\/json/)
  const { invoice_number, invoice_link, ...rest } = body
  assert.deepEqual(rest, amounts)
  assert.match(String(invoice_number), wire.grammar.invoiceNumber)
  const link = new URL(String(invoice_link))
  assert.equal(link.origin, world.url)
  assert.equal(link.pathname, '/checkout')
  assert.match(link.searchParams.get('request_id') ?? '', wire.grammar.requestId)
}

for (const path of wire.paths.checkout) {
  for (const [name, encode] of Object.entries(encodings)) {
    test(`${path} raises an invoice from ${name}`, async () => {
      holdsInvoice(await ask(desk.url(path), encode(desk.sign(desk.order()))))
    })
  }
}

for (const format of ['json', 'JSON', 'Json']) {
  test(`format ${format} answers the invoice as JSON`, async () => {
    holdsInvoice(await desk.checkout({ format }))
  })
}

for (const format of ['html', 'HTML', 'iframe', 'IFrame', '']) {
  test(`format ${JSON.stringify(format)} answers the page, as HTML and with nothing to follow`, async () => {
    const heard = await desk.checkout({ format })
    assert.equal(heard.status, 200)
    assert.match(heard.type, /^text\/html/)
    assert.ok(heard.text.includes('105.00'))
    assert.ok(heard.text.includes('Plot 7 rates'))
  })
}

test('without a format the page comes too, and a refusal in this mode is still JSON', async () => {
  const { format: _format, ...bare } = desk.order()
  const shown = await desk.post(desk.sign(bare))
  assert.match(shown.type, /^text\/html/)
  const refused = await desk.post({ ...desk.sign(bare), secureHash: 'A'.repeat(88) })
  assert.equal(refused.status, 401)
  assert.match(refused.type, /^application\/json/)
  assert.equal(refused.body['error'], 'Invalid Hash')
})

test('the optional fields may be absent, the e-mail may be empty', async () => {
  const { pictureURL: _picture, sendSTK: _send, ...rest } = desk.order({ clientEmail: '' })
  holdsInvoice(await desk.post(desk.sign(rest)))
})

test('numbers and booleans in JSON are hashed as they stand in the body', async () => {
  const said = desk.order({ amountExpected: '100.00', sendSTK: 'false' })
  const signed = desk.sign(said)
  const body = JSON.stringify(signed)
    .replace('"amountExpected":"100.00"', '"amountExpected":100.00')
    .replace('"clientMSISDN":"254700000001"', '"clientMSISDN":254700000001')
    .replace(`"serviceID":"${desk.town.serviceCode}"`, `"serviceID":${desk.town.serviceCode}`)
    .replace('"sendSTK":"false"', '"sendSTK":false')
  assert.equal(body.match(/"[A-Za-z]+":[0-9f]/g)?.length, 4)
  holdsInvoice(await ask(desk.checkoutUrl, encodings.json(body)))
})

test('a JSON body under a form’s content type is read as JSON', async () => {
  const request = encodings.json(desk.sign(desk.order()))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  holdsInvoice(await ask(desk.checkoutUrl, { ...request, headers }))
})

for (const [alias, name] of wire.checkoutAliases) {
  test(`the misspelt ${alias} means ${name}, and the right name wins over it`, async () => {
    const { [name]: value = '', ...rest } = desk.sign(desk.order())
    holdsInvoice(await desk.post({ ...rest, [alias]: value }))
    const both = desk.sign(desk.order())
    holdsInvoice(await desk.post({ ...both, [alias]: 'not an address' }))
  })
}

test('[money 15] fields that nobody asked for are ignored, nested and prototype ones too', async () => {
  const extra: Said = Object.fromEntries([...wire.checkoutIgnored].map((name) => [name, 'ignored']))
  holdsInvoice(await desk.post({ ...extra, ...desk.sign(desk.order()) }))
  const plain = JSON.stringify(desk.sign(desk.order()))
  const odd = '{"__proto__":{"amountExpected":"1"},"constructor":{"prototype":[1]},"meta":{"a":[null]},'
  holdsInvoice(await ask(desk.checkoutUrl, encodings.json(plain.replace('{', odd))))
  assert.equal(({} as Record<string, unknown>)['amountExpected'], undefined)
})

test('every address in the answer is absolute, so that it works from a page that the merchant serves', async () => {
  const { text } = await desk.checkout({ format: 'html' })
  const addresses = [...text.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map(([, address = '']) => address)
  assert.ok(addresses.length > 0)
  assert.deepEqual(
    addresses.filter((address) => !/^(https?:\/\/|#|data:)/.test(address)),
    [],
  )
})

test('the guide’s own sample order is served as it stands in its form', async () => {
  holdsInvoice(
    await desk.checkout({
      billDesc: 'Invoice for service X',
      billRefNumber: 'Bill-bb9a0495-f586-40b6-b4a7-37f78f7e51a0',
      clientIDNumber: '00',
      amountExpected: '100.00',
    }),
  )
})

test('a name in any script survives, composed or decomposed, because the hash is over what was sent [money 36]', async () => {
  for (const clientName of [
    'José Ñandú',
    'José'.normalize('NFD'),
    'አበበ በቂላ',
    '王小明',
    'D’Souza & Sons 🎉',
  ]) {
    holdsInvoice(await desk.checkout({ clientName }))
    holdsInvoice(await ask(desk.checkoutUrl, encodings.multipart(desk.sign(desk.order({ clientName })))))
    holdsInvoice(await ask(desk.checkoutUrl, encodings.json(desk.sign(desk.order({ clientName })))))
  }
})
