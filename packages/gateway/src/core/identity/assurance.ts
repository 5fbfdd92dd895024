/** How sure a sign-in makes us of who it is: RFC 8176 for the proofs, OpenID Connect Core 2 (`acr`, `amr`) for their sum. */

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

export function isAuthenticationMethod(text: string): text is AuthenticationMethod {
  return authenticationMethods.some((method) => method === text)
}
