// Asks who signed in.

import { eCitizen } from '@lango/sdk'

const gate = eCitizen({
  baseUrl: env('LANGO_URL'),
  clientId: env('CLIENT_ID'),
  clientSecret: env('CLIENT_SECRET'),
  redirectUri: env('REDIRECT_URI'),
})

console.log(JSON.stringify(await gate.userInfo(env('ACCESS_TOKEN'))))

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
