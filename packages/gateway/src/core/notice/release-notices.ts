import type { Ports } from '../ports.ts'
import { releaseAbandoned } from './notice.sql.ts'

/** Gives notices back that a process took and did not finish, because it was killed. Answers how many. */
export async function releaseNotices(ports: Ports): Promise<number> {
  const released = await releaseAbandoned(ports.db, ports.clock.now())
  if (released > 0) ports.log.warn('notice.abandoned', { released })
  return released
}
