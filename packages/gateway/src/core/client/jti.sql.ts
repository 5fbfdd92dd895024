import { statement, type Row, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import { toDate, type Instant } from '../../base/time.ts'

export type Jti = { readonly hash: Uint8Array; readonly expiresAt: Instant }

const items = recordset('item', { place: 'int', hash: 'bytea', ends_ms: 'float8' })

/** In the order of their keys, so that two processes with the same names never wait for each other in a circle. */
const insertMany = statement<Row & { readonly place: number }>(
  'seen_jti_insert',
  `with item as materialized (select * from ${items.from}
   ), fresh as (
     insert into seen_jti (hash, expires_at)
     select hash, to_timestamp(max(ends_ms) / 1000) from item group by hash order by hash
     on conflict do nothing
     returning hash
   )
   select min(item.place) as place from item join fresh using (hash) group by hash`,
)

/** For each, whether it was seen for the first time; of equal ones in one call the first. */
export async function insertJtis(tx: Tx, jtis: readonly Jti[]): Promise<readonly boolean[]> {
  const rows = jtis.map(({ hash, expiresAt }, place) => ({ place, hash, ends_ms: expiresAt.epochMs }))
  const fresh = new Set((await tx.query(insertMany, items.values(rows))).map(({ place }) => place))
  return jtis.map((_, place) => fresh.has(place))
}

const deleteMany = statement<Row & { readonly hash: Uint8Array }>(
  'seen_jti_delete_expired',
  `delete from seen_jti
    where hash = any (array(select hash from seen_jti where expires_at < $1 order by expires_at limit $2
                              for update skip locked))
   returning hash`,
)

/** Forgets at most so many whose time is over, and returns how many. */
export async function deleteExpiredJtis(tx: Tx, now: Instant, most: number): Promise<number> {
  return (await tx.query(deleteMany, [toDate(now), most])).length
}
