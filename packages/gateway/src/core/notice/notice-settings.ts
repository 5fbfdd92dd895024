/** Where an organization's notices go beside each order's own address, and what signs them. */
import { originOf } from '../organization/organization.ts'

const longest = 2000

/**
 * Why an address may not be registered for notices, in one sentence; null when it may. It has to lie on a registered origin,
 * as an order's address has to, and to be written as it is read: no credentials, no host in disguise (`http://0x7f.1/`),
 * nothing that a reader could split it at.
 */
export function addressFault(address: string, origins: readonly string[]): string | null {
  const origin = originOf(address)
  const isPlain = address.length <= longest && /^https?:\/\/[!-[\]-~]+$/.test(address)
  if (origin === null || !isPlain || address.includes('#')) {
    return 'Write one http or https address, without a user name and without #.'
  }
  const isAsRead = address === origin || ['/', '?'].some((mark) => address.startsWith(origin + mark))
  if (!isAsRead) return `Write its host as it is read: ${origin}.`
  if (origins.includes(origin)) return null
  const registered = origins.length === 0 ? 'none is registered yet' : `registered are ${origins.join(', ')}`
  return `It has to lie on a registered origin; ${registered}.`
}
