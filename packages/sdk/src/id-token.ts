import { fromBase64, type oauth } from '@lango/wire'
import { LangoError } from './fault.ts'
import { fieldOf } from './http.ts'

export type IdTokenRules = {
  readonly issuer: string
  readonly audience: string
  readonly nonce?: string
  readonly now: () => Date
}

/**
 * The claims of an ID token that came straight from the token endpoint. There TLS vouches for the issuer in place of
 * the signature (OpenID Connect Core 3.1.3.7, 6); a token that came any other way must be verified with the server's
 * keys instead. Checks issuer, audience, expiry and, if one is expected, the nonce.
 */
export function readIdToken(token: string, rules: IdTokenRules): oauth.IdTokenClaims {
  const claims = claimsOf(token)
  const { issuer, audience, nonce, now } = rules
  if (claims.iss !== issuer) throw mismatch(`was issued by ${claims.iss}, not by ${issuer}`)
  const audiences = typeof claims.aud === 'string' ? [claims.aud] : claims.aud
  if (!audiences.includes(audience)) throw mismatch('is for another client')
  if (claims.exp * 1000 <= now().getTime()) throw mismatch('has expired')
  if (nonce !== undefined && claims.nonce !== nonce) throw mismatch('carries another nonce')
  return claims
}

function claimsOf(token: string): oauth.IdTokenClaims {
  const [, payload, signature, ...more] = token.split('.')
  const bytes = payload === undefined ? null : fromBase64Url(payload)
  if (bytes === null || signature === undefined || more.length > 0)
    throw mismatch('is no signed JSON web token')
  try {
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (isClaims(claims)) return claims
  } catch (cause) {
    throw mismatch('has no JSON payload', cause)
  }
  throw mismatch('lacks iss, sub, aud or exp')
}

function isClaims(json: unknown): json is oauth.IdTokenClaims {
  const aud = fieldOf(json, 'aud')
  return (
    typeof fieldOf(json, 'iss') === 'string' &&
    typeof fieldOf(json, 'sub') === 'string' &&
    typeof fieldOf(json, 'exp') === 'number' &&
    (typeof aud === 'string' || Array.isArray(aud))
  )
}

function fromBase64Url(text: string): Uint8Array | null {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/')
  return fromBase64(plain.padEnd(Math.ceil(plain.length / 4) * 4, '='))
}

function mismatch(what: string, cause?: unknown): LangoError {
  return new LangoError('id_token_mismatch', `The ID token ${what}.`, { cause })
}
