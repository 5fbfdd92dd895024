/** Keys that sign ID tokens (RFC 7517, RFC 7518). */
import { after, hours, isBefore, type Instant } from '../../base/time.ts'

export type SigningAlg = 'RS256' | 'ES256'
export const signingAlgs: readonly SigningAlg[] = ['RS256', 'ES256']

export type PublicJwk = {
  readonly kid: string
  readonly alg: SigningAlg
  readonly kty: string
  readonly use: 'sig'
  readonly [member: string]: unknown
}

/** Signs with the newest live key of the algorithm. Keys are made, sealed and published before their first use. */
export type TokenSigner = {
  readonly sign: (alg: SigningAlg, claims: Readonly<Record<string, unknown>>) => Promise<string>
  readonly publicKeys: () => Promise<readonly PublicJwk[]>
  /** The claims of a token that we signed, however old; null for any other text. */
  readonly read: (token: string) => Promise<Readonly<Record<string, unknown>> | null>
}

/** A key as it is stored: the private half sealed. */
export type StoredKey = {
  readonly kid: string
  readonly alg: SigningAlg
  readonly publicJwk: PublicJwk
  readonly sealed: Uint8Array
  readonly signsFrom: Instant
  /** From when it is no longer published; null while it is not being replaced. */
  readonly retiresAt: Instant | null
}

/** Long enough that whoever caches our keys for a day has seen a new one before it signs. */
const publishedBefore = hours(24)
/** Longer than any ID token lives, with clocks that differ. */
const publishedAfter = hours(2)

export function isPublished(key: Pick<StoredKey, 'retiresAt'>, now: Instant): boolean {
  return key.retiresAt === null || isBefore(now, key.retiresAt)
}

/** The newest key that may sign now. One that is being replaced signs until its successor does. */
export function signingKey(keys: readonly StoredKey[], alg: SigningAlg, now: Instant): StoredKey | null {
  const fit = keys.filter((key) => key.alg === alg && isPublished(key, now) && !isBefore(now, key.signsFrom))
  const newestFirst = fit.toSorted(
    (a, b) => b.signsFrom.epochMs - a.signsFrom.epochMs || (a.kid < b.kid ? -1 : 1),
  )
  return newestFirst[0] ?? null
}

/** When a replaced key may go, if its successor is published now. */
export function retirement(now: Instant): { readonly signsFrom: Instant; readonly retiresAt: Instant } {
  const signsFrom = after(now, publishedBefore)
  return { signsFrom, retiresAt: after(signsFrom, publishedAfter) }
}
