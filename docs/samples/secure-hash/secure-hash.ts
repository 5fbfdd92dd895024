// Computes the secure hash of a checkout.
// Without the SDK, which does this by itself.

import { createHmac } from 'node:crypto'

const names = ['API_CLIENT_ID', 'AMOUNT', 'SERVICE_ID', 'CLIENT_ID_NUMBER',
  'CURRENCY', 'BILL_REF', 'BILL_DESC', 'CLIENT_NAME']
console.log(secureHash(...names.map(env)))

/** base64 of the lower-case hex of the HMAC. */
function secureHash(...values: string[]): string {
  const hmac = createHmac('sha256', env('KEY'))
  hmac.update(values.join('') + env('SECRET'), 'utf8')
  return Buffer.from(hmac.digest('hex')).toString('base64')
}

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
