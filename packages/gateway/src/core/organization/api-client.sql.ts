import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { ApiClientRole } from './api-key.ts'

/** A caller with its keys still sealed. */
export type StoredClient = {
  readonly id: string
  readonly organizationId: string
  readonly role: ApiClientRole
  readonly lenientHash: boolean
  readonly serves: ReadonlySet<string> | null
  readonly keys: readonly SealedKey[]
}

/** Its content never changes, so an opened one may be remembered by its id. */
export type SealedKey = { readonly id: string; readonly sealed: Uint8Array }

const find = statement<{
  readonly id: string
  readonly organization_id: string
  readonly role: ApiClientRole
  readonly lenient_hash: boolean
  readonly serves_all: boolean
  readonly serves: readonly string[]
  readonly key_ids: readonly string[]
  readonly keys: readonly Uint8Array[]
}>(
  'find_api_clients',
  `select c.id, c.organization_id, c.role, c.lenient_hash, c.serves_all,
     coalesce((select array_agg(l.organization_id) from aggregator_link l where l.api_client_id = c.id), '{}') as serves,
     coalesce(k.ids, '{}') as key_ids, coalesce(k.sealed, '{}') as keys
   from api_client c
   left join lateral (
     select array_agg(id order by created_at desc, id) as ids, array_agg(sealed order by created_at desc, id) as sealed
     from api_key where api_client_id = c.id and (retires_at is null or retires_at > $2)) k on true
   where c.id = any($1::text[]) and c.disabled_at is null`,
)

/** Callers that are not disabled, by id, with their live keys, newest first. */
export async function findStoredClients(
  tx: Tx,
  ids: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, StoredClient>> {
  const rows = await tx.query(find, [ids, toDate(now)])
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        organizationId: row.organization_id,
        role: row.role,
        lenientHash: row.lenient_hash,
        serves: row.serves_all ? null : new Set(row.serves),
        keys: row.keys.map((sealed, place) => ({ id: row.key_ids[place] ?? '', sealed })),
      },
    ]),
  )
}

const byKey = statement<{ readonly api_client_id: string }>(
  'find_api_clients_by_key',
  `select distinct api_client_id from api_key
   where key_hash = $1 and (retires_at is null or retires_at > $2) limit 10`,
)

/** Whose key this may be: several when installations that moved in had the same. */
export async function findClientIdsByKey(
  tx: Tx,
  keyHash: Uint8Array,
  now: Instant,
): Promise<readonly string[]> {
  return (await tx.query(byKey, [keyHash, toDate(now)])).map((row) => row.api_client_id)
}

const insertClient = statement<{ readonly id: string }>(
  'insert_api_client',
  `insert into api_client (id, organization_id, role, lenient_hash, serves_all, created_at, name)
   values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
)

export type NewClient = {
  readonly id: string
  readonly organizationId: string
  readonly role: ApiClientRole
  readonly lenientHash: boolean
  readonly servesAll: boolean
  readonly createdAt: Instant
  readonly name: string | null
}

/** False when another caller has that id. */
export async function insertClientRow(tx: Tx, made: NewClient): Promise<boolean> {
  const values = [
    made.id,
    made.organizationId,
    made.role,
    made.lenientHash,
    made.servesAll,
    toDate(made.createdAt),
    made.name,
  ]
  return (await tx.query(insertClient, values)).length === 1
}

const insertKey = statement<Row>(
  'insert_api_key',
  `insert into api_key (api_client_id, id, key_hash, sealed, created_at) values ($1, $2, $3, $4, $5)`,
)

export async function insertKeyRow(
  tx: Tx,
  apiClientId: string,
  key: { readonly id: string; readonly keyHash: Uint8Array; readonly sealed: Uint8Array },
  at: Instant,
): Promise<void> {
  await tx.query(insertKey, [apiClientId, key.id, key.keyHash, key.sealed, toDate(at)])
}

const retire = statement<{ readonly id: string }>(
  'retire_api_keys',
  `update api_key set retires_at = $3 where api_client_id = $1 and id <> $2
   and (retires_at is null or retires_at > $3) returning id`,
)

/** Lets all other keys of the caller end at a time; answers how many. */
export async function retireOtherKeys(
  tx: Tx,
  apiClientId: string,
  keep: string,
  at: Instant,
): Promise<number> {
  return (await tx.query(retire, [apiClientId, keep, toDate(at)])).length
}

const lockClient = statement<{ readonly organization_id: string }>(
  'lock_api_client',
  'select organization_id from api_client where id = $1 for update',
)

/** Whose it is; null when there is none. */
export async function lockApiClient(tx: Tx, id: string): Promise<string | null> {
  return only(await tx.query(lockClient, [id]))?.organization_id ?? null
}

const insertOneLink = statement<Row>(
  'insert_aggregator_link',
  'insert into aggregator_link (api_client_id, organization_id) values ($1, $2) on conflict do nothing',
)

export async function insertLink(tx: Tx, apiClientId: string, organizationId: string): Promise<void> {
  await tx.query(insertOneLink, [apiClientId, organizationId])
}
