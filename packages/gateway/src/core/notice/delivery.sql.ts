import { statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Headers } from './delivery.ts'

/** One try as it is kept: what was sent, and what came back. */
export type PastDelivery = {
  readonly noticeId: string
  readonly place: number
  readonly startedAt: Instant
  readonly tookMs: number
  readonly request: string
  /** Of the body that was sent; null for tries of before this was kept. */
  readonly bodyBytes: number | null
  readonly status: number | null
  readonly answer: string | null
  readonly answerHeaders: Headers | null
  readonly fault: string | null
}

const find = statement<{
  readonly notice_id: string
  readonly place: number
  readonly started_at: Date
  readonly took_ms: number
  readonly request: string
  readonly body_bytes: number | null
  readonly status: number | null
  readonly answer: string | null
  readonly answer_headers: Headers | null
  readonly fault: string | null
}>(
  'find_deliveries',
  `select notice_id, place, started_at, took_ms, request, body_bytes, status, answer, answer_headers, fault from delivery
   where organization_id = $1 and notice_id = $2 and ($3::int is null or place < $3)
   order by place desc limit $4`,
)

export type DeliveriesWanted = {
  readonly organizationId: string
  readonly noticeId: string
  /** The last one of the page before. */
  readonly behind: number | null
  readonly most: number
}

/** The tries of one notice, the newest first. */
export async function findDeliveries(
  tx: Tx,
  { organizationId, noticeId, behind, most }: DeliveriesWanted,
): Promise<readonly PastDelivery[]> {
  const rows = await tx.query(find, [organizationId, noticeId, behind, most])
  return rows.map((row) => ({
    noticeId: row.notice_id,
    place: row.place,
    startedAt: fromDate(row.started_at),
    tookMs: row.took_ms,
    request: row.request,
    bodyBytes: row.body_bytes,
    status: row.status,
    answer: row.answer,
    answerHeaders: row.answer_headers,
    fault: row.fault,
  }))
}

const forget = statement<Row & { readonly place: number }>(
  'delete_old_deliveries',
  `delete from delivery
    where (organization_id, notice_id, place) in (
      select organization_id, notice_id, place from delivery where started_at < $1 order by started_at limit $2
         for update skip locked)
   returning place`,
)

/** Forgets at most so many that are older, and returns how many. */
export async function deleteDeliveries(tx: Tx, before: Instant, most: number): Promise<number> {
  return (await tx.query(forget, [toDate(before), most])).length
}
