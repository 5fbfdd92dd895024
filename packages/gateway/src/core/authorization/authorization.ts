/**
 * The authorization request (RFC 6749 section 4.1.1, RFC 7636, OpenID Connect Core 3.1.2). It is judged without
 * touching anything: `authorization-checks.ts` is the list of what it must be, `decide-authorization.ts` says what to
 * do next, and `answer-authorization.ts` loads what is judged and acts.
 */
import type { Instant } from '../../base/time.ts'
import type { Refusal } from '../refusal.ts'
import type { Application } from '../application/application.ts'
import type { AssuranceLevel } from '../factor/assurance.ts'
import type { ClaimsRequest } from './claims-request.ts'
import type { GrantPolicy } from '../token/grant.ts'
import type { Hint } from './read-hint.ts'
import type { Scope } from '../application/scope.ts'
import type { Session } from '../session/session.ts'

/** The parameters as they came. One that came twice is named in `repeated` and is not in `parameters`. */
export type AuthorizationRequest = {
  readonly parameters: ReadonlyMap<string, string>
  readonly repeated: readonly string[]
  /** The one parameter that may come more than once (RFC 8707 section 2.1). */
  readonly resources: readonly string[]
  /** Null: the browser brought it. Else its application pushed it beforehand, or, if `unknown`, did not. */
  readonly pushed: { readonly hash: Uint8Array; readonly state: 'live' | 'ended' | 'unknown' } | null
}

export function readAuthorizationRequest(
  pairs: readonly (readonly [name: string, value: string])[],
): AuthorizationRequest {
  const parameters = new Map<string, string>()
  const repeated = new Set<string>()
  for (const [name, value] of pairs) {
    if (name === 'resource') continue
    if (parameters.has(name)) repeated.add(name)
    parameters.set(name, value)
  }
  for (const name of repeated) parameters.delete(name)
  // RFC 6749 section 3.1: what comes without a value did not come.
  for (const [name, value] of parameters) if (value === '') parameters.delete(name)
  const resources = pairs.filter(([name]) => name === 'resource').map(([, value]) => value)
  return { parameters, repeated: [...repeated], resources, pushed: null }
}

/** What is known when a request is judged. */
export type Situation = {
  readonly application: Application | null
  readonly policy: GrantPolicy
  readonly session: Session | null
  /** What she agreed to before, in the words of `consentNeeded`. */
  readonly agreed: readonly string[]
  /** What she pressed on a consent page that was shown for this very request. */
  readonly decision: Decision | null
  /** When this request last sent her to sign in, if it did. */
  readonly sentToSignInAt: Instant | null
  readonly hint: Hint | 'unreadable' | null
  /** Who the session's account is to the application. */
  readonly subject: string | null
  /** Our own address, which is a resource too. */
  readonly issuer: string
  readonly now: Instant
}

export type Decision = 'proceed' | 'back'

export type AuthorizationRefusal =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied'
  | 'login_required'
  | 'consent_required'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'invalid_request_uri'
  | 'invalid_target'
  | 'unmet_authentication_requirements'

/** Where an answer would go is not known. */
export type TrustRefusal = 'client_unknown' | 'redirect_unregistered' | 'invalid_request_uri'

export type Effect =
  /** We cannot tell where an answer would go: the person reads why, nobody is redirected. */
  | { readonly kind: 'show-error'; readonly refusal: Refusal<TrustRefusal> }
  | { readonly kind: 'refuse'; readonly refusal: Refusal<AuthorizationRefusal> }
  /** `level`: how sure we have to be of her. */
  | { readonly kind: 'sign-in'; readonly level: AssuranceLevel | null }
  | { readonly kind: 'ask-consent'; readonly session: Session; readonly needed: readonly string[] }
  | {
      readonly kind: 'issue-code'
      readonly session: Session
      readonly scopes: readonly Scope[]
      readonly resources: readonly string[]
      readonly claims: ClaimsRequest | null
      /** What this rests on, in the words of a consent. */
      readonly needed: readonly string[]
      /** She agreed to it just now. */
      readonly remember: boolean
    }
