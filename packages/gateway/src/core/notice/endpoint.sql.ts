import { statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Health } from './lane.ts'
import type { Lane } from './notice.ts'

/** A lane with its health, locked. */
export type LockedLane = Lane & Health

const insert = statement<Row>(
  'insert_endpoints',
  `insert into endpoint (organization_id, origin)
   select * from unnest($1::uuid[], $2::text[]) order by 1, 2
   on conflict do nothing`,
)

/** Makes rows for lanes that were never claimed from. */
export async function insertEndpoints(tx: Tx, lanes: readonly Lane[]): Promise<void> {
  await tx.query(insert, columns(lanes))
}

type HealthRow = {
  readonly organization_id: string
  readonly origin: string
  readonly failures: number
  readonly rests_until: Date | null
}

const lockFree = statement<HealthRow>(
  'lock_free_endpoints',
  `select organization_id, origin, failures, rests_until from endpoint
   where (organization_id, origin) in (select * from unnest($1::uuid[], $2::text[]))
     and (rests_until is null or rests_until <= $3)
   order by organization_id, origin
   for update skip locked`,
)

/** Locks those lanes that nobody else claims from at this moment and that do not rest. */
export async function lockFreeEndpoints(
  tx: Tx,
  lanes: readonly Lane[],
  now: Instant,
): Promise<readonly LockedLane[]> {
  return (await tx.query(lockFree, [...columns(lanes), toDate(now)])).map(locked)
}

const lockAll = statement<HealthRow>(
  'lock_endpoints',
  `select organization_id, origin, failures, rests_until from endpoint
   where (organization_id, origin) in (select * from unnest($1::uuid[], $2::text[]))
   order by organization_id, origin
   for update`,
)

export async function lockEndpoints(tx: Tx, lanes: readonly Lane[]): Promise<readonly LockedLane[]> {
  return (await tx.query(lockAll, columns(lanes))).map(locked)
}

const saveHealth = statement<Row>(
  'save_endpoint_health',
  `update endpoint set failures = lane.failures, rests_until = lane.rests_until
   from unnest($1::uuid[], $2::text[], $3::int[], $4::timestamptz[])
     as lane(organization_id, origin, failures, rests_until)
   where endpoint.organization_id = lane.organization_id and endpoint.origin = lane.origin`,
)

export async function saveEndpointHealth(tx: Tx, lanes: readonly LockedLane[]): Promise<void> {
  await tx.query(saveHealth, [
    ...columns(lanes),
    lanes.map(({ failures }) => failures),
    lanes.map(({ restsUntil }) => (restsUntil === null ? null : toDate(restsUntil))),
  ])
}

const heal = statement<Row>(
  'heal_endpoints',
  // A lane that is well already is not written, or a busy merchant's row would be the hottest of all.
  `update endpoint set failures = 0, rests_until = null
   where (organization_id, origin) in (select * from unnest($1::uuid[], $2::text[]))
     and (failures > 0 or rests_until is not null)`,
)

export async function healEndpoints(tx: Tx, lanes: readonly Lane[]): Promise<void> {
  await tx.query(heal, columns(lanes))
}

export type Address = { readonly organizationId: string; readonly address: string }

const findGone = statement<{ readonly organization_id: string; readonly address: string }>(
  'find_gone_addresses',
  `select organization_id, address from endpoint_gone
   where (organization_id, address) in (select * from unnest($1::uuid[], $2::text[]))`,
)

export async function findGoneAddresses(tx: Tx, addresses: readonly Address[]): Promise<readonly Address[]> {
  const rows = await tx.query(findGone, addressColumns(addresses))
  return rows.map((row) => ({ organizationId: row.organization_id, address: row.address }))
}

const insertGone = statement<Row>(
  'insert_gone_addresses',
  `insert into endpoint_gone (organization_id, address, gone_at)
   select distinct organization_id, address, $3::timestamptz
   from unnest($1::uuid[], $2::text[]) as gone(organization_id, address) order by 1, 2
   on conflict do nothing`,
)

export async function insertGoneAddresses(tx: Tx, addresses: readonly Address[], at: Instant): Promise<void> {
  await tx.query(insertGone, [...addressColumns(addresses), toDate(at)])
}

const deleteGone = statement<Row>(
  'delete_gone_address',
  'delete from endpoint_gone where organization_id = $1 and address = $2',
)

export async function deleteGoneAddress(tx: Tx, { organizationId, address }: Address): Promise<void> {
  await tx.query(deleteGone, [organizationId, address])
}

const hosts = statement<HealthRow>(
  'find_hosts',
  `select organization_id, origin, failures, rests_until from endpoint
   where organization_id = $1 and ($2::text[] is null or origin = any($2::text[]))
   order by organization_id, origin limit 100`,
)

/** An organization's hosts with their health: these, or all that notices were ever for. */
export async function findHosts(
  tx: Tx,
  organizationId: string,
  origins: readonly string[] | null,
): Promise<readonly LockedLane[]> {
  return (await tx.query(hosts, [organizationId, origins])).map(locked)
}

function columns(lanes: readonly Lane[]): readonly [readonly string[], readonly string[]] {
  return [lanes.map(({ organizationId }) => organizationId), lanes.map(({ origin }) => origin)]
}

function addressColumns(addresses: readonly Address[]): readonly [readonly string[], readonly string[]] {
  return [addresses.map(({ organizationId }) => organizationId), addresses.map(({ address }) => address)]
}

function locked(row: HealthRow): LockedLane {
  return {
    organizationId: row.organization_id,
    origin: row.origin,
    failures: row.failures,
    restsUntil: row.rests_until === null ? null : fromDate(row.rests_until),
  }
}
