/**
 * private_key_jwt: RFC 7523 section 3, OpenID Connect Core 9, FAPI 2.0 Security Profile 5.3.2.1. The audience is held
 * to what its successor asks (RFC 7523bis): our issuer, as one text. An assertion for one of several endpoints, or for
 * several servers, could be shown to us by another of them.
 */
import { after, epochSeconds, isBefore, instant, minutes, seconds, type Instant } from '../../base/time.ts'
import type { Application } from '../application/application.ts'
import { profiles } from '../application/profile.ts'

/** The one value of client_assertion_type. */
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export const assertionAlgs = ['ES256', 'PS256', 'EdDSA', 'RS256'] as const
export type AssertionAlg = (typeof assertionAlgs)[number]

export function assertionAlgsOf({ profile }: Pick<Application, 'profile'>): readonly AssertionAlg[] {
  return assertionAlgs.filter((alg) => !profiles[profile].signsNeverBy.some((never) => never === alg))
}

/** Why none of the registered keys could ever sign for it; null when one can. A key without `alg` takes any of its type. */
export function keysAlgFault({ profile, jwks }: Pick<Application, 'profile' | 'jwks'>): string | null {
  const algs = assertionAlgsOf({ profile })
  const mayAny = (jwks?.keys ?? []).some(({ alg }) => alg === undefined || algs.some((one) => one === alg))
  if (jwks === null || mayAny) return null
  const never = profiles[profile].signsNeverBy.join(', ')
  return `The profile ${profile} takes nothing signed by ${never}, and every key says that it is for that alone: give one for ${algs.join(', ')}.`
}

/** Longer ones are not looked at. */
export const longestAssertion = 8192

/** How far clocks may differ. */
const tolerance = seconds(10)
/** An assertion is made for one request; one that is good for longer waits to be stolen. Widespread libraries sign for an hour. */
const longestLife = minutes(60)

export type Claims = Readonly<Record<string, unknown>>

export type GoodAssertion = { readonly jti: string; readonly expiresAt: Instant }

/** What is wrong with the claims of an assertion, or its name and end. */
export function readAssertion(
  claims: Claims,
  expected: { readonly issuer: string; readonly clientId: string },
  now: Instant,
): GoodAssertion | { readonly problem: string } {
  const { iss, sub, aud, exp, nbf, iat, jti } = claims
  if (iss !== expected.clientId) return problem('iss is not the client_id.')
  if (sub !== expected.clientId) return problem('sub is not the client_id.')
  if (aud !== expected.issuer) return problem(`aud is not ${expected.issuer}, as one text.`)
  if (!isTime(exp)) return problem('exp is missing, or no number.')
  if (!(nbf === undefined || isTime(nbf))) return problem('nbf is no number.')
  if (!(iat === undefined || isTime(iat))) return problem('iat is no number.')
  if (typeof jti !== 'string' || jti === '' || jti.length > 500)
    return problem('jti is missing, or too long.')
  const end = after(instant(exp * 1000), tolerance)
  if (!isBefore(now, end)) return problem('exp is over.')
  if (exp > epochSeconds(now) + longestLife.seconds + tolerance.seconds)
    return problem(`exp is more than ${longestLife.seconds / 60} minutes ahead.`)
  const soon = epochSeconds(now) + tolerance.seconds
  if (nbf !== undefined && nbf > soon) return problem('nbf is still to come.')
  if (iat !== undefined && iat > soon) return problem('iat is still to come.')
  return { jti, expiresAt: end }
}

/** Whose an assertion says to be, for a request that names no client_id (RFC 7521 section 4.2). Proves nothing. */
export function subjectOf(assertion: string): string | null {
  const [, payload = ''] = assertion.length > longestAssertion ? [] : assertion.split('.')
  if (!/^[\w-]+$/.test(payload)) return null
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    )
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const sub = typeof claims === 'object' && claims !== null && 'sub' in claims ? claims.sub : null
    return typeof sub === 'string' && sub !== '' ? sub : null
  } catch {
    return null
  }
}

/** RFC 7523bis gives assertions a type of their own; older libraries write `JWT` or none. */
export const assertionTypes: readonly (string | undefined)[] = [undefined, 'JWT', 'client-authentication+jwt']

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 1e11
}

function problem(text: string): { readonly problem: string } {
  return { problem: text }
}
