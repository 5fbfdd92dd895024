// Exchanges a code for tokens: once, and within a minute.

import { eCitizen } from '@lango/sdk'

const gate = eCitizen({
  baseUrl: env('LANGO_URL'),
  clientId: env('CLIENT_ID'),
  clientSecret: env('CLIENT_SECRET'),
  redirectUri: env('REDIRECT_URI'),
})

const tokens = await gate.exchangeCode({ code: env('CODE'), codeVerifier: env('CODE_VERIFIER') })
console.log(JSON.stringify(tokens))

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
