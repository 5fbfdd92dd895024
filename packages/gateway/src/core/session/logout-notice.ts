/** Telling applications that somebody signed out: OpenID Connect Back-Channel Logout 1.0. */
import { after, epochSeconds, seconds, type Instant, type Seconds } from '../../base/time.ts'
import type { Answered } from '../ports.ts'

export type LogoutNotice = {
  readonly sessionId: string
  readonly clientId: string
  /** Who she is to the application. */
  readonly subject: string
  /** This one included. */
  readonly tries: number
}

/** What a try came to: over, or when to try again. */
export type LogoutOutcome = { readonly result: string; readonly dueAt: Instant | null }

/** A try is given up when the receiver does not answer; until the lease ends nobody else makes one. */
export const logoutTimeoutMs = 5_000
export const logoutLease = seconds(30)

/** A receiver that is down for a day has no session left that would be worth ending. */
const pauses: readonly Seconds[] = [10, 60, 300, 1800, 7200, 21_600, 43_200].map(seconds)

/** Section 2.8: 200 means done, 400 that the receiver will not have it. Whatever else happens is tried again. */
export function outcomeOf(
  heard: Answered,
  { tries }: Pick<LogoutNotice, 'tries'>,
  now: Instant,
): LogoutOutcome {
  const result = heard.kind === 'answer' ? `status ${heard.status}` : heard.because
  const pause = pauses[tries - 1]
  return isFinal(heard) || pause === undefined
    ? { result, dueAt: null }
    : { result, dueAt: after(now, pause) }
}

export function isHeard(heard: Answered): boolean {
  return heard.kind === 'answer' && heard.status >= 200 && heard.status < 300
}

function isFinal(heard: Answered): boolean {
  if (heard.kind === 'no-answer')
    return heard.because === 'address-forbidden' || heard.because === 'url-forbidden'
  return isHeard(heard) || heard.status === 400
}

/** Section 2.4. Without a nonce, so that nobody can pass it off as an ID token. */
export function logoutClaims(facts: {
  readonly issuer: string
  readonly clientId: string
  readonly subject: string
  readonly sid: string
  readonly id: string
  readonly now: Instant
}): Readonly<Record<string, unknown>> {
  return {
    iss: facts.issuer,
    aud: facts.clientId,
    sub: facts.subject,
    sid: facts.sid,
    iat: epochSeconds(facts.now),
    exp: epochSeconds(after(facts.now, seconds(120))),
    jti: facts.id,
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  }
}
