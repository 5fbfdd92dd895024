/** ID tokens: OpenID Connect Core 1.0 section 2 and 3.1.3.6. */
import { base64url } from '../../base/bytes.ts'
import type { AuthenticationMethod } from '../factor/assurance.ts'
import { levelTold, type ClaimsRequest } from '../authorization/claims-request.ts'
import { after, epochSeconds, type Instant, type Seconds } from '../../base/time.ts'

export type IdTokenFacts = {
  readonly issuer: string
  readonly clientId: string
  /** Who she is to the application. */
  readonly subject: string
  readonly methods: readonly AuthenticationMethod[]
  /** What the `claims` parameter asked for. */
  readonly claims: ClaimsRequest | null
  /** What the application calls the session (OpenID Connect Back-Channel Logout 2.1). */
  readonly sid: string | null
  readonly signedInAt: Instant
  readonly nonce: string | null
  /** Of the access token that comes along: SHA-512 where EdDSA signs, which is made with it (RFC 8032), else SHA-256. */
  readonly accessTokenHash: Uint8Array
  readonly issuedAt: Instant
  readonly lives: Seconds
  /** What the application sees of the account, by the names of its wire. */
  readonly identity: Readonly<Record<string, unknown>>
}

/** The claims. What is known of the account can never replace what is said about the sign-in. */
export function idTokenClaims(facts: IdTokenFacts): Readonly<Record<string, unknown>> {
  return {
    ...facts.identity,
    iss: facts.issuer,
    sub: facts.subject,
    aud: facts.clientId,
    azp: facts.clientId,
    exp: epochSeconds(after(facts.issuedAt, facts.lives)),
    iat: epochSeconds(facts.issuedAt),
    auth_time: epochSeconds(facts.signedInAt),
    acr: levelTold(facts.methods, facts.claims),
    amr: facts.methods,
    ...(facts.sid === null ? {} : { sid: facts.sid }),
    ...(facts.nonce === null ? {} : { nonce: facts.nonce }),
    // The left half of the digest that belongs to the algorithm.
    at_hash: base64url(facts.accessTokenHash.subarray(0, facts.accessTokenHash.length / 2)),
  }
}
