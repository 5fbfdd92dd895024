// A bank asks whether a bill may be paid, and what is still owed.

import { pesaflow } from '@lango/sdk'

const bank = pesaflow({
  baseUrl: env('LANGO_URL'),
  apiClientId: env('API_CLIENT_ID'),
  keys: { key: env('KEY'), secret: env('SECRET') },
})

const bill = await bank.validate({
  reference: env('REF_NO'),
  amount: env('AMOUNT'),
  currency: env('CURRENCY'),
})
console.log(JSON.stringify(bill))

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
