import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import type { Session } from './session.ts'
import { endSessions, revokeSessionFamilies } from './session.sql.ts'

/**
 * Ends the session on our side, or with `everywhere` every session of its account; and the tokens that came of them,
 * unless an application was allowed to go on without its user (`offline_access`).
 */
export async function signOut(
  deps: Deps,
  session: Pick<Session, 'accountId' | 'id'>,
  reach: 'here' | 'everywhere',
): Promise<void> {
  const id = reach === 'here' ? session.id : null
  await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    await endSessions(tx, session.accountId, id, now)
    await revokeSessionFamilies(tx, session.accountId, id, now)
    const act = { what: 'session.ended', by: { kind: 'account', id: session.accountId } } as const
    await recordAct(tx, { ...act, about: { kind: 'session', id: session.id }, details: { reach } }, deps)
  })
}
