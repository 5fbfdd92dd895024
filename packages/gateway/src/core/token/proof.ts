/** Proofs that somebody holds a key: DPoP, RFC 9449. What a proof says; its signature is verified before. */
import { base64url } from '../../base/bytes.ts'
import { after, instant, isBefore, seconds, type Instant } from '../../base/time.ts'

/** RS256 is left out: no profile that asks for proofs permits it. Discovery names these. */
export const proofAlgs = ['ES256', 'PS256', 'EdDSA', 'Ed25519'] as const

export const proofType = 'dpop+jwt'

/** No honest proof is longer: an RSA key of 4096 bits with its signature takes a third of it. */
export const longestProof = 4096

/**
 * How far a proof's time may lie from ours, before and after. Proofs are good once, in all processes, so a nonce of ours
 * (section 8) would only add a round trip; what it prevents beside, proofs made in advance, is bounded by this minute.
 */
const window = seconds(60)

export type ExpectedProof = {
  readonly method: string
  /** The address that was asked, without query. */
  readonly url: string
  /** SHA-256 of the access token that comes along; null at the token endpoint. */
  readonly accessTokenHash: Uint8Array | null
}

export type GoodProof = {
  readonly jti: string
  /** From when it is too old to be believed anyway. */
  readonly expiresAt: Instant
}

/** RFC 9449 section 4.3, checks 3 and 8 to 12. */
export function readProof(
  claims: Readonly<Record<string, unknown>>,
  expected: ExpectedProof,
  now: Instant,
): GoodProof | { readonly problem: string } {
  const { jti, htm, htu, iat, ath, nbf, exp } = claims
  if (typeof jti !== 'string' || jti === '' || jti.length > 300)
    return { problem: 'jti is missing, or no text of at most 300 characters.' }
  if (htm !== expected.method) return { problem: 'htm is not the method of this request.' }
  if (typeof htu !== 'string' || !isSameAddress(htu, expected.url))
    return { problem: 'htu is not the address of this request.' }
  if (typeof iat !== 'number' || !Number.isFinite(iat)) return { problem: 'iat is missing, or no number.' }
  const made = instant(iat * 1000)
  if (isBefore(after(now, window), made)) return { problem: 'iat lies in the future: the clocks differ.' }
  const expiresAt = after(made, window)
  if (isBefore(expiresAt, now)) return { problem: 'iat is too long ago: make a new proof for each request.' }
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf * 1000 <= now.epochMs + window.seconds * 1000))
    return { problem: 'nbf lies in the future.' }
  if (exp !== undefined && !(typeof exp === 'number' && exp * 1000 > now.epochMs))
    return { problem: 'exp has passed.' }
  if (expected.accessTokenHash !== null && ath !== base64url(expected.accessTokenHash))
    return { problem: 'ath is not the digest of the access token.' }
  return { jti, expiresAt }
}

/** After the normalisation of RFC 3986 sections 6.2.2 and 6.2.3; query and fragment count for nothing. */
function isSameAddress(said: string, expected: string): boolean {
  const [one, other] = [normal(said), normal(expected)]
  return one !== null && one === other
}

function normal(address: string): string | null {
  if (!URL.canParse(address)) return null
  const { protocol, host, pathname, username, password } = new URL(address)
  if (username !== '' || password !== '') return null
  const path = pathname.replaceAll(/%[0-9a-f]{2}/gi, (escape) => {
    const character = String.fromCodePoint(Number.parseInt(escape.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : escape.toUpperCase()
  })
  return `${protocol}//${host}${path.replace(/\/+$/, '')}`
}
