// Checks the signature over a whole notice, whose body comes on standard input.
// The SDK checks the secure hash in the body too.

import { LangoError, verifyNotice } from '@lango/sdk'
import { text } from 'node:stream/consumers'

const headers = {
  'webhook-id': env('WEBHOOK_ID'),
  'webhook-timestamp': env('WEBHOOK_TIMESTAMP'),
  'webhook-signature': env('WEBHOOK_SIGNATURE'),
}
const keys = { key: env('KEY'), secret: env('SECRET'), webhookSecret: env('WEBHOOK_SECRET') }

try {
  const notice = await verifyNotice(await text(process.stdin), headers, keys)
  console.log(`genuine: ${notice.reference} is ${notice.status}`)
} catch (fault) {
  if (!(fault instanceof LangoError)) throw fault
  console.log(`${fault.code === 'notice_timestamp' ? 'too old' : 'forged'}: ${fault.message}`)
  process.exitCode = 1
}

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
