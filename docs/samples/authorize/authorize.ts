// Prints the address to send a browser to, and the state and code verifier to keep in its session.

import { eCitizen } from '@lango/sdk'

const gate = eCitizen({
  baseUrl: env('LANGO_URL'),
  clientId: env('CLIENT_ID'),
  redirectUri: env('REDIRECT_URI'),
})

const { url, state, codeVerifier } = await gate.authorizeUrl()
console.log(url)
console.log(`state=${state}`)
console.log(`code_verifier=${codeVerifier}`)

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
