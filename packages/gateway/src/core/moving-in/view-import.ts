import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { after, days, isBefore, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import type { Asker, Standing } from '../organization/member.ts'
import { findStanding } from '../organization/member.sql.ts'
import type { Role } from '../organization/role.ts'
import { viewOrganization, type Desk } from '../organization/view-organization.ts'
import { refusal } from '../refusal.ts'
import { sealedFor } from './check-import.ts'
import { readDocument, type BroughtRow } from './document.ts'
import {
  findImportRequest,
  findWaitingImports,
  type ImportRequest,
  type ImportState,
  type WaitingImport,
} from './import-request.sql.ts'
import { loadPlan } from './load-plan.ts'
import type { By, Planned, PlannedRow } from './plan.ts'

/** How long a document may be looked at before it is confirmed. */
export const draftLives = days(1)

export type ImportView = {
  readonly id: string
  readonly state: ImportState
  readonly createdAt: Instant
  readonly because: string | null
  readonly rows: readonly PlannedRow[]
}

type Needs = Pick<Deps, 'db' | 'clock' | 'vault' | 'mode' | 'operatorId'>

/** What a member sees: the document that she is about to confirm, the one that waits, or what became of the last. */
export async function viewImport(
  deps: Needs,
  asker: Pick<Asker, 'accountId'>,
  organizationId: string,
): Promise<Result<Desk & { readonly request: ImportView | null }, MemberNo>> {
  const desk = await viewOrganization(deps, asker, organizationId, 'import')
  if (!desk.ok) return desk
  const request = await findLiveRequest(deps, deps.db, organizationId)
  return ok({ ...desk.value, request: request === null ? null : await shown(deps, request, 'member') })
}

export type HouseImportView = {
  readonly role: Role
  readonly organization: { readonly id: string; readonly name: string; readonly standing: Standing }
  readonly request: ImportView
}

/** What an operator sees who decides about it. */
export async function viewHouseImport(
  deps: Needs,
  asker: Pick<Asker, 'accountId'>,
  organizationId: string,
): Promise<Result<HouseImportView, MemberNo>> {
  const allowed = await checkMember(deps.db, deps.operatorId, asker, 'house.see')
  if (!allowed.ok) return allowed
  const organization = await findStanding(deps.db, organizationId)
  const request = organization === null ? null : await findImportRequest(deps.db, organizationId)
  if (organization === null || request?.state !== 'waiting')
    return no(refusal('not_found', { field: 'import' }))
  return ok({ role: allowed.value.role, organization, request: await shown(deps, request, 'operator') })
}

const mostWaiting = 50

/** Whoever waits for an operator's word, the longest first. */
export async function listWaitingImports(
  { db, operatorId }: Pick<Deps, 'db' | 'operatorId'>,
  asker: Pick<Asker, 'accountId'>,
): Promise<Result<readonly WaitingImport[], MemberNo>> {
  const allowed = await checkMember(db, operatorId, asker, 'house.see')
  return allowed.ok ? ok(await findWaitingImports(db, mostWaiting)) : allowed
}

async function shown(deps: Needs, request: ImportRequest, by: By): Promise<ImportView> {
  const planned = request.outcome ?? (await planOf(deps, deps.db, request, by))
  // The page is given no secret that it could print by mistake.
  const rows = planned.map(({ kind, name, more, outcome, because, warnings, takenBy }) => {
    return { kind, name, more, outcome, because, warnings, takenBy }
  })
  const { id, state, createdAt, because } = request
  return { id, state, createdAt, because, rows }
}

/** A draft that nobody confirmed in time is not there, whether it was forgotten already or not. */
export async function findLiveRequest(
  { clock }: Pick<Deps, 'clock'>,
  tx: Tx,
  organizationId: string,
): Promise<ImportRequest | null> {
  const request = await findImportRequest(tx, organizationId)
  const isOver = request?.state === 'drafted' && isBefore(after(request.createdAt, draftLives), clock.now())
  return isOver ? null : request
}

/** What would become of it now. */
export async function planOf(
  deps: Pick<Deps, 'vault' | 'mode' | 'operatorId'>,
  tx: Tx,
  { organizationId, sealed }: ImportRequest,
  by: By,
): Promise<readonly Planned[]> {
  return await loadPlan(tx, rowsOf(deps, sealed), {
    organizationId,
    mode: deps.mode,
    operatorId: deps.operatorId,
    by,
  })
}

function rowsOf({ vault }: Pick<Deps, 'vault'>, sealed: Uint8Array | null): readonly BroughtRow[] {
  if (sealed === null) return []
  const rows = readDocument(vault.open(sealedFor, sealed))
  if (!rows.ok) throw new Error(`a kept import cannot be read: ${rows.refusal}`)
  return rows.value
}
