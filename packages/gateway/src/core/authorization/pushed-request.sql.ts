import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'

export type PushedPairs = readonly (readonly [name: string, value: string])[]

export type NewPushedRequest = {
  readonly hash: Uint8Array
  readonly clientId: string
  readonly parameters: PushedPairs
  readonly expiresAt: Instant
}

/** A request whose answer was given, or whose time is over, is `ended`. */
export type PushedRequest = { readonly parameters: PushedPairs; readonly state: 'live' | 'ended' }

const insertOne = statement(
  'pushed_request_insert',
  `insert into pushed_request (hash, client_id, parameters, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
)

export async function insertPushedRequest(tx: Tx, made: NewPushedRequest, now: Instant): Promise<void> {
  await tx.query(insertOne, [
    made.hash,
    made.clientId,
    JSON.stringify(made.parameters),
    toDate(now),
    toDate(made.expiresAt),
  ])
}

const open = statement<Row & { parameters: PushedPairs; live: boolean }>(
  'pushed_request_open',
  `with opened as (
     update pushed_request set opened_at = $3, expires_at = $4
      where hash = $1 and client_id = $2 and opened_at is null and used_at is null and expires_at > $3
     returning parameters
   )
   select parameters, true as live from opened
   union all
   select parameters, used_at is null and expires_at > $3 as live
     from pushed_request where hash = $1 and client_id = $2 and not exists (select from opened)`,
)

/** The application's request, which from its first opening on lives until then; null when it pushed none such. */
export async function openPushedRequest(
  tx: Tx,
  which: { readonly hash: Uint8Array; readonly clientId: string },
  now: Instant,
  until: Instant,
): Promise<PushedRequest | null> {
  const row = only(await tx.query(open, [which.hash, which.clientId, toDate(now), toDate(until)]))
  return row === null ? null : { parameters: row.parameters, state: row.live ? 'live' : 'ended' }
}

const spend = statement<Row & { hash: Uint8Array }>(
  'pushed_request_spend',
  `update pushed_request set used_at = $2 where hash = $1 and used_at is null and expires_at > $2 returning hash`,
)

/** Notes that it got its answer. False when it had one before, or came too late: of two tabs one is answered. */
export async function spendPushedRequest(tx: Tx, hash: Uint8Array, now: Instant): Promise<boolean> {
  return (await tx.query(spend, [hash, toDate(now)])).length === 1
}

const deleteOld = statement<Row & { hash: Uint8Array }>(
  'pushed_request_delete_old',
  `delete from pushed_request where hash in
     (select hash from pushed_request where expires_at < $1 order by expires_at limit $2 for update skip locked)
   returning hash`,
)

/** Deletes at most `most` whose time was over before then. Returns how many. */
export async function deleteOldPushedRequests(tx: Tx, before: Instant, most: number): Promise<number> {
  return (await tx.query(deleteOld, [toDate(before), most])).length
}
