/**
 * Buckets that all processes share without asking the database each time. A process draws a lease of many requests at once
 * and spends it by itself; while it asks for more it goes on, on credit, up to half a lease.
 *
 * What this may let through too much: a process holds at most half a lease unspent and owes at most half a lease, so in any
 * stretch of time N processes together let through at most `burst + perSecond × seconds + N × lease`. While the database
 * does not answer within a second, each process counts alone.
 */

/** `burst` requests at once, then `perSecond`. */
export type BucketRule = { readonly burst: number; readonly perSecond: number }

/** The most that one process may be ahead or behind, together: an eighth of the burst, and never less than two. */
export function leaseOf({ burst }: BucketRule): number {
  return Math.max(2, Math.floor(burst / 8))
}

/** What a process may hold unspent, and what it may owe. */
export function boundsOf(rule: BucketRule): { readonly most: number; readonly credit: number } {
  const lease = leaseOf(rule)
  const credit = Math.floor(lease / 2)
  return { most: lease - credit, credit }
}

/** Rounding of times must not cost a whole request. */
const crumb = 1e-6

/**
 * What a draw gets, and when the bucket is full again after it; times in milliseconds. The statement in bucket.sql.ts says
 * the same to the database, and a test holds the two together.
 */
export function draw(
  clearAt: number | null,
  wanted: { readonly rule: BucketRule; readonly count: number },
  now: number,
): { readonly granted: number; readonly clearAt: number } {
  const { burst, perSecond } = wanted.rule
  const from = Math.max(clearAt ?? now, now)
  const room = Math.floor(burst - ((from - now) / 1000) * perSecond + crumb)
  const granted = Math.max(0, Math.min(wanted.count, room))
  return { granted, clearAt: from + (granted / perSecond) * 1000 }
}

/** Requests that the bucket would let through now, and milliseconds until it lets through one. */
export function standing(
  clearAt: number,
  { burst, perSecond }: BucketRule,
  now: number,
): { readonly left: number; readonly waitMs: number } {
  const spent = (Math.max(0, clearAt - now) / 1000) * perSecond
  const left = Math.max(0, Math.floor(burst - spent + crumb))
  return { left, waitMs: Math.max(0, ((spent + 1 - burst) / perSecond) * 1000) }
}
