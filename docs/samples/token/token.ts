// Gets a Bearer token that lasts an hour.

import { pesaflow } from '@lango/sdk'

const shop = pesaflow({
  baseUrl: env('LANGO_URL'),
  apiClientId: env('API_CLIENT_ID'),
  keys: { key: env('KEY'), secret: env('SECRET') },
})

const { token, expiresAt } = await shop.token()
console.log(JSON.stringify({ token, expiresAt }))

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
