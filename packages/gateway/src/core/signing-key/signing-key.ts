/** Keys that sign ID tokens (RFC 7517, RFC 7518, RFC 8037). */
import { after, days, hours, isBefore, seconds, type Instant } from '../../base/time.ts'

/** The one that every library reads comes first. EdDSA is Ed25519 alone. Discovery names these. */
export const signingAlgs = ['RS256', 'ES256', 'PS256', 'EdDSA'] as const
export type SigningAlg = (typeof signingAlgs)[number]

export type PublicJwk = {
  readonly kid: string
  readonly alg: SigningAlg
  readonly kty: string
  readonly use: 'sig'
  readonly [member: string]: unknown
}

/** Signs with the newest live key of the algorithm. Keys are made, sealed and published before their first use. */
export type TokenSigner = {
  /** `type` is the token's `typ`; an ID token says `JWT`. */
  readonly sign: (
    alg: SigningAlg,
    claims: Readonly<Record<string, unknown>>,
    type?: 'JWT' | 'logout+jwt',
  ) => Promise<string>
  readonly publicKeys: () => Promise<readonly PublicJwk[]>
  /** Publishes a successor of each key that has signed for long enough, once over all processes; says of which. */
  readonly renew: () => Promise<readonly SigningAlg[]>
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

/** A key that leaked unseen is good for no longer than this. */
const signsFor = days(90)
/** Long enough that whoever caches our keys for a day has seen a new one before it signs. */
const publishedBefore = hours(24)
/** Longer than any ID token lives, with clocks that differ. */
const publishedAfter = hours(2)

/** How long others may keep the list of keys: shorter by far than a key is published before its first use. */
export const keysMayBeCached = seconds(300)

/** Whether it is time to publish a successor, so that it signs when the newest key has signed long enough. */
export function needsSuccessor(keys: readonly StoredKey[], alg: SigningAlg, now: Instant): boolean {
  const current = keys.filter((key) => key.alg === alg && key.retiresAt === null)
  const due = (key: StoredKey): Instant =>
    after(key.signsFrom, seconds(signsFor.seconds - publishedBefore.seconds))
  return current.length > 0 && current.every((key) => !isBefore(now, due(key)))
}

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
