import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow, type Order } from '@lango/sdk'
import { readBalances } from '../../../src/core/ledger/balance.sql.ts'
import { buildTown, openWorld, type Town, type World } from '../../world.ts'

let world: World
let town: Town

before(async () => {
  world = await openWorld()
  town = await buildTown(world.deps)
})
after(async () => {
  await world.close()
})

const shop = () =>
  pesaflow({
    baseUrl: world.url,
    apiClientId: town.merchant.apiClientId,
    keys: town.merchant.keys,
    serviceId: town.serviceCode,
  })
const bank = () => pesaflow({ baseUrl: world.url, apiClientId: town.bank.apiClientId, keys: town.bank.keys })

function order(reference: string, amount = '100.00'): Order {
  return {
    reference,
    description: 'Plot 7 rates',
    amount,
    payer: {
      name: 'Wanjiku Kamau',
      idNumber: '12345678',
      phone: '254700000001',
      email: 'wanjiku@example.com',
    },
    successUrl: `${town.shop}/paid`,
    notificationUrl: `${town.shop}/notices`,
  }
}

test('a merchant raises an invoice, a bank confirms it, and the books show it in one place each', async () => {
  const invoice = await shop().checkout(order('ORDER-1'))
  assert.match(invoice.invoiceNumber, /^[A-Z]{8}$/)
  assert.equal(invoice.amountExpected, '105.00')
  const bill = await bank().validate({ reference: invoice.invoiceNumber, amount: '105.00', currency: 'KES' })
  assert.deepEqual(bill, { amount: '105.00', name: 'Wanjiku Kamau', currency: 'KES' })
  await bank().confirm({
    reference: invoice.invoiceNumber,
    amount: '105.00',
    currency: 'KES',
    transactionId: 'TX-1',
    transactionDate: new Date(),
    payerName: 'Wanjiku Kamau',
    payerAccount: '254700000001',
  })
  const status = await shop().status('ORDER-1')
  assert.equal(status.status, 'settled')
  assert.equal(status.amountPaid, '105.00')
  const addresses = ['merchant/KES', 'fees/KES', 'clearing/duka-bank/KES']
  const keys = addresses.map((address) => ({ organizationId: town.merchant.organizationId, address }))
  assert.deepEqual(await readBalances(world.deps.db, keys), [10_000n, 500n, -10_500n])
})
