/** How sure a sign-in makes us of who it is: RFC 8176 for the proofs, OpenID Connect Core 2 (`acr`, `amr`) for their sum. */

import { after, isBefore, seconds, type Instant } from '../../base/time.ts'

/**
 * `pwd` a password · `otp` a one-time code of an authenticator, a message or a recovery sheet · `sms` one that came by
 * SMS · `pop` a key that the device holds (passkey) · `user` the device made sure of its holder · `mfa` two kinds.
 */
export const authenticationMethods = ['pwd', 'otp', 'sms', 'pop', 'user', 'mfa'] as const
export type AuthenticationMethod = (typeof authenticationMethods)[number]

/** NIST SP 800-63B: `aal1` one factor, `aal2` two, or a passkey whose device made sure of its holder. */
export const assuranceLevels = ['aal1', 'aal2'] as const
export type AssuranceLevel = (typeof assuranceLevels)[number]

export function levelOf(methods: readonly AuthenticationMethod[]): AssuranceLevel {
  return methods.includes('mfa') ? 'aal2' : 'aal1'
}

/**
 * What proofs are worth together. A passkey whose device made sure of its holder is two factors by itself; a password is
 * a second kind beside a code or a key.
 */
export function joinMethods(
  before: readonly AuthenticationMethod[],
  proved: readonly AuthenticationMethod[],
): readonly AuthenticationMethod[] {
  const all = new Set([...before, ...proved])
  const twoKinds = all.has('pwd') && (all.has('otp') || all.has('pop'))
  if (twoKinds || (all.has('pop') && all.has('user'))) all.add('mfa')
  return authenticationMethods.filter((method) => all.has(method))
}

/** Whether a sign-in is sure enough, and no longer ago than so many seconds. */
export function isSureEnough(
  session: { readonly methods: readonly AuthenticationMethod[]; readonly signedInAt: Instant },
  asked: { readonly level: AssuranceLevel; readonly maxAgeSeconds: number; readonly now: Instant },
): boolean {
  const until = after(session.signedInAt, seconds(asked.maxAgeSeconds))
  return (asked.level === 'aal1' || levelOf(session.methods) === 'aal2') && !isBefore(until, asked.now)
}

export function isAuthenticationMethod(text: string): text is AuthenticationMethod {
  return authenticationMethods.some((method) => method === text)
}
