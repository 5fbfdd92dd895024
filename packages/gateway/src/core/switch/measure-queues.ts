import type { Instant } from '../../base/time.ts'
import type { Ports } from '../ports.ts'
import { readQueues, type Queues } from './health.sql.ts'

export type Measured = Omit<Queues, 'oldestNotice' | 'oldestUnchained'> & {
  /** Age of the oldest notice that its receiver has not got; 0 when there is none. */
  readonly oldestNoticeSeconds: number
  /** Age of the oldest act that the audit chain does not hold yet; 0 when there is none. */
  readonly auditLagSeconds: number
}

/** What waits in the database, for metrics and `lango doctor`. */
export async function measureQueues(ports: Pick<Ports, 'db' | 'clock'>): Promise<Measured> {
  const now = ports.clock.now()
  const { oldestNotice, oldestUnchained, ...queues } = await readQueues(ports.db, now)
  const age = (since: Instant | null): number =>
    since === null ? 0 : Math.max(0, (now.epochMs - since.epochMs) / 1000)
  return { ...queues, oldestNoticeSeconds: age(oldestNotice), auditLagSeconds: age(oldestUnchained) }
}
