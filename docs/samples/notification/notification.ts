// Checks the secure hash of a notice, whose body comes on standard input.
// Then hold reference, amount and currency against your own order, and ask for the status:
// the hash does not cover it.

import { LangoError, verifyNotice } from '@lango/sdk'
import { text } from 'node:stream/consumers'

try {
  await verifyNotice(await text(process.stdin), {}, { key: env('KEY'), secret: env('SECRET') })
  console.log('genuine')
} catch (fault) {
  if (!(fault instanceof LangoError)) throw fault
  console.log(`forged: ${fault.message}`)
  process.exitCode = 1
}

function env(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
