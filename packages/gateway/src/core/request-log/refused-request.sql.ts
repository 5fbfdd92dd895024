import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { RefusalReason } from './reason.ts'
import type { RefusedRequest } from './refused-request.ts'

const items = recordset('item', {
  organization_id: 'uuid',
  id: 'uuid',
  at: 'timestamptz',
  client_id: 'text',
  endpoint: 'text',
  code: 'text',
  reason: 'text',
  details: 'jsonb',
  because: 'text',
  parameters: 'jsonb',
})

const insertMany = statement<Row>(
  'refused_request_insert',
  `insert into refused_request (${items.columns}) select ${items.columns} from ${items.from} on conflict do nothing`,
)

export async function insertRefusedRequests(tx: Tx, made: readonly RefusedRequest[]): Promise<void> {
  const rows = made.map((one) => ({
    organization_id: one.organizationId,
    id: one.id,
    at: toDate(one.at),
    client_id: one.clientId,
    endpoint: one.endpoint,
    code: one.code,
    reason: one.reason?.code ?? null,
    details: one.reason === null ? null : JSON.stringify(one.reason.details),
    because: one.because,
    parameters: JSON.stringify(one.parameters),
  }))
  await tx.query(insertMany, items.values(rows))
}

type RefusedRow = Row & {
  readonly organization_id: string
  readonly id: string
  readonly at: Date
  readonly client_id: string
  readonly endpoint: string
  readonly code: string
  readonly reason: RefusalReason['code'] | null
  readonly details: RefusalReason['details'] | null
  readonly because: string
  readonly parameters: RefusedRequest['parameters']
}

const columns = 'organization_id, id, at, client_id, endpoint, code, reason, details, because, parameters'

const findOne = statement<RefusedRow>(
  'refused_request_find',
  `select ${columns} from refused_request where organization_id = $1 and id = $2`,
)

export async function findRefusedRequest(
  tx: Tx,
  organizationId: string,
  id: string,
): Promise<RefusedRequest | null> {
  const row = only(await tx.query(findOne, [organizationId, id]))
  return row === null ? null : refusedRequest(row)
}

const findMany = statement<RefusedRow>(
  'refused_request_list',
  `select ${columns} from refused_request
    where organization_id = $1 and ($2::text is null or client_id = $2) and ($3::text is null or code = $3)
      and ($4::timestamptz is null or (at, id) < ($4, $5::uuid))
    order by at desc, id desc limit $6`,
)

export type RefusedWanted = {
  readonly organizationId: string
  readonly clientId: string | null
  readonly code: string | null
  /** The last one of the page before. */
  readonly behind: Pick<RefusedRequest, 'at' | 'id'> | null
  readonly most: number
}

/** Newest first. */
export async function findRefusedRequests(tx: Tx, wanted: RefusedWanted): Promise<readonly RefusedRequest[]> {
  const { organizationId, clientId, code, behind, most } = wanted
  const rows = await tx.query(findMany, [
    organizationId,
    clientId,
    code,
    behind === null ? null : toDate(behind.at),
    behind?.id ?? null,
    most,
  ])
  return rows.map(refusedRequest)
}

const deleteMany = statement<Row & { readonly id: string }>(
  'refused_request_delete_old',
  `delete from refused_request
    where (organization_id, id) in (select organization_id, id from refused_request where at < $1 order by at limit $2
                                     for update skip locked)
   returning id`,
)

/** Forgets at most so many that are older, and returns how many. */
export async function deleteRefusedRequests(tx: Tx, before: Instant, most: number): Promise<number> {
  return (await tx.query(deleteMany, [toDate(before), most])).length
}

/** What a secret or a switch has to do with a refusal. */
export type Switches = {
  readonly clientId: string
  readonly organizationId: string
  readonly kind: string
  readonly standing: string
  readonly pausedAt: Instant | null
  readonly suspendedAt: Instant | null
  readonly disabledAt: Instant | null
  readonly authMethod: string | null
  readonly secrets: readonly { readonly hash: Uint8Array; readonly retiresAt: Instant | null }[]
}

const findSwitches = statement<{
  readonly client_id: string
  readonly organization_id: string
  readonly kind: string
  readonly standing: string
  readonly paused_at: Date | null
  readonly suspended_at: Date | null
  readonly disabled_at: Date | null
  readonly auth_method: string | null
  readonly hashes: readonly Uint8Array[]
  readonly retires: readonly (number | null)[]
}>(
  'refused_request_switches',
  `select a.client_id, a.organization_id, a.kind, o.standing, a.paused_at, a.suspended_at, a.disabled_at, a.auth_method,
          coalesce(s.hashes, '{}') as hashes, coalesce(s.retires, '{}') as retires
     from application a join organization o on o.id = a.organization_id
     left join lateral (
       select array_agg(hash order by created_at) as hashes,
              array_agg((extract(epoch from retires_at) * 1000)::float8 order by created_at) as retires
         from application_secret where client_id = a.client_id) s on true
    where a.client_id = any ($1::text[])`,
)

/** Of applications that exist, in no order. */
export async function findApplicationSwitches(
  tx: Tx,
  clientIds: readonly string[],
): Promise<readonly Switches[]> {
  const at = (date: Date | null): Instant | null => (date === null ? null : fromDate(date))
  const rows = await tx.query(findSwitches, [clientIds])
  return rows.map((row) => ({
    clientId: row.client_id,
    organizationId: row.organization_id,
    kind: row.kind,
    standing: row.standing,
    pausedAt: at(row.paused_at),
    suspendedAt: at(row.suspended_at),
    disabledAt: at(row.disabled_at),
    authMethod: row.auth_method,
    secrets: row.hashes.map((hash, place) => {
      const ms = row.retires[place] ?? null
      return { hash, retiresAt: ms === null ? null : { epochMs: ms } }
    }),
  }))
}

/** A token that was presented, dead or alive. */
export type PresentedToken = {
  readonly kind: string
  readonly clientId: string
  readonly expiresAt: Instant
  readonly revokedAt: Instant | null
  readonly revokedBecause: string | null
  readonly accountActive: boolean
}

const findToken = statement<{
  readonly kind: string
  readonly client_id: string
  readonly expires_at: Date
  readonly revoked_at: Date | null
  readonly revoked_because: string | null
  readonly active: boolean | null
}>(
  'refused_request_token',
  `select t.kind, f.client_id, t.expires_at, f.revoked_at, f.revoked_because, a.active
     from token t join token_family f on f.id = t.family_id left join account a on a.id = f.account_id
    where t.family_id = $1 and t.hash = $2`,
)

export async function findPresentedToken(
  tx: Tx,
  familyId: string,
  hash: Uint8Array,
): Promise<PresentedToken | null> {
  const row = only(await tx.query(findToken, [familyId, hash]))
  if (row === null) return null
  return {
    kind: row.kind,
    clientId: row.client_id,
    expiresAt: fromDate(row.expires_at),
    revokedAt: row.revoked_at === null ? null : fromDate(row.revoked_at),
    revokedBecause: row.revoked_because,
    accountActive: row.active ?? true,
  }
}

function refusedRequest(row: RefusedRow): RefusedRequest {
  return {
    organizationId: row.organization_id,
    id: row.id,
    at: fromDate(row.at),
    clientId: row.client_id,
    endpoint: row.endpoint,
    code: row.code,
    reason: row.reason === null ? null : { code: row.reason, details: row.details ?? {} },
    because: row.because,
    parameters: row.parameters,
  }
}
