import { statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { LogoutNotice, LogoutOutcome } from './logout-notice.ts'

type NoticeRow = Row & {
  readonly session_id: string
  readonly client_id: string
  readonly subject: string
  readonly tries: number
}

const claim = statement<NoticeRow>(
  'logout_notice_claim',
  `update logout_notice set due_at = $2, tries = tries + 1
    where (session_id, client_id) in (
      select session_id, client_id from logout_notice
       where done_at is null and due_at <= $1 order by due_at limit $3 for update skip locked)
   returning session_id, client_id, subject, tries`,
)

/** Takes at most so many that are due; nobody else gets them before the lease ends. */
export async function claimLogoutNotices(
  tx: Tx,
  now: Instant,
  leasedUntil: Instant,
  most: number,
): Promise<readonly LogoutNotice[]> {
  const rows = await tx.query(claim, [toDate(now), toDate(leasedUntil), most])
  return rows.map((row) => ({
    sessionId: row.session_id,
    clientId: row.client_id,
    subject: row.subject,
    tries: row.tries,
  }))
}

const save = statement(
  'logout_notice_save',
  `update logout_notice set result = $4, due_at = coalesce($5::timestamptz, due_at),
          done_at = case when $5::timestamptz is null then $3::timestamptz end
    where session_id = $1 and client_id = $2`,
)

export async function saveLogoutTry(
  tx: Tx,
  { sessionId, clientId }: LogoutNotice,
  { result, dueAt }: LogoutOutcome,
  now: Instant,
): Promise<void> {
  await tx.query(save, [sessionId, clientId, toDate(now), result, dueAt === null ? null : toDate(dueAt)])
}

const deleteOld = statement<Row & { session_id: string }>(
  'logout_notice_delete_old',
  `delete from logout_notice where (session_id, client_id) in
     (select session_id, client_id from logout_notice where created_at < $1 order by created_at limit $2
         for update skip locked)
   returning session_id`,
)

/** Deletes at most `most` that were made before then. Returns how many. */
export async function deleteOldLogoutNotices(tx: Tx, before: Instant, most: number): Promise<number> {
  return (await tx.query(deleteOld, [toDate(before), most])).length
}
