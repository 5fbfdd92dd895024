import { statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { BucketRule } from './bucket.ts'

export type Wanted = { readonly key: string; readonly rule: BucketRule; readonly count: number }

const wanted = `unnest($1::text[], $2::float8[], $3::float8[], $4::int[]) as asked (key, burst, per_second, count)`

const drawMany = statement<
  Row & { readonly key: string; readonly granted: number; readonly clear_ms: number }
>(
  'rate_bucket_draw',
  `insert into rate_bucket as held (key, clear_at, granted)
   select key, $5::timestamptz + least(count, floor(burst)) / per_second * interval '1 second', least(count, floor(burst))
     from ${wanted} order by key
   on conflict (key) do update set (clear_at, granted) = (
     select greatest(held.clear_at, $5) + got / per_second * interval '1 second', got
       from ${wanted}
       cross join lateral (
         select greatest(0, least(count, floor(
           burst - extract(epoch from greatest(held.clear_at, $5) - $5)::float8 * per_second + 1e-6)))::int as got) room
      where asked.key = excluded.key)
   returning key, granted, (extract(epoch from clear_at) * 1000)::float8 as clear_ms`,
)

export type Drawn = { readonly granted: number; readonly clearAt: number }

/** Draws on several buckets, each by its own rule; keys are different. Rows are locked in the order of their keys. */
export async function drawLeases(
  tx: Tx,
  wants: readonly Wanted[],
  now: Instant,
): Promise<ReadonlyMap<string, Drawn>> {
  const rows = await tx.query(drawMany, [
    wants.map(({ key }) => key),
    wants.map(({ rule }) => rule.burst),
    wants.map(({ rule }) => rule.perSecond),
    wants.map(({ count }) => count),
    toDate(now),
  ])
  return new Map(rows.map(({ key, granted, clear_ms: clearAt }) => [key, { granted, clearAt }]))
}

const forget = statement<Row & { readonly key: string }>(
  'rate_bucket_forget',
  `delete from rate_bucket
    where key = any (array(select key from rate_bucket where clear_at < $1 order by clear_at limit $2
                             for update skip locked))
   returning key`,
)

/** Removes buckets that are full again, at most so many; a row that is not there means the same. Returns how many. */
export async function forgetFullBuckets(tx: Tx, now: Instant, most: number): Promise<number> {
  return (await tx.query(forget, [toDate(now), most])).length
}
