// A bank reports a payment. If the answer is lost, send the very same report again.
// TRANSACTION_DATE is Nairobi time, like 2026-11-22 14:30:00.

import { pesaflow } from '@lango/sdk'

const bank = pesaflow({
  baseUrl: env('LANGO_URL'),
  apiClientId: env('API_CLIENT_ID'),
  keys: { key: env('KEY'), secret: env('SECRET') },
})

await bank.confirm({
  reference: env('REF_NO'),
  amount: env('AMOUNT'),
  currency: env('CURRENCY'),
  transactionId: env('TRANSACTION_ID'),
  transactionDate: new Date(`${env('TRANSACTION_DATE').replace(' ', 'T')}+03:00`),
  payerName: env('CLIENT_NAME'),
  payerAccount: env('CUSTOMER_ACCOUNT'),
})
console.log('Success')

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
