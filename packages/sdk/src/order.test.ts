import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { pesaflow as wire, verifyHash, type Mac } from '@lango/wire'
import fc from 'fast-check'
import { LangoError } from './fault.ts'
import type { Order } from './order.ts'
import { pesaflow } from './pesaflow.ts'

const mac: Mac = (key, data) => createHmac('sha256', key).update(data).digest()
const keys = { key: 'my-key', secret: 'my-secret' }
const settings = { baseUrl: 'https://gate.example', apiClientId: '1', serviceId: '124', keys }
const client = pesaflow(settings)
const order: Order = {
  reference: 'REF-1',
  amount: '500.00',
  description: 'School fees',
  payer: {
    name: 'Achieng Otieno',
    idNumber: '12345678',
    phone: '254700000000',
    email: 'achieng@shop.example',
  },
  notificationUrl: 'https://shop.example/ipn',
  successUrl: 'https://shop.example/thanks',
}

const words = fc.string({ unit: 'binary', maxLength: 30 }).filter((text) => text.isWellFormed())
const amounts = fc.tuple(fc.nat(999_999), fc.nat(99)).map(([major, minor]) => `${major}.${minor}`)

test('what a merchant signs, the gateway verifies, for any words and amounts', async () => {
  await fc.assert(
    fc.asyncProperty(words, words, amounts, async (description, name, amount) => {
      const signed = { ...order, description, amount, payer: { ...order.payer, name } }
      const fields = await client.signCheckout(signed)
      const verdict = verifyHash(wire.recipes.checkout, fields, fields.secureHash, { keys, mac })
      assert.equal(verdict, 'base64-of-hex')
    }),
    { numRuns: 50 },
  )
})

test('a mac of the caller signs the same bytes as WebCrypto', async () => {
  const own = pesaflow({ ...settings, mac })
  assert.deepEqual(await own.signCheckout(order), await client.signCheckout(order))
})

test('every field of the wire is in the form, and nothing that an order holds can leave its attribute', async () => {
  const hostile = '"><script>alert(1)</script>&amp;\'\n'
  const html = await client.checkoutForm(
    { ...order, description: hostile },
    { target: 'pay"frame', label: '<Lipa>' },
  )
  assert.match(
    html,
    /^<form method="post" action="https:\/\/gate\.example\/api\/PaymentAPI\/checkout" target="pay&quot;frame">/,
  )
  assert.match(html, /<button type="submit">&lt;Lipa&gt;<\/button>\n<\/form>$/)
  assert.equal(html.includes('<script'), false)
  assert.match(
    html,
    /name="billDesc" value="&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;&amp;amp;&#39;\n"/,
  )
  for (const field of [...wire.checkoutMandatory, ...wire.checkoutOptional]) {
    assert.ok(html.includes(`name="${field}"`), `${field} is missing`)
  }
})

const wrong: readonly (readonly [string, Partial<Order>])[] = [
  ['an amount with a comma', { amount: '1,000.00' }],
  ['an amount with three decimals', { amount: '1.005' }],
  ['an amount with a leading zero', { amount: '0100' }],
  ['a currency in small letters', { currency: 'kes' }],
  ['an empty reference', { reference: '' }],
  ['half a character', { description: '\ud83d' }],
]
for (const [what, change] of wrong) {
  test(`${what} is refused before anything is sent`, async () => {
    await assert.rejects(
      client.signCheckout({ ...order, ...change }),
      (error) => error instanceof LangoError && error.code === 'invalid_input',
    )
  })
}

test('an order without any service, or an empty key, is refused', async () => {
  const without = { baseUrl: settings.baseUrl, apiClientId: settings.apiClientId, keys }
  const isInput = (error: unknown) => error instanceof LangoError && error.code === 'invalid_input'
  await assert.rejects(pesaflow(without).signCheckout(order), isInput)
  assert.throws(() => pesaflow({ ...settings, keys: { key: '', secret: 's' } }), isInput)
})
