import type { Currency } from '../../base/money.ts'
import type { FeeRule } from '../invoice/fee.ts'

/** Owns applications and services: a merchant, an agency, a bank. */
export type Organization = {
  readonly id: string
  readonly name: string
  /** The operator's own organization owns money whose home is not known yet. */
  readonly operator: boolean
  /** Refuses texts whose secure-hash boundaries could shift inside a new reference. */
  readonly strictHash: boolean
  /** Where notices may be sent, browsers returned to, pages framed. Scheme, host and port. */
  readonly origins: readonly string[]
  readonly services: readonly Service[]
}

/** A billable thing of an organization. */
export type Service = {
  readonly code: string
  readonly name: string
  readonly currency: Currency
  readonly feeRule: FeeRule
  /** Takes no new bills for now. */
  readonly paused?: boolean
}

/** Whether an address lies on an origin that the organization registered. Only http and https have such an origin. */
export function isRegistered(organization: Pick<Organization, 'origins'>, url: string): boolean {
  const origin = originOf(url)
  return origin !== null && organization.origins.includes(origin)
}

/** `https://shop.example:8443` of an address; null when it is no http or https address, or holds credentials. */
export function originOf(url: string): string | null {
  const parsed = URL.parse(url)
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return null
  return parsed.username === '' && parsed.password === '' ? parsed.origin : null
}

/** Why digits are no service code; null when they are. */
export function serviceCodeFault(code: string): string | null {
  return /^[1-9][0-9]{0,9}$/.test(code) ? null : 'digits without a leading zero, at most 10'
}
