import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import { checkOperator, type OperatorNo } from '../organization/check-operator.ts'
import { byOperator, type Asker, type Operator } from '../organization/member.ts'
import { recordAct } from './act.sql.ts'
import { findActs, type ActsWanted, type ListedAct } from './act-list.sql.ts'

export type Acts = readonly ListedAct[]

/** The whole trail, for operators; or what happened in one organization, for its owners. */
export async function listActs(
  { db, operatorId }: Pick<Deps, 'db' | 'operatorId'>,
  asker: Pick<Asker, 'accountId'>,
  wanted: ActsWanted & { readonly as: 'operator' | 'member' },
): Promise<Result<Acts, MemberNo>> {
  const { as, organizationId } = wanted
  const allowed =
    as === 'operator' || organizationId === null
      ? await checkMember(db, operatorId, asker, 'house.acts')
      : await checkMember(db, organizationId, asker, 'acts.see')
  return allowed.ok ? ok(await findActs(db, wanted)) : allowed
}

const mostExported = 10_000

/** The newest acts that fit the filters, to be taken away as a file; that somebody took them is an act itself. */
export async function exportActs(
  deps: Pick<Deps, 'db' | 'ids' | 'clock' | 'mode' | 'operatorId'>,
  asker: Operator,
  wanted: Omit<ActsWanted, 'behind' | 'most'>,
): Promise<Result<Acts, OperatorNo>> {
  return await deps.db.transaction(async (tx) => {
    const allowed = await checkOperator(deps, tx, asker, 'house.acts')
    if (!allowed.ok) return allowed
    const acts = await findActs(tx, { ...wanted, behind: null, most: mostExported })
    const details = { count: acts.length, organization: wanted.organizationId, what: wanted.what }
    await recordAct(tx, { ...byOperator(asker, null), what: 'acts.exported', about: null, details }, deps)
    return ok(acts)
  })
}
