// Raises an invoice from a server, with a Bearer token instead of a secure hash.

import { pesaflow } from '@lango/sdk'

const shop = pesaflow({
  baseUrl: env('LANGO_URL'),
  apiClientId: env('API_CLIENT_ID'),
  keys: { key: env('KEY'), secret: env('SECRET') },
})

// The SDK gets the token by itself.
const invoice = await shop.createInvoice({
  account_id: env('SERVICE_ID'),
  amount_expected: env('AMOUNT'),
  amount_net: env('AMOUNT'),
  callback_url: env('CALLBACK_URL'),
  client_invoice_ref: env('BILL_REF'),
  currency: env('CURRENCY'),
  email: env('EMAIL'),
  id_number: env('CLIENT_ID_NUMBER'),
  msisdn: env('PHONE'),
  name: env('CLIENT_NAME'),
  notification_url: env('NOTIFICATION_URL'),
  amount_settled_offline: '0',
  commission: '0',
  format: 'json',
  items: [
    {
      account_id: env('SERVICE_ID'),
      currency: env('CURRENCY'),
      desc: env('BILL_DESC'),
      item_ref: env('BILL_REF'),
      price: env('AMOUNT'),
      quantity: '1',
      require_settlement: 'true',
    },
  ],
})
console.log(JSON.stringify(invoice))

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
