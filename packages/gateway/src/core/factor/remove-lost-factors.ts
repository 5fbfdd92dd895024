import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import { findAccount } from '../account/account.sql.ts'
import { lockPassword } from '../account/credential.sql.ts'
import type { Deps } from '../deps.ts'
import { removedLetter } from '../message/removal-letters.ts'
import { checkOperator, type OperatorNo } from '../organization/check-operator.ts'
import { findMember } from '../organization/member.sql.ts'
import { byOperator, reasonFault, type Operator } from '../organization/member.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { deleteDevices } from '../session/known-device.sql.ts'
import { endSessions, revokeAllFamilies } from '../session/session.sql.ts'
import { finishFault, isLapsed } from './factor-removal.ts'
import { deleteProofs, endRemoval, findOpenRemoval, wasFactorUsed } from './factor-removal.sql.ts'
import { tellAll, type RequestRemoval } from './request-factor-removal.ts'

type FinishNo = OperatorNo | Refusal<'field_invalid'>

/**
 * Takes all second factors off, after the wait. The password goes too, so that an operator's word alone never leaves an
 * account to whoever knows one: its owner chooses another through an address that she proved, and everybody is out.
 */
export async function removeLostFactors(
  deps: Deps,
  asker: Operator,
  { accountId, because }: RequestRemoval,
): Promise<Result<null, FinishNo>> {
  return await deciding(deps, asker, because, async (tx) => {
    await lockPassword(tx, accountId)
    const now = deps.clock.now()
    const [account, removal] = [await findAccount(tx, accountId), await findOpenRemoval(tx, accountId)]
    if (account === null || removal === null || isLapsed(removal, now))
      return no(refusal('not_found', { field: 'removal' }))
    const fault = finishFault(removal, {
      at: now,
      by: asker.accountId,
      operators: (await findMember(tx, deps.operatorId, accountId)) !== null,
      used: await wasFactorUsed(tx, accountId, removal.askedAt),
    })
    if (fault !== null) return no(invalid('deed', fault))
    await endRemoval(tx, removal, 'done', now)
    // Told first: the addresses that codes went to are among what is taken.
    await tellAll(deps, tx, account, removedLetter(deps, account.locale, {}))
    await deleteProofs(tx, accountId)
    await deleteDevices(tx, accountId, null)
    await endSessions(tx, accountId, null, now)
    await revokeAllFamilies(tx, accountId, 'factors removed', now)
    const act = { ...byOperator(asker, null), about: { kind: 'account', id: accountId } } as const
    const details = { because, askedBy: removal.askedBy }
    await recordAct(tx, { ...act, what: 'account.factors-removed', details }, deps)
    return ok(null)
  })
}

/** Takes the request back: its owner found what she had lost, or was not who she said. */
export async function withdrawFactorRemoval(
  deps: Deps,
  asker: Operator,
  { accountId, because }: RequestRemoval,
): Promise<Result<null, FinishNo>> {
  return await deciding(deps, asker, because, async (tx) => {
    const removal = await findOpenRemoval(tx, accountId)
    if (removal === null || !(await endRemoval(tx, removal, 'withdrawn', deps.clock.now())))
      return no(refusal('not_found', { field: 'removal' }))
    const act = { ...byOperator(asker, null), about: { kind: 'account', id: accountId } } as const
    await recordAct(tx, { ...act, what: 'account.factor-removal-ended', details: { because } }, deps)
    return ok(null)
  })
}

/** What an operator does for a reason that she gave, in one transaction. */
async function deciding(
  deps: Deps,
  asker: Operator,
  because: string,
  decide: (tx: Tx) => Promise<Result<null, FinishNo>>,
): Promise<Result<null, FinishNo>> {
  return await deps.db.transaction(async (tx): Promise<Result<null, FinishNo>> => {
    const allowed = await checkOperator(deps, tx, asker, 'house.accounts.change')
    if (!allowed.ok) return allowed
    const unsaid = reasonFault(because)
    return unsaid === null ? await decide(tx) : no(invalid('because', unsaid))
  })
}

function invalid(field: string, because: string): Refusal<'field_invalid'> {
  return refusal('field_invalid', { field, because })
}
