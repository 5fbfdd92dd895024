/** An application's wish that somebody be signed out: OpenID Connect RP-Initiated Logout 1.0. */
import type { Application } from '../application/application.ts'
import type { Hint } from '../authorization/read-hint.ts'
import { redirectWith } from '../application/redirect.ts'

export type LogoutRequest = {
  readonly parameters: ReadonlyMap<string, string>
}

/** What is known when it is judged. */
export type LogoutSituation = {
  /** The one that the hint was made for, else the one that the request names. */
  readonly application: Application | null
  readonly hint: Hint | 'unreadable' | null
  /** Who the account that is signed in is to the application; null when nobody is. */
  readonly subject: string | null
  /** Whether somebody is signed in here. */
  readonly signedIn: boolean
  /** Whether she pressed the button of our page. */
  readonly confirmed: boolean
}

export type LogoutDecision = {
  /** `leave`: at once; `ask`: only when she presses the button. */
  readonly kind: 'leave' | 'ask'
  /** Where she goes afterwards; null: our own page. */
  readonly to: string | null
  /** Whether the application wanted her elsewhere, and will not get her there. */
  readonly strayed: boolean
}

/**
 * Whoever shows an ID token of hers may sign her out without a question (section 3): nobody else has one. Everybody else
 * makes us ask, or a picture on a page could sign visitors out.
 */
export function decideLogout({ parameters }: LogoutRequest, about: LogoutSituation): LogoutDecision {
  const { application, hint } = about
  const wanted = parameters.get('post_logout_redirect_uri')
  const clientId = parameters.get('client_id')
  const agrees = application !== null && (clientId === undefined || clientId === application.clientId)
  const known = agrees && application.disabledAt === null && hint !== 'unreadable'
  // Compared byte by byte, as the addresses of answers are.
  const fits = known && wanted !== undefined && application.postLogoutRedirectUris.includes(wanted)
  const to = fits ? redirectWith(wanted, { state: parameters.get('state') ?? null }) : null
  const strayed = wanted !== undefined && to === null
  const hers = known && hint !== null && (about.subject === null || about.subject === hint.subject)
  if (about.confirmed) return { kind: 'leave', to, strayed }
  if (hers && !strayed) return { kind: 'leave', to, strayed }
  return about.signedIn ? { kind: 'ask', to, strayed } : { kind: 'leave', to: null, strayed }
}
