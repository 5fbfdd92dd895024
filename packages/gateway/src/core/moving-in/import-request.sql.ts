import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { PlannedRow } from './plan.ts'

export type ImportState = 'drafted' | 'waiting' | 'done' | 'declined'

export type ImportRequest = {
  readonly organizationId: string
  readonly id: string
  readonly state: ImportState
  readonly askedBy: string
  readonly createdAt: Instant
  /** Null when it was decided. */
  readonly sealed: Uint8Array | null
  readonly outcome: readonly PlannedRow[] | null
  readonly because: string | null
}

type RequestRow = Row & {
  readonly organization_id: string
  readonly id: string
  readonly state: ImportState
  readonly asked_by: string
  readonly created_at: Date
  readonly sealed: Uint8Array | null
  readonly outcome: readonly PlannedRow[] | null
  readonly because: string | null
}

const find = statement<RequestRow>(
  'import_request_find',
  `select organization_id, id, state, asked_by, created_at, sealed, outcome, because
     from import_request where organization_id = $1`,
)

/** An organization has one at a time. */
export async function findImportRequest(tx: Tx, organizationId: string): Promise<ImportRequest | null> {
  const row = only(await tx.query(find, [organizationId]))
  return row === null ? null : request(row)
}

const draft = statement<Row & { id: string }>(
  'import_request_draft',
  `insert into import_request (organization_id, id, state, asked_by, created_at, sealed)
   values ($1, $2, 'drafted', $3, $4, $5)
   on conflict (organization_id) do update set id = excluded.id, state = 'drafted', asked_by = excluded.asked_by,
     created_at = excluded.created_at, sealed = excluded.sealed, outcome = null, because = null
   where import_request.state <> 'waiting'
   returning id`,
)

export type Draft = Pick<ImportRequest, 'organizationId' | 'id' | 'askedBy' | 'createdAt'> & {
  readonly sealed: Uint8Array
}

/** In place of the one before; false when that one waits for an operator. */
export async function saveDraft(tx: Tx, made: Draft): Promise<boolean> {
  const values = [made.organizationId, made.id, made.askedBy, toDate(made.createdAt), made.sealed]
  return (await tx.query(draft, values)).length === 1
}

const wait = statement<Row>(
  'import_request_wait',
  `update import_request set state = 'waiting', created_at = $3, asked_by = $4 where organization_id = $1 and id = $2`,
)

export async function letWait(
  tx: Tx,
  { organizationId, id }: Pick<ImportRequest, 'organizationId' | 'id'>,
  at: Instant,
  askedBy: string,
): Promise<void> {
  await tx.query(wait, [organizationId, id, toDate(at), askedBy])
}

const settle = statement<Row>(
  'import_request_settle',
  `update import_request set state = $3, outcome = $4, because = $5, sealed = null where organization_id = $1 and id = $2`,
)

/** It was decided: the document goes. */
export async function settleImport(
  tx: Tx,
  to: Pick<ImportRequest, 'organizationId' | 'id' | 'outcome' | 'because'> & {
    readonly state: 'done' | 'declined'
  },
): Promise<void> {
  const outcome = to.outcome === null ? null : JSON.stringify(to.outcome)
  await tx.query(settle, [to.organizationId, to.id, to.state, outcome, to.because])
}

const remove = statement<Row>(
  'import_request_remove',
  'delete from import_request where organization_id = $1 and id = $2',
)

export async function removeImport(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.query(remove, [organizationId, id])
}

const waiting = statement<{ readonly id: string; readonly name: string; readonly created_at: Date }>(
  'import_requests_waiting',
  `select o.id, o.name, r.created_at from import_request r join organization o on o.id = r.organization_id
    where r.state = 'waiting' order by r.created_at, r.organization_id limit $1`,
)

export type WaitingImport = { readonly organizationId: string; readonly name: string; readonly at: Instant }

/** For operators, the one that has waited longest first. */
export async function findWaitingImports(tx: Tx, most: number): Promise<readonly WaitingImport[]> {
  const rows = await tx.query(waiting, [most])
  return rows.map(({ id, name, created_at: at }) => ({ organizationId: id, name, at: fromDate(at) }))
}

const forget = statement<Row & { organization_id: string }>(
  'import_request_forget_drafts',
  `delete from import_request where organization_id in
     (select organization_id from import_request where state = 'drafted' and created_at < $1 limit $2)
     and state = 'drafted' and created_at < $1
   returning organization_id`,
)

/** Returns how many. */
export async function deleteOldDrafts(tx: Tx, before: Instant, most: number): Promise<number> {
  return (await tx.query(forget, [toDate(before), most])).length
}

const ownersOf = statement<{
  readonly kind: 'application' | 'api-client'
  id: string
  organization_id: string
}>(
  'import_owners',
  `select 'application' as kind, client_id as id, organization_id from application where client_id = any ($1::text[])
   union all
   select 'api-client', id, organization_id from api_client where id = any ($2::text[])`,
)

/** Whose the ids are, of those that are somebody's. */
export async function findOwners(
  tx: Tx,
  clientIds: readonly string[],
  apiClientIds: readonly string[],
): Promise<Record<'application' | 'api-client', ReadonlyMap<string, string>>> {
  const rows = await tx.query(ownersOf, [clientIds, apiClientIds])
  const of = (wanted: string): ReadonlyMap<string, string> =>
    new Map(rows.flatMap((row) => (row.kind === wanted ? [[row.id, row.organization_id] as const] : [])))
  return { application: of('application'), 'api-client': of('api-client') }
}

const relax = statement<Row>(
  'import_relax_hash',
  'update organization set strict_hash = false where id = $1 and strict_hash',
)

/** Clients that were written for another installation cannot know of strict mode. */
export async function relaxHash(tx: Tx, organizationId: string): Promise<void> {
  await tx.query(relax, [organizationId])
}

function request(row: RequestRow): ImportRequest {
  const { organization_id: organizationId, asked_by: askedBy, created_at: at, ...rest } = row
  return { ...rest, organizationId, askedBy, createdAt: fromDate(at) }
}
