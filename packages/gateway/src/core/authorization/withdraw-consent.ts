import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { endConsent } from './consent.sql.ts'

/** Withdraws what the account allowed the application; its tokens stop working in the same moment. */
export async function withdrawConsent(deps: Deps, accountId: string, clientId: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await endConsent(tx, accountId, clientId, deps.clock.now())
    const act = { what: 'consent.withdrawn', by: { kind: 'account', id: accountId } } as const
    await recordAct(tx, { ...act, about: { kind: 'application', id: clientId } }, deps)
  })
}
