/** An OAuth client. */
import type { Instant } from '../../base/time.ts'
import type { Allowance } from './allowance.ts'
import type { Scope } from './scope.ts'
import type { SigningAlg } from './signing-key.ts'

export const applicationKinds = ['web', 'single-page', 'native'] as const
export type ApplicationKind = (typeof applicationKinds)[number]

/** Which attributes user information releases: by scope, or the whole national identity at once. */
export type Releases = 'scopes' | 'national-identity'

export type Application = {
  readonly clientId: string
  readonly organizationId: string
  readonly organizationName: string
  readonly name: string
  readonly kind: ApplicationKind
  readonly redirectUris: readonly string[]
  readonly releases: Releases
  readonly allowances: readonly Allowance[]
  readonly idTokenAlg: SigningAlg
  /** The most that it may ask for. */
  readonly scopes: readonly Scope[]
  readonly demo: boolean
  readonly disabledAt: Instant | null
}

/** An application with the SHA-256 of its live secrets: none, one, or two while they are rotated. */
export type ApplicationWithSecrets = Application & { readonly secretHashes: readonly Uint8Array[] }

/** A program on somebody's own device cannot keep a secret (RFC 6749 section 2.1). */
export function isPublic(application: Pick<Application, 'kind'>): boolean {
  return application.kind !== 'web'
}

export function allows(application: Pick<Application, 'allowances'>, allowance: Allowance): boolean {
  return application.allowances.includes(allowance)
}
