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
import type { Application } from '../application/application.ts'
import { levelOf } from '../factor/assurance.ts'
import {
  checks,
  promptsOf,
  trustChecks,
  wantedClaims,
  wantedResources,
  wantedScopes,
  type Check,
} from './authorization-checks.ts'
import {
  claimNames,
  levelAsked,
  onlyClaims,
  reaches,
  subjectAsked,
  type ClaimsRequest,
  type LevelAsked,
} from './claims-request.ts'
import type { GrantPolicy } from '../token/grant.ts'
import type { Session } from '../session/session.ts'
import { consentNeeded, mayAsk, type Attribute } from '../token/user-info.ts'

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
  const wanted = wantedLevel(request)
  const here = session !== null && isFresh(request, session, about) && isHinted(request, about)
  const sure = session !== null && (wanted === null || isReached(session, wanted))
  if (here && sure && !mustSelect(request, about)) return null
  if (promptsOf(request).includes('none')) {
    return refuse('login_required', 'A sign-in is needed, and prompt=none forbids to ask for it.')
  }
  // She was there and came back as before: she cannot, or will not, and asking for ever would help nobody.
  if (here && !sure && wentLately(about)) return wanted?.essential === true ? unmet() : null
  if (wanted?.essential === true && wanted.level === null) return unmet()
  return { kind: 'sign-in', level: wanted?.level ?? null }
}

function unmet(): Effect {
  const because = 'The level of assurance that is essential to the request cannot be reached.'
  return refuse('unmet_authentication_requirements', because)
}

function isReached({ methods }: Session, { level }: LevelAsked): boolean {
  return level !== null && reaches(levelOf(methods), level)
}

function wantedLevel(request: AuthorizationRequest): LevelAsked | null {
  return levelAsked(wantedClaims(request), request.parameters.get('acr_values'))
}

/** The sign-in page says who is here and lets her be somebody else; whoever comes back from there has chosen. */
function mustSelect(request: AuthorizationRequest, about: Situation): boolean {
  return promptsOf(request).includes('select_account') && !wentLately(about)
}

function mustAgree(request: AuthorizationRequest, about: Situation): Effect {
  const { session, application, policy } = about
  const scopes = wantedScopes(request, about)
  const resources = wantedResources(request, about)
  if (session === null || application === null || !scopes.ok || !resources.ok)
    throw new Error('judged before it was checked')
  const prompts = promptsOf(request)
  const { claims, attributes } = claimsServed(wantedClaims(request), application, policy)
  const needed = consentNeeded(application.releases, scopes.value, attributes)
  const agreed = covers({ scopes: about.agreed }, needed) && !prompts.includes('consent')
  const given = { scopes: scopes.value, resources: resources.value, claims }
  const issue = { kind: 'issue-code', session, ...given, needed } as const
  if (about.decision === 'proceed') return { ...issue, remember: true }
  if (about.decision === 'back') return refuse('access_denied', 'The account holder chose not to continue.')
  if (agreed) return { ...issue, remember: false }
  if (prompts.includes('none'))
    return refuse('consent_required', 'Consent is needed, and prompt=none forbids to ask for it.')
  return { kind: 'ask-consent', session, needed }
}

/** Of the claims that are asked for by name, those that this wire knows and this application may ask for. */
function claimsServed(asked: ClaimsRequest, application: Application, { attributeOf }: GrantPolicy) {
  const served = (claim: string): Attribute | null => {
    const name = attributeOf(claim)
    return name !== null && mayAsk(application, name) ? name : null
  }
  const names = claimNames(asked).map(served)
  return {
    claims: onlyClaims(asked, (claim) => claim === 'acr' || served(claim) !== null),
    attributes: [...new Set(names.filter((name) => name !== null))],
  }
}

/**
 * Whether the sign-in is recent enough. Where the request wants a new one, only a sign-in after we sent her there
 * counts, and only for a while: otherwise an old address from the browser's history would pass for a fresh one.
 */
function isFresh(request: AuthorizationRequest, session: Session, about: Situation): boolean {
  const { sentToSignInAt: sent, now } = about
  if (sent !== null && wentLately(about) && !isBefore(session.signedInAt, sent)) return true
  if (promptsOf(request).includes('login')) return false
  const maxAge = request.parameters.get('max_age')
  return maxAge === undefined || !isBefore(after(session.signedInAt, seconds(Number(maxAge))), now)
}

function wentLately({ sentToSignInAt: sent, now }: Situation): boolean {
  return sent !== null && isBefore(now, after(sent, signInTakes))
}

/** Somebody else's session is never used in place of the one that was hinted at, or asked for by name. */
function isHinted(request: AuthorizationRequest, { hint, subject }: Situation): boolean {
  const named = subjectAsked(wantedClaims(request))
  const hinted = hint === null || hint === 'unreadable' ? null : hint.subject
  return [named, hinted].every((one) => one === null || one === subject)
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
