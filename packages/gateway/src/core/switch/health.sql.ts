import { only, statement, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'

const newest = statement<{ readonly number: number | null }>(
  'newest_migration',
  'select max(number) as number from lango_migration',
)

/** The number of the newest migration that this database has; 0 when it has none. */
export async function newestMigration(tx: Tx): Promise<number> {
  return only(await tx.query(newest, []))?.number ?? 0
}

const measure = statement<{
  readonly waiting: number
  readonly sending: number
  readonly resting: number
  readonly oldest: Date | null
  readonly callbacks: number
  readonly attempts: number
  readonly unchained: number
  readonly unchained_since: Date | null
}>(
  'measure_queues',
  // Each is read from a partial index that holds only what is still to do.
  `select notices.waiting, notices.sending, notices.oldest,
     (select count(*)::int from endpoint where rests_until > $1) as resting,
     (select count(*)::int from callback where read_at is null) as callbacks,
     (select count(*)::int from attempt where open) as attempts,
     (select count(*)::int from act where not chained) as unchained,
     (select min(at) from act where not chained) as unchained_since
   from (
     select count(*) filter (where state = 'waiting')::int as waiting,
       count(*) filter (where state = 'sending')::int as sending, min(created_at) as oldest
     from notice where state in ('waiting', 'sending')) notices`,
)

/** What has been begun and is not done. */
export type Queues = {
  readonly noticesWaiting: number
  readonly noticesSending: number
  readonly oldestNotice: Instant | null
  readonly endpointsResting: number
  readonly callbacksUnread: number
  readonly attemptsOpen: number
  /** Acts that the audit chain does not hold yet. */
  readonly actsUnchained: number
  readonly oldestUnchained: Instant | null
}

export async function readQueues(tx: Tx, now: Instant): Promise<Queues> {
  const row = only(await tx.query(measure, [toDate(now)]))
  if (row === null) throw new Error('measure_queues gave no row')
  return {
    noticesWaiting: row.waiting,
    noticesSending: row.sending,
    oldestNotice: row.oldest === null ? null : fromDate(row.oldest),
    endpointsResting: row.resting,
    callbacksUnread: row.callbacks,
    attemptsOpen: row.attempts,
    actsUnchained: row.unchained,
    oldestUnchained: row.unchained_since === null ? null : fromDate(row.unchained_since),
  }
}
