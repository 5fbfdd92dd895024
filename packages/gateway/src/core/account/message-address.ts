import { masked } from '../../base/secret.ts'
import type { Medium } from '../message/message.ts'

/** Enough to know which of one's own it is: `wa***@example.com`, `+2547******11`. */
export function maskedAddress(medium: Medium, address: string): string {
  if (medium === 'sms') return `+${masked(address)}`
  const [name = '', host = ''] = address.split('@')
  return `${name.slice(0, 2)}***@${host}`
}
