// Raises an invoice: prints its number, the link to its page and its amounts.

import { pesaflow } from '@lango/sdk'

const shop = pesaflow({
  baseUrl: env('LANGO_URL'),
  apiClientId: env('API_CLIENT_ID'),
  keys: { key: env('KEY'), secret: env('SECRET') },
  serviceId: env('SERVICE_ID'),
})

const invoice = await shop.checkout({
  reference: env('BILL_REF'),
  amount: env('AMOUNT'),
  currency: env('CURRENCY'),
  description: env('BILL_DESC'),
  payer: {
    name: env('CLIENT_NAME'),
    idNumber: env('CLIENT_ID_NUMBER'),
    phone: env('PHONE'),
    email: env('EMAIL'),
  },
  notificationUrl: env('NOTIFICATION_URL'),
  successUrl: env('CALLBACK_URL'),
})
console.log(JSON.stringify(invoice))

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
