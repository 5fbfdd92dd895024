import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { checkHouseName } from './check-house-name.ts'
import { checkMember, type MemberNo } from './check-member.ts'
import { lockOrganization, updateName } from './member.sql.ts'
import { byMember, type Asker } from './member.ts'
import { nameFault, skeletonOf, tidyName } from './name.ts'

/** Gives it another name. Where money is real, that of a live one stays as approved: others know it by it. */
export async function renameOrganization(
  deps: Pick<Deps, 'db' | 'ids' | 'clock' | 'mode' | 'operatorId'>,
  asker: Asker,
  asked: { readonly organizationId: string; readonly name: string },
): Promise<Result<null, MemberNo | Refusal<'field_invalid'>>> {
  const { organizationId: id } = asked
  const name = tidyName(asked.name)
  return await deps.db.transaction(async (tx) => {
    const before = await lockOrganization(tx, id)
    const allowed = await checkMember(tx, id, asker, 'organization.change')
    if (!allowed.ok) return allowed
    const fault =
      nameFault(name) ??
      (deps.mode === 'live' && before?.standing !== 'waiting' ? approvedName : null) ??
      (await checkHouseName(deps, tx, { name, organizationId: id }))
    if (fault !== null) return no(refusal('field_invalid', { field: 'name', because: fault }))
    await updateName(tx, id, { name, nameKey: skeletonOf(name) })
    const act = { ...byMember(asker, id), about: { kind: 'organization', id } } as const
    const details = { from: before?.name ?? null, to: name }
    await recordAct(tx, { ...act, what: 'organization.renamed', details }, deps)
    return ok(null)
  })
}

const approvedName = 'This name was approved by an operator. Ask the operator of this gateway to change it.'
