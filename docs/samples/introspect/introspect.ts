// Asks whether an access token still holds.

import { eCitizen } from '@lango/sdk'

const gate = eCitizen({
  baseUrl: env('LANGO_URL'),
  clientId: env('CLIENT_ID'),
  clientSecret: env('CLIENT_SECRET'),
  redirectUri: env('REDIRECT_URI'),
})

console.log(JSON.stringify(await gate.introspect(env('ACCESS_TOKEN'))))

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
