import { no, ok, type Result } from '../../base/result.ts'
import { operator } from '../audit/act.ts'
import type { RegistrationNeeds } from '../application/create-application.ts'
import { lockOrganization } from '../organization/member.sql.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { applyImport } from './apply-import.ts'
import { readDocument } from './document.ts'
import { loadPlan } from './load-plan.ts'
import type { PlannedRow } from './plan.ts'

export type ImportDocument = {
  readonly organizationId: string
  readonly text: string
  /** Says what would become of it, and changes nothing. */
  readonly dry: boolean
}

/** Brings a document in for whoever holds the machine: without quotas, and with every id that is free. */
export async function importDocument(
  deps: RegistrationNeeds,
  { organizationId, text, dry }: ImportDocument,
): Promise<Result<readonly PlannedRow[], Refusal<'field_invalid'>>> {
  const rows = readDocument(text)
  if (!rows.ok) return no(refusal('field_invalid', { because: rows.refusal }))
  return await deps.db.transaction(async (tx) => {
    if ((await lockOrganization(tx, organizationId)) === null) {
      const because = `there is no organization ${organizationId}`
      return no(refusal('field_invalid', { field: 'org', because }))
    }
    const { mode } = deps
    const planned = await loadPlan(tx, rows.value, { organizationId, mode, operatorId: null, by: 'operator' })
    const isNew = planned.some(({ outcome }) => outcome === 'new')
    return ok(
      dry || !isNew
        ? planned
        : await applyImport(deps, tx, { organizationId, rows: planned, act: { by: operator } }),
    )
  })
}
