import type { BucketRule } from '../core/limit/bucket.ts'
import type { SharedLimits, Verdict } from '../core/limit/share-limits.ts'
import type { Asked } from './asked.ts'
import type { Reply } from './reply.ts'

/**
 * The families of endpoints. `machine` is generous, because a bank's whole traffic comes from one address and is
 * authenticated; `page` is for people; `secret` for whatever can be guessed at.
 */
export type Budget = keyof typeof families

/** Whose requests a bucket counts together. */
type Counts = 'network' | 'caller'

export type Bucket = BucketRule & { readonly counts: Counts }

/**
 * The buckets of each family by itself, asked in this order.
 *
 * - `network`: an IPv4 address, or the /64 of an IPv6 one, which one subscriber has whole.
 * - `caller`: one client id from one network, so that none of several behind an address uses up what all of them have.
 *   It is what the caller says of itself, and counts within the network alone: nobody can use up another's from afar.
 *
 * Budgets by account, number and secret are spent where the subject is known: core/limit/budget.ts and
 * core/attempt/prompt-budget.ts. docs/operations.md lists all of them.
 */
export const families = {
  machine: [
    { counts: 'network', burst: 20_000, perSecond: 10_000 },
    { counts: 'caller', burst: 10_000, perSecond: 5_000 },
  ],
  page: [{ counts: 'network', burst: 300, perSecond: 20 }],
  secret: [{ counts: 'network', burst: 60, perSecond: 1 }],
  unlimited: [],
} as const satisfies Readonly<Record<string, readonly Bucket[]>>

/** The buckets of each family, as an operator may have scaled them: limit-settings.ts. */
export type Families = Readonly<Record<Budget, readonly Bucket[]>>

/** What a request met at its buckets, with the header fields that tell it. */
export type Met = {
  readonly admitted: boolean
  readonly waitSeconds: number
  readonly headers: Reply['headers']
}

type Seen = { readonly bucket: Bucket; readonly verdict: Verdict }

/**
 * Takes one request off the buckets that count what `names` says of it. Whoever comes in a crowd that is larger than a lease
 * waits for the next lease, instead of being refused what the bucket still holds.
 */
export async function meetLimits(
  limits: SharedLimits,
  { family, buckets }: { readonly family: Budget; readonly buckets: readonly Bucket[] },
  names: Readonly<Record<Counts, string | null>>,
): Promise<Met> {
  const seen: Seen[] = []
  for (const bucket of buckets) {
    const name = names[bucket.counts]
    if (name === null) continue
    const key = `${family} ${bucket.counts} ${name}`
    let verdict = limits(key, bucket)
    while (verdict.pending !== null) {
      await verdict.pending
      verdict = limits(key, bucket)
    }
    seen.push({ bucket, verdict })
    // What is refused by one must not use up another.
    if (!verdict.admitted) break
  }
  const waitSeconds = Math.max(0, ...seen.map(({ verdict }) => verdict.waitSeconds))
  return { admitted: waitSeconds === 0, waitSeconds, headers: headersOf(seen) }
}

/**
 * `RateLimit-Policy` and `RateLimit` as draft-ietf-httpapi-ratelimit-headers-11 has them: a quota `q` in a window of `w`
 * seconds; `r` requests left, and `t` seconds in which all of them come back. Other processes spend from the same quota,
 * so `r` is right to within a lease.
 */
function headersOf(seen: readonly Seen[]): Reply['headers'] {
  if (seen.length === 0) return {}
  const policy = seen.map(({ bucket }) => `"${bucket.counts}";q=${bucket.burst};w=${windowOf(bucket)}`)
  const now = seen.map(({ bucket, verdict: { left, waitSeconds } }) => {
    const full = Math.ceil((bucket.burst - left) / bucket.perSecond)
    return `"${bucket.counts}";r=${left};t=${Math.max(full, waitSeconds)}`
  })
  return { 'ratelimit-policy': policy.join(', '), ratelimit: now.join(', ') }
}

function windowOf({ burst, perSecond }: Bucket): number {
  return Math.ceil(burst / perSecond)
}

/** The client id that a request names for itself, in any of the places where one may stand; null when it names none. */
export function callerOf({ headers, query, body }: Pick<Asked, 'headers' | 'query' | 'body'>): string | null {
  const [, encoded] = /^basic +([\w+/=-]{1,400})$/i.exec(headers['authorization'] ?? '') ?? []
  const named =
    encoded === undefined
      ? [...query, ...(body.kind === 'form' ? body.pairs : [])].find(([name]) => idFields.has(name))?.[1]
      : atob64(encoded).split(':', 1)[0]
  return named === undefined || named === '' ? null : named.slice(0, 200)
}

const idFields: ReadonlySet<string> = new Set(['client_id', 'apiClientID', 'api_client_id'])

function atob64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1')
}
