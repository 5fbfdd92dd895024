import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { RegistrationNeeds } from '../application/create-application.ts'
import type { Deps } from '../deps.ts'
import { checkOperator, type OperatorNo } from '../organization/check-operator.ts'
import { lockOrganization } from '../organization/member.sql.ts'
import { byOperator, reasonFault, type Operator } from '../organization/member.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { applyImport } from './apply-import.ts'
import { findImportRequest, settleImport } from './import-request.sql.ts'
import type { PlannedRow } from './plan.ts'
import { planOf } from './view-import.ts'

export type DecideImport = {
  readonly organizationId: string
  /** The document that she saw. */
  readonly id: string
  readonly verdict: 'approve' | 'decline'
  readonly because: string
}

/** An operator's word on ids that an organization says are its own. */
export async function decideImport(
  deps: RegistrationNeeds & Pick<Deps, 'operatorId'>,
  asker: Operator,
  { organizationId, id, verdict, because }: DecideImport,
): Promise<Result<null, OperatorNo | Refusal<'field_invalid'>>> {
  return await deps.db.transaction(async (tx) => {
    const allowed = await checkOperator(deps, tx, asker, 'house.decide')
    if (!allowed.ok) return allowed
    const fault = reasonFault(because)
    if (fault !== null) return no(refusal('field_invalid', { field: 'because', because: fault }))
    await lockOrganization(tx, organizationId)
    const request = await findImportRequest(tx, organizationId)
    if (request?.state !== 'waiting' || request.id !== id)
      return no(refusal('not_found', { field: 'import' }))
    const by = byOperator(asker, organizationId)
    const about = { kind: 'organization', id: organizationId } as const
    if (verdict === 'decline') {
      await settleImport(tx, { organizationId, id, state: 'declined', outcome: [], because })
      await recordAct(tx, { ...by, what: 'import.declined', about, details: { because } }, deps)
      return ok(null)
    }
    await recordAct(tx, { ...by, what: 'import.approved', about, details: { because } }, deps)
    const rows = await planOf(deps, tx, request, 'operator')
    const outcome = await applyImport(deps, tx, { organizationId, rows, act: by })
    await settleImport(tx, { organizationId, id, state: 'done', outcome: forMembers(outcome), because: null })
    return ok(null)
  })
}

/** Whose an id is, no member of another organization ever reads. */
function forMembers(rows: readonly PlannedRow[]): readonly PlannedRow[] {
  return rows.map((row) => ({ ...row, takenBy: null }))
}
