import { statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'

export type Values = {
  readonly clientId: string
  readonly hashes: readonly Uint8Array[]
  readonly requestHash: Uint8Array
  readonly expiresAt: Instant
}

/** In the order of keys, so that two requests with the same values never wait for each other in a circle. */
const keep = statement<Row & { readonly hash: Uint8Array; readonly repeated: boolean }>(
  'authorization_value_keep',
  `insert into authorization_value as held (client_id, hash, request_hash, expires_at)
   select $1, hash, $3, $4 from unnest($2::bytea[]) as given (hash) order by hash
   on conflict (client_id, hash) do update set expires_at = excluded.expires_at
   returning hash, request_hash <> $3 as repeated`,
)

/** Keeps the values, and returns those that another request of the same application brought before. */
export async function keepValues(tx: Tx, values: Values): Promise<readonly Uint8Array[]> {
  const { clientId, hashes, requestHash, expiresAt } = values
  const rows = await tx.query(keep, [clientId, hashes, requestHash, toDate(expiresAt)])
  return rows.filter(({ repeated }) => repeated).map(({ hash }) => hash)
}

const forget = statement<Row & { readonly hash: Uint8Array }>(
  'authorization_value_forget',
  `delete from authorization_value using (
     select client_id, hash from authorization_value where expires_at < $1 order by expires_at limit $2
       for update skip locked) old
    where authorization_value.client_id = old.client_id and authorization_value.hash = old.hash
   returning old.hash`,
)

/** Forgets at most so many whose time is over, and returns how many. */
export async function forgetValues(tx: Tx, now: Instant, most: number): Promise<number> {
  return (await tx.query(forget, [toDate(now), most])).length
}
