// Asks whether an invoice is paid, by its number or by the merchant's own reference.

import { pesaflow } from '@lango/sdk'

const shop = pesaflow({
  baseUrl: env('LANGO_URL'),
  apiClientId: env('API_CLIENT_ID'),
  keys: { key: env('KEY'), secret: env('SECRET') },
})

console.log(JSON.stringify(await shop.status(env('REF_NO'))))

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
