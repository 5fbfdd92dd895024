import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { recordAct } from '../audit/act.sql.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findAccount } from './account.sql.ts'
import { identifiersOf } from './account.ts'
import { drawsOfOwner } from '../limit/budget.ts'
import { verifyPassword } from './verify-password.ts'
import { findPassword, replacePassword } from './credential.sql.ts'
import { pickPassword } from './pick-password.ts'
import type { Session } from '../session/session.ts'
import { endOtherSessions, revokeAllFamilies } from '../session/session.sql.ts'
import { spendTry } from '../limit/spend-try.ts'

export type ChangePassword = {
  readonly session: Session
  readonly current: string
  readonly chosen: string
}

type ChangeRefusal = Refusal<'sign_in_failed' | 'too_many_tries' | 'password_weak'>

/**
 * Sets another password for whoever is signed in and knows the present one. Whoever else was in is out: every other
 * session of the account ends, and so does everything that applications hold for it.
 */
export async function changePassword(
  deps: Deps,
  command: ChangePassword,
): Promise<Result<null, ChangeRefusal>> {
  const { accountId, id: sessionId } = command.session
  const [account, credential] = await Promise.all([
    findAccount(deps.db, accountId),
    findPassword(deps.db, accountId),
  ])
  if (account === null || credential === null) return no(refusal('sign_in_failed'))
  const right = await spendTry(
    deps,
    drawsOfOwner(accountId, deps.digests),
    async () => await verifyPassword(deps, credential, command.current),
    accountId,
  )
  if (!right.ok) return right
  if (!right.value) return no(refusal('sign_in_failed'))
  const picked = await pickPassword(deps, command.chosen, identifiersOf(account))
  if (!picked.ok) return picked
  const hash = picked.value
  return await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    if (!(await replacePassword(tx, { accountId, hash, instead: credential.hash }, now))) {
      return no(refusal('sign_in_failed'))
    }
    await endOtherSessions(tx, accountId, sessionId, now)
    await revokeAllFamilies(tx, accountId, 'password changed', now)
    const her = { kind: 'account', id: accountId } as const
    await recordAct(tx, { what: 'account.password-changed', by: her, about: her }, deps)
    return ok(null)
  })
}
