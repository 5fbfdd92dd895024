/** A caller of the signed APIs as its organization's members see and change it; what the doors read is api-client.sql.ts. */
import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { ApiClientRole } from './api-key.ts'

export type ListedClient = {
  readonly id: string
  readonly name: string | null
  readonly role: ApiClientRole
  readonly lenientHash: boolean
  readonly servesAll: boolean
  readonly createdAt: Instant
  readonly endedAt: Instant | null
  /** How many of its keys are good. */
  readonly keys: number
}

type ListedRow = Row & {
  readonly id: string
  readonly name: string | null
  readonly role: ApiClientRole
  readonly lenient_hash: boolean
  readonly serves_all: boolean
  readonly created_at: Date
  readonly ended_at: Date | null
  readonly keys: number
}

const columns = (now: '$2' | '$3') =>
  `c.id, c.name, c.role, c.lenient_hash, c.serves_all, c.created_at, c.ended_at,
   (select count(*)::integer from api_key k
     where k.api_client_id = c.id and (k.retires_at is null or k.retires_at > ${now})) as keys`

const list = statement<ListedRow>(
  'own_api_client_list',
  `select ${columns('$2')} from api_client c
    where c.organization_id = $1 and ($3::timestamptz is null or (c.created_at, c.id) < ($3, $4::text))
    order by c.created_at desc, c.id desc limit $5`,
)

export type ClientsWanted = {
  readonly behind: Pick<ListedClient, 'createdAt' | 'id'> | null
  readonly most: number
  readonly now: Instant
}

/** Newest first, the ended ones among them. */
export async function findOwnClients(
  tx: Tx,
  organizationId: string,
  { behind, most, now }: ClientsWanted,
): Promise<readonly ListedClient[]> {
  const from = behind === null ? null : toDate(behind.createdAt)
  const rows = await tx.query(list, [organizationId, toDate(now), from, behind?.id ?? null, most])
  return rows.map(listed)
}

const findOne = statement<ListedRow>(
  'own_api_client_find',
  `select ${columns('$3')} from api_client c where c.id = $2 and c.organization_id = $1`,
)

/** Null for another organization's, as for one that does not exist. */
export async function findOwnClient(
  tx: Tx,
  organizationId: string,
  id: string,
  now: Instant,
): Promise<ListedClient | null> {
  const row = only(await tx.query(findOne, [organizationId, id, toDate(now)]))
  return row === null ? null : listed(row)
}

const lockOne = statement<{ readonly ended_at: Date | null }>(
  'own_api_client_lock',
  'select ended_at from api_client where id = $2 and organization_id = $1 for update',
)

/** Whether it is there and has not ended; what is done to it from here on is done one after another. */
export async function lockOwnClient(
  tx: Tx,
  organizationId: string,
  id: string,
): Promise<'live' | 'ended' | null> {
  const row = only(await tx.query(lockOne, [organizationId, id]))
  if (row === null) return null
  return row.ended_at === null ? 'live' : 'ended'
}

const count = statement<{ readonly all: number; readonly aggregators: number }>(
  'own_api_client_count',
  `select count(*)::integer as all, (count(*) filter (where role = 'aggregator'))::integer as aggregators
     from api_client where organization_id = $1 and ended_at is null`,
)

/** How many have not ended, and how many of them confirm payments. */
export async function countOwnClients(
  tx: Tx,
  organizationId: string,
): Promise<{ readonly all: number; readonly aggregators: number }> {
  return only(await tx.query(count, [organizationId])) ?? { all: 0, aggregators: 0 }
}

const setName = statement<Row>(
  'own_api_client_set_name',
  'update api_client set name = $3 where id = $2 and organization_id = $1',
)

export async function updateClientName(
  tx: Tx,
  organizationId: string,
  id: string,
  name: string,
): Promise<void> {
  await tx.query(setName, [organizationId, id, name])
}

const end = statement<Row>(
  'own_api_client_end',
  'update api_client set ended_at = $3, disabled_at = coalesce(disabled_at, $3) where id = $2 and organization_id = $1',
)

/** From this moment its keys prove nothing any more. */
export async function updateClientEnd(
  tx: Tx,
  organizationId: string,
  id: string,
  at: Instant,
): Promise<void> {
  await tx.query(end, [organizationId, id, toDate(at)])
}

export type SealedKeyView = {
  readonly id: string
  readonly sealed: Uint8Array
  readonly createdAt: Instant
  readonly retiresAt: Instant | null
}

const keys = statement<{
  readonly id: string
  readonly sealed: Uint8Array
  readonly created_at: Date
  readonly retires_at: Date | null
}>(
  'own_api_client_keys',
  `select id, sealed, created_at, retires_at from api_key
    where api_client_id = $1 and (retires_at is null or retires_at > $2) order by created_at desc, id desc limit 10`,
)

/** Good ones, newest first. */
export async function findOwnKeys(
  tx: Tx,
  apiClientId: string,
  now: Instant,
): Promise<readonly SealedKeyView[]> {
  const rows = await tx.query(keys, [apiClientId, toDate(now)])
  return rows.map(({ id, sealed, created_at: made, retires_at: ends }) => ({
    id,
    sealed,
    createdAt: fromDate(made),
    retiresAt: ends === null ? null : fromDate(ends),
  }))
}

const retireOne = statement<Row>(
  'own_api_client_retire_key',
  'update api_key set retires_at = $3 where api_client_id = $1 and id = $2',
)

export async function retireKey(tx: Tx, apiClientId: string, id: string, at: Instant): Promise<void> {
  await tx.query(retireOne, [apiClientId, id, toDate(at)])
}

const linked = statement<{ readonly id: string; readonly name: string }>(
  'own_api_client_links',
  `select o.id, o.name from aggregator_link l join organization o on o.id = l.organization_id
    where l.api_client_id = $1 order by l.organization_id limit 200`,
)

export type LinkedOrganization = { readonly id: string; readonly name: string }

/** Whom an aggregator may pay into; the first two hundred. */
export async function findLinked(tx: Tx, apiClientId: string): Promise<readonly LinkedOrganization[]> {
  return await tx.query(linked, [apiClientId])
}

const newestMerchant = statement<{ readonly id: string }>(
  'own_api_client_newest_merchant',
  `select id from api_client where organization_id = $1 and role = 'merchant' and disabled_at is null
    order by created_at desc, id desc limit 1`,
)

/** The merchant's caller that was made last and works; null when there is none. */
export async function findNewestMerchant(tx: Tx, organizationId: string): Promise<string | null> {
  return only(await tx.query(newestMerchant, [organizationId]))?.id ?? null
}

function listed(row: ListedRow): ListedClient {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    lenientHash: row.lenient_hash,
    servesAll: row.serves_all,
    createdAt: fromDate(row.created_at),
    endedAt: row.ended_at === null ? null : fromDate(row.ended_at),
    keys: row.keys,
  }
}
