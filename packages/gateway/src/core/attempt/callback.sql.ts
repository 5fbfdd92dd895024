import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { AttemptKey } from './attempt.sql.ts'

const route = statement<{
  readonly organization_id: string
  readonly attempt_id: string
  readonly channel: string
}>(
  'route_callback',
  'select organization_id, attempt_id, channel from callback_address where secret_hash = $1',
)

/** The attempt that an address was made for; null for one that we did not give. */
export async function routeCallback(
  tx: Tx,
  secretHash: Uint8Array,
): Promise<(AttemptKey & { readonly channel: string }) | null> {
  const row = only(await tx.query(route, [secretHash]))
  if (row === null) return null
  return { organizationId: row.organization_id, attemptId: row.attempt_id, channel: row.channel }
}

export type Callback = AttemptKey & { readonly id: string; readonly body: string }

const insert = statement<{ readonly id: string }>(
  'insert_callback',
  `insert into callback (organization_id, id, attempt_id, body, heard_at, next_at)
   select $1, $2, $3, $4, $5, $6
   where (select count(*) from callback where organization_id = $1 and attempt_id = $3) < $7
   returning id`,
)

/** False when the attempt has had so many that somebody who learnt its address is filling our disk. */
export async function insertCallback(
  tx: Tx,
  callback: Callback,
  at: { readonly heardAt: Instant; readonly nextAt: Instant; readonly most: number },
): Promise<boolean> {
  const { organizationId, id, attemptId, body } = callback
  const values = [organizationId, id, attemptId, body, toDate(at.heardAt), toDate(at.nextAt), at.most]
  return (await tx.query(insert, values)).length === 1
}

type CallbackRow = {
  readonly organization_id: string
  readonly id: string
  readonly attempt_id: string
  readonly body: string
}

const claim = statement<CallbackRow>(
  'claim_unread_callbacks',
  `update callback c set next_at = $1::timestamptz + least(300, 15 * (c.tries + 1)) * interval '1 second',
     tries = c.tries + 1
   from (select organization_id, id from callback where read_at is null and next_at <= $1 order by next_at limit $2
         for update skip locked) as due
   where c.organization_id = due.organization_id and c.id = due.id
   returning c.organization_id, c.id, c.attempt_id, c.body`,
)

/** Stored callbacks that are due to be read; nobody else gets them before some time has passed. */
export async function claimUnreadCallbacks(
  tx: Tx,
  now: Instant,
  limit: number,
): Promise<readonly Callback[]> {
  return (await tx.query(claim, [toDate(now), limit])).map(toCallback)
}

const unread = statement<CallbackRow>(
  'find_unread_callbacks',
  `select organization_id, id, attempt_id, body from callback
   where organization_id = $1 and attempt_id = $2 and read_at is null order by heard_at, id`,
)

/** What an attempt heard before we knew what to make of it, oldest first. */
export async function findUnreadCallbacks(tx: Tx, key: AttemptKey): Promise<readonly Callback[]> {
  return (await tx.query(unread, [key.organizationId, key.attemptId])).map(toCallback)
}

const mark = statement<Row>(
  'mark_callback_read',
  `update callback set read_at = $3, fault = $4 where organization_id = $1 and id = $2 and read_at is null`,
)

export async function markCallbackRead(
  tx: Tx,
  { organizationId, id }: Pick<Callback, 'organizationId' | 'id'>,
  read: { readonly at: Instant; readonly fault: string | null },
): Promise<void> {
  await tx.query(mark, [organizationId, id, toDate(read.at), read.fault])
}

function toCallback(row: CallbackRow): Callback {
  return { organizationId: row.organization_id, id: row.id, attemptId: row.attempt_id, body: row.body }
}
