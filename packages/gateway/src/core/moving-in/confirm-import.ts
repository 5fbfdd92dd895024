import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { RegistrationNeeds } from '../application/create-application.ts'
import type { Deps } from '../deps.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import { lockOrganization } from '../organization/member.sql.ts'
import { byMember, type Asker } from '../organization/member.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { applyImport } from './apply-import.ts'
import { letWait, removeImport, settleImport } from './import-request.sql.ts'
import { findLiveRequest, planOf } from './view-import.ts'

type Which = { readonly organizationId: string; readonly id: string }
type ImportNo = MemberNo | Refusal<'field_invalid'>

/**
 * Brings in what an owner looked at and confirms. Where it names ids that others know somebody by and money is real,
 * the whole document waits for an operator instead.
 */
export async function confirmImport(
  deps: RegistrationNeeds & Pick<Deps, 'operatorId'>,
  asker: Asker,
  { organizationId, id }: Which,
): Promise<Result<'done' | 'waiting', ImportNo>> {
  return await deps.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const allowed = await checkMember(tx, organizationId, asker, 'import')
    if (!allowed.ok) return allowed
    const request = await findLiveRequest(deps, tx, organizationId)
    if (request?.id !== id || request.state !== 'drafted') return no(gone)
    const rows = await planOf(deps, tx, request, 'member')
    const act = byMember(asker, organizationId)
    if (rows.some(({ outcome }) => outcome === 'asked')) {
      await letWait(tx, request, deps.clock.now(), asker.accountId)
      const about = { kind: 'organization', id: organizationId } as const
      const details = { rows: rows.length }
      await recordAct(tx, { ...act, what: 'import.asked', about, details }, deps)
      return ok('waiting')
    }
    if (!rows.some(({ outcome }) => outcome === 'new')) return no(nothingNew)
    const outcome = await applyImport(deps, tx, { organizationId, rows, act })
    await settleImport(tx, { organizationId, id, state: 'done', outcome, because: null })
    return ok('done')
  })
}

const gone = refusal('field_invalid', {
  field: 'document',
  because: 'That document is no longer the one that waits here: look at it again.',
})
const nothingNew = refusal('field_invalid', { field: 'document', because: 'Nothing of it is new.' })

/** Takes a document back that was not decided yet; its secrets are gone. */
export async function withdrawImport(
  deps: Pick<Deps, 'db' | 'ids' | 'clock'>,
  asker: Asker,
  { organizationId, id }: Which,
): Promise<Result<null, ImportNo>> {
  return await deps.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const allowed = await checkMember(tx, organizationId, asker, 'import')
    if (!allowed.ok) return allowed
    const request = await findLiveRequest(deps, tx, organizationId)
    if (request?.id !== id) return no(gone)
    await removeImport(tx, organizationId, id)
    if (request.state === 'waiting') {
      const about = { kind: 'organization', id: organizationId } as const
      await recordAct(tx, { ...byMember(asker, organizationId), what: 'import.withdrawn', about }, deps)
    }
    return ok(null)
  })
}
