import { after, isBefore, seconds } from '../../base/time.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type {
  AuthorizationRefusal,
  AuthorizationRequest,
  Effect,
  Situation,
  TrustRefusal,
} from './authorization.ts'
import { covers } from './consent.ts'
import { checks, promptsOf, trustChecks, wantedScopes, type Check } from './authorization-checks.ts'
import type { Session } from './session.ts'
import { consentNeeded } from './user-info.ts'

/** Judges a request. No I/O, so that every path of it can be tried by the thousand. */
export function decide(request: AuthorizationRequest, about: Situation): Effect {
  const untrusted = first(trustChecks, request, about)
  if (untrusted !== null) return { kind: 'show-error', refusal: untrusted }
  const refused = first(checks, request, about)
  if (refused !== null) return { kind: 'refuse', refusal: refused }
  return mustSignIn(request, about) ?? mustAgree(request, about)
}

/** What is wrong with a request, whoever will bring it; null when nothing is. */
export function judge(
  request: AuthorizationRequest,
  about: Situation,
): Refusal<TrustRefusal | AuthorizationRefusal> | null {
  return first(trustChecks, request, about) ?? first(checks, request, about)
}

function mustSignIn(request: AuthorizationRequest, about: Situation): Effect | null {
  const { session } = about
  if (session !== null && isFresh(request, session, about) && isHinted(session, about)) return null
  if (!promptsOf(request).includes('none')) return { kind: 'sign-in' }
  return refuse('login_required', 'A sign-in is needed, and prompt=none forbids to ask for it.')
}

function mustAgree(request: AuthorizationRequest, about: Situation): Effect {
  const { session, application } = about
  const scopes = wantedScopes(request, about)
  if (session === null || application === null || !scopes.ok) throw new Error('judged before it was checked')
  const prompts = promptsOf(request)
  const needed = consentNeeded(application.releases, scopes.value)
  const agreed = covers({ scopes: about.agreed }, needed) && !prompts.includes('consent')
  const issue = { kind: 'issue-code', session, scopes: scopes.value, needed } as const
  if (about.decision === 'proceed') return { ...issue, remember: true }
  if (about.decision === 'back') return refuse('access_denied', 'The account holder chose not to continue.')
  if (agreed) return { ...issue, remember: false }
  if (prompts.includes('none'))
    return refuse('consent_required', 'Consent is needed, and prompt=none forbids to ask for it.')
  return { kind: 'ask-consent', session, scopes: scopes.value }
}

/**
 * Whether the sign-in is recent enough. Where the request wants a new one, only a sign-in after we sent her there
 * counts, and only for a while: otherwise an old address from the browser's history would pass for a fresh one.
 */
function isFresh(request: AuthorizationRequest, session: Session, about: Situation): boolean {
  const { sentToSignInAt: sent, now } = about
  const sentLately = sent !== null && isBefore(now, after(sent, signInTakes))
  if (sentLately && !isBefore(session.signedInAt, sent)) return true
  if (promptsOf(request).includes('login')) return false
  const maxAge = request.parameters.get('max_age')
  return maxAge === undefined || !isBefore(after(session.signedInAt, seconds(Number(maxAge))), now)
}

/** Somebody else's session is never used in place of the one that was hinted at. */
function isHinted(session: Session, { hint }: Situation): boolean {
  return hint === null || hint === 'unreadable' || hint.subject === session.accountId
}

const signInTakes = seconds(900)

function refuse(code: AuthorizationRefusal, because: string): Effect {
  return { kind: 'refuse', refusal: refusal(code, { because }) }
}

function first<Code extends Refusal['code']>(
  list: readonly Check<Code>[],
  request: AuthorizationRequest,
  about: Situation,
): Refusal<Code> | null {
  for (const check of list) {
    const refused = check(request, about)
    if (refused !== null) return refused
  }
  return null
}
