import type { Tx } from '../../base/db.ts'
import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { findFactors } from '../factor/factor.sql.ts'
import { hasSecondFactor } from '../factor/factor.ts'
import { requireOperator, type LevelRefusal } from '../factor/require-level.ts'
import { checkMember, type MemberNo } from './check-member.ts'
import type { Member, Operator } from './member.ts'
import type { Permission } from './role.ts'

export type OperatorNo = MemberNo | LevelRefusal

type Needs = Pick<Deps, 'clock' | 'mode' | 'operatorId'>

/**
 * Whether she who asks is an operator who may do this, and proved herself well and lately enough for it. Who is no
 * operator is never asked to prove more: the desk does not exist for her.
 */
export async function checkOperator(
  deps: Needs,
  tx: Tx,
  asker: Operator,
  permission: Permission,
): Promise<Result<Member, OperatorNo>> {
  const allowed = await checkMember(tx, deps.operatorId, asker, permission)
  if (!allowed.ok) return allowed
  const sure = await requireOperator({ ...deps, db: tx }, asker.session)
  return sure.ok ? allowed : sure
}

/** What an operator is, for a page that shows nothing yet but asks for something that will have to be sure of her. */
export async function viewOperator(
  deps: Needs & Pick<Deps, 'db'>,
  asker: Operator,
  permission: Permission,
): Promise<Result<Pick<Member, 'role'>, OperatorNo>> {
  const allowed = await checkOperator(deps, deps.db, asker, permission)
  return allowed.ok ? ok({ role: allowed.value.role }) : allowed
}

/** Whether her account has a second factor: who has none is told to add one. */
export async function viewGuard(
  { db }: { readonly db: Tx },
  { accountId }: Pick<Operator, 'accountId'>,
): Promise<{ readonly guarded: boolean }> {
  return { guarded: hasSecondFactor(await findFactors(db, accountId)) }
}
