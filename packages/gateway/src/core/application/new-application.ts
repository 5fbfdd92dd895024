/** A new application: what was asked of it, and the plainest of what was not. */
import type { Actor } from '../audit/act.ts'
import type { SigningAlg } from '../signing-key/signing-key.ts'
import type { Allowance } from './allowance.ts'
import type { Application, ApplicationKind, Grant, Releases } from './application.ts'
import { grantsOfKind, sectorOf, usualIdTokenAlg, usualScopes, type Registered } from './registration.ts'
import type { Scope } from './scope.ts'

export type CreateApplication = {
  readonly organizationId: string
  /** As the consent page names it. */
  readonly name: string
  readonly kind: ApplicationKind
  readonly redirectUris: readonly string[]
  /** Default: what the scopes release. */
  readonly releases?: Releases
  readonly allowances?: readonly Allowance[]
  readonly idTokenAlg?: SigningAlg
  /** Default: the usual ones of its kind. */
  readonly grants?: readonly Grant[]
  /** The most that it may ask for. Default: all that are about people, if it signs people in. */
  readonly scopes?: readonly Scope[]
  /** What else an application may have; each defaults to the plainest. */
  readonly more?: Partial<Pick<Application, keyof typeof plainest>>
  readonly demo?: boolean
  /** Who registers it; by default whoever holds the machine. */
  readonly by?: Actor
  /** For whoever moves in with an id and a secret from elsewhere. */
  readonly clientId?: string
  readonly clientSecret?: string
}

/** What an application is that says nothing else of itself. */
export const plainest = {
  postLogoutRedirectUris: [],
  authMethod: null,
  jwks: null,
  jwksUri: null,
  subjectType: 'public',
  sector: null,
  profile: 'standard',
  requirePar: false,
  dpopBound: false,
  backchannelLogoutUri: null,
  backchannelLogoutSessionRequired: false,
  resources: [],
  colour: null,
} as const satisfies Partial<Application>

/** All that it is: what was asked, and the plainest of what was not. */
export function registeredAs(asked: CreateApplication, clientId: string): Registered {
  const { kind, redirectUris, more = {} } = asked
  const registered = asked.grants ?? grantsOfKind[kind].usual
  const sector = more.subjectType === 'pairwise' ? sectorOf(redirectUris) : null
  return {
    clientId,
    organizationId: asked.organizationId,
    name: asked.name.trim(),
    kind,
    redirectUris,
    releases: asked.releases ?? 'scopes',
    allowances: asked.allowances ?? [],
    idTokenAlg: asked.idTokenAlg ?? usualIdTokenAlg(more.profile ?? plainest.profile),
    grants: registered,
    scopes: asked.scopes ?? usualScopes(registered),
    ...plainest,
    ...more,
    sector: more.sector ?? sector,
  }
}
