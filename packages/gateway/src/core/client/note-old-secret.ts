import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import { hours, toDate } from '../../base/time.ts'
import { recordOnce } from '../audit/record-once.ts'
import type { Deps } from '../deps.ts'
import type { Known } from './client-credentials.ts'
import { findApplication } from '../application/find-application.ts'

/**
 * Tells the log and the audit trail of an application that still uses a secret which was rotated out, so that somebody
 * mends it before that secret ends. Nobody waits for it, and an application that calls a thousand times a second is
 * looked at once an hour by each process, and recorded once an hour by all of them.
 */
export function noteOldSecret(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'digests' | 'log' | 'background'>,
  clientId: string,
  { secretEndsAt }: Known,
): void {
  if (secretEndsAt === null || !isNews(deps.db)(clientId, deps.clock.now().epochMs)) return
  const endsAt = toDate(secretEndsAt).toISOString()
  deps.log.warn('old client secret used', { clientId, endsAt })
  deps.background('record the use of an old client secret', async () => {
    const application = await findApplication(deps, clientId)
    const about = { kind: 'application', id: clientId } as const
    const act = {
      what: 'application.old-secret-used',
      by: about,
      about,
      organizationId: application?.organizationId ?? null,
      details: { endsAt },
    } as const
    await deps.db.transaction(async (tx) => await recordOnce(tx, act, clientId, deps))
  })
}

const everyMs = hours(1).seconds * 1000
const remembered = 10_000

/** Whether this process has not told of it within the hour; the longest told is forgotten first. */
const isNews = oncePer((_db: Database) => {
  const told = new Map<string, number>()
  return (clientId: string, nowMs: number): boolean => {
    const before = told.get(clientId)
    if (before !== undefined && nowMs - before < everyMs) return false
    told.delete(clientId)
    told.set(clientId, nowMs)
    if (told.size > remembered) told.delete(told.keys().next().value ?? '')
    return true
  }
})
