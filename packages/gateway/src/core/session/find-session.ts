import { after, isBefore } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { isAlive, readSessionKey, seenEvery, type Session } from './session.ts'
import { loadSession, touchSession } from './session.sql.ts'

/** The session that the cookie proves: known, its secret right, not ended, neither idle nor old, its account active. */
export async function findSession(
  deps: Pick<Deps, 'db' | 'clock' | 'digests'>,
  cookieValue: string | undefined,
): Promise<Session | null> {
  const key = readSessionKey(cookieValue)
  if (key === null) return null
  const stored = await loadSession(deps.db, key.accountId, key.id)
  const now = deps.clock.now()
  if (stored === null || !isAlive(stored, now)) return null
  if (!deps.digests.equal(stored.secretHash, deps.digests.sha256(key.secret))) return null
  if (isBefore(after(stored.seenAt, seenEvery), now)) await touchSession(deps.db, key.accountId, key.id, now)
  const { accountId, id, signedInAt, methods } = stored
  return { accountId, id, signedInAt, methods }
}
