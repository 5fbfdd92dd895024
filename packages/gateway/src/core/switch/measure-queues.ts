import type { Ports } from '../ports.ts'
import { readQueues, type Queues } from './health.sql.ts'

export type Measured = Omit<Queues, 'oldestNotice'> & {
  /** Age of the oldest notice that its receiver has not got; 0 when there is none. */
  readonly oldestNoticeSeconds: number
}

/** What waits in the database, for metrics and `lango doctor`. */
export async function measureQueues(ports: Pick<Ports, 'db' | 'clock'>): Promise<Measured> {
  const now = ports.clock.now()
  const { oldestNotice, ...queues } = await readQueues(ports.db, now)
  const age = oldestNotice === null ? 0 : (now.epochMs - oldestNotice.epochMs) / 1000
  return { ...queues, oldestNoticeSeconds: Math.max(0, age) }
}
