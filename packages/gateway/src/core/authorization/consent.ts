/** What an account agreed that an application may have. */
import type { Instant } from '../../base/time.ts'

export type Consent = { readonly scopes: readonly string[]; readonly givenAt: Instant }

/** An application that the account allowed something, as its owner sees it. */
export type Connection = Consent & {
  readonly clientId: string
  readonly applicationName: string
  readonly organizationName: string
  /** `national-identity` releases all attributes at once, whatever the scopes. */
  readonly releases: 'scopes' | 'national-identity'
  /** The resource servers that it may ask tokens for. */
  readonly resources: readonly string[]
}

/** Whether all that is asked for was agreed to before; what is new has to be asked. */
export function covers(consent: Pick<Consent, 'scopes'> | null, asked: readonly string[]): boolean {
  return consent !== null && asked.every((scope) => consent.scopes.includes(scope))
}
