/**
 * The authorization request (RFC 6749 section 4.1.1, RFC 7636, OpenID Connect Core 3.1.2). It is judged without
 * touching anything: `authorization-checks.ts` is the list of what it must be, `decide-authorization.ts` says what to
 * do next, and `answer-authorization.ts` loads what is judged and acts.
 */
import type { Instant } from '../../base/time.ts'
import type { Refusal } from '../refusal.ts'
import type { Application } from './application.ts'
import type { GrantPolicy } from './grant.ts'
import type { Scope } from './scope.ts'
import type { Session } from './session.ts'

/** The parameters as they came. One that came twice is named in `repeated` and is not in `parameters`. */
export type AuthorizationRequest = {
  readonly parameters: ReadonlyMap<string, string>
  readonly repeated: readonly string[]
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
  /** Whose ID token came as a hint; `unreadable` when it is none of ours. */
  readonly hint: { readonly accountId: string } | 'unreadable' | null
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

export type Effect =
  /** We cannot tell where an answer would go: the person reads why, nobody is redirected. */
  | { readonly kind: 'show-error'; readonly refusal: Refusal<'client_unknown' | 'redirect_unregistered'> }
  | { readonly kind: 'refuse'; readonly refusal: Refusal<AuthorizationRefusal> }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'ask-consent'; readonly session: Session; readonly scopes: readonly Scope[] }
  | {
      readonly kind: 'issue-code'
      readonly session: Session
      readonly scopes: readonly Scope[]
      /** She agreed just now: remember it. */
      readonly remember: readonly string[] | null
    }
