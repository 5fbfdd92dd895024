/** An OAuth client. */
import type { Instant } from '../../base/time.ts'
import type { Allowance } from './allowance.ts'
import type { Profile } from './profile.ts'
import type { Scope } from './scope.ts'
import type { SigningAlg } from '../signing-key/signing-key.ts'

export const applicationKinds = ['web', 'single-page', 'native', 'machine', 'device'] as const
export type ApplicationKind = (typeof applicationKinds)[number]

/** The ways to tokens (RFC 7591 section 2). */
export const grants = ['authorization_code', 'refresh_token', 'client_credentials', 'device_code'] as const
export type Grant = (typeof grants)[number]

/** How an application proves itself (RFC 7591 section 2, RFC 7523). */
export const authMethods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const
export type AuthMethod = (typeof authMethods)[number]

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
  readonly grants: readonly Grant[]
  /** The most that it may ask for. */
  readonly scopes: readonly Scope[]
  readonly postLogoutRedirectUris: readonly string[]
  /** Null: by its secret, in any place that an endpoint reads. */
  readonly authMethod: AuthMethod | null
  /** RFC 7517, or the address where it stands. */
  readonly jwks: JsonWebKeys | null
  readonly jwksUri: string | null
  readonly subjectType: 'public' | 'pairwise'
  /** Applications of one sector know a person by the same pairwise subject. */
  readonly sector: string | null
  readonly profile: Profile
  readonly requirePar: boolean
  /** Its tokens are good only with a proof of the key that they were given to (RFC 9449). */
  readonly dpopBound: boolean
  readonly backchannelLogoutUri: string | null
  readonly backchannelLogoutSessionRequired: boolean
  /** Resource servers that it may ask tokens for (RFC 8707). */
  readonly resources: readonly string[]
  /** `#rrggbb` of its own on the pages for people. */
  readonly colour: string | null
  readonly demo: boolean
  readonly disabledAt: Instant | null
}

/** Public keys alone; nothing else of them is looked at before the library reads them. */
export type JsonWebKeys = { readonly keys: readonly Readonly<Record<string, unknown>>[] }

/** An application with the SHA-256 of its live secrets: none, one, or two while they are rotated. */
export type ApplicationWithSecrets = Application & {
  /** `endsAt` is null of the one that stays. */
  readonly secrets: readonly { readonly hash: Uint8Array; readonly endsAt: Instant | null }[]
}

/** A program on somebody's own device cannot keep a secret (RFC 6749 section 2.1). */
export function isPublic(application: Pick<Application, 'kind'>): boolean {
  return application.kind !== 'web' && application.kind !== 'machine'
}

export function allows(application: Pick<Application, 'allowances'>, allowance: Allowance): boolean {
  return application.allowances.includes(allowance)
}
