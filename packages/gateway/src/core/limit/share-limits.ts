import { base64url } from '../../base/bytes.ts'
import { batcher } from '../../base/batch.ts'
import { remembering } from '../../base/remember.ts'
import type { Ports } from '../ports.ts'
import { boundsOf, standing, type BucketRule } from './bucket.ts'
import { drawLeases, type Drawn, type Wanted } from './bucket.sql.ts'

export type Verdict = {
  readonly admitted: boolean
  /** Requests that are left, as of the last word from the database; whole, not negative. */
  readonly left: number
  /** Seconds until the next is let through; 0 when this one was. */
  readonly waitSeconds: number
  /**
   * Refused only because more came at once than a lease holds, while the database is being asked for the next one: settles
   * with its answer, and then it is worth asking again. Null when the answer is final.
   */
  readonly pending: Promise<void> | null
}

/** Whether one more request of `key` may go on. Answers at once, by what was leased before. */
export type SharedLimits = (key: string, rule: BucketRule) => Verdict

type Needs = Pick<Ports, 'db' | 'clock' | 'digests' | 'log'>

type Held = {
  /** The bucket's name in the database, which tells nobody's address. */
  readonly name: string
  /** Drawn and not spent; below zero it is owed. */
  tokens: number
  /** When the bucket is full again, by the last draw. */
  clearAt: number
  /** Since when an answer of the database is awaited, and what settles with it; null when none is. */
  askedAt: number | null
  asking: Promise<void> | null
  /** The bucket was empty: it is not asked again before then. */
  closedUntil: number
  /** Until when what comes in without the database was counted. */
  aloneUntil: number
}

/** Keys remembered at once, so that memory stays bounded. */
const remembered = 50_000
/** A database that does not answer for so long leaves each process to count alone. */
const patienceMs = 1000

/** Counts requests for all processes together, within the bound that bucket.ts states. */
export function sharedLimits(ports: Needs): SharedLimits {
  const heldFor = remembering<Held>(remembered)
  const submit = batcher<Wanted, Drawn>({
    limit: 128,
    queue: 20_000,
    together: true,
    run: async (wants) => {
      const drawn = await drawLeases(ports.db, wants, ports.clock.now())
      return wants.map(({ key }) => drawn.get(key) ?? { granted: 0, clearAt: ports.clock.now().epochMs })
    },
  })

  function ask(held: Held, rule: BucketRule, now: number): void {
    const count = Math.floor(boundsOf(rule).most - held.tokens)
    if (held.askedAt !== null || count < 1 || now < held.closedUntil) return
    held.askedAt = now
    held.asking = submit('', { key: held.name, rule, count }).then(
      ({ granted, clearAt }) => {
        held.tokens = Math.min(boundsOf(rule).most, held.tokens + granted)
        held.clearAt = clearAt
        held.askedAt = null
        held.asking = null
        held.aloneUntil = now
        if (granted === 0) held.closedUntil = now + standing(clearAt, rule, now).waitMs
      },
      (fault: unknown) => {
        ports.log.warn('limits.unshared', { fault: String(fault) })
        held.askedAt = null
        held.asking = null
        held.closedUntil = now + patienceMs
        refillAlone(held, rule, ports.clock.now().epochMs)
      },
    )
  }

  return (key, rule) => {
    const now = ports.clock.now().epochMs
    const held = heldFor(key, () => fresh(key, ports, now))
    const { most, credit } = boundsOf(rule)
    if (held.askedAt !== null && now - held.askedAt > patienceMs) refillAlone(held, rule, now)
    const admitted = held.tokens - 1 >= -credit
    if (admitted) held.tokens -= 1
    if (held.tokens < most / 2) ask(held, rule, now)
    const { left, waitMs } = standing(held.clearAt, rule, now)
    if (admitted)
      return { admitted, left: Math.max(0, Math.floor(left + held.tokens)), waitSeconds: 0, pending: null }
    const opensIn = Math.max(waitMs, held.closedUntil - now)
    const waitSeconds = Math.max(1, Math.ceil(opensIn / 1000))
    return { admitted, left: 0, waitSeconds, pending: now < held.closedUntil ? null : held.asking }
  }
}

/** Without the database nobody can share: what comes in meanwhile is this process's own share of it. */
function refillAlone(held: Held, rule: BucketRule, now: number): void {
  const { most } = boundsOf(rule)
  const came = (Math.max(0, now - held.aloneUntil) / 1000) * rule.perSecond
  held.tokens = Math.min(most, Math.max(held.tokens, held.tokens + came))
  held.aloneUntil = now
}

function fresh(key: string, { digests }: Needs, now: number): Held {
  return {
    name: base64url(digests.derive('rate bucket', key).subarray(0, 18)),
    tokens: 0,
    clearAt: now,
    askedAt: null,
    asking: null,
    closedUntil: 0,
    aloneUntil: now,
  }
}
