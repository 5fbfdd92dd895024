import { only, statement, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { InvoiceEvent } from './event.ts'
import type { NoticeState } from './notice.ts'

/** A notice as people look at it. */
export type ListedNotice = {
  readonly id: string
  readonly invoiceId: string
  readonly sequence: number
  readonly event: InvoiceEvent
  readonly endpoint: string
  readonly state: NoticeState
  readonly tries: number
  /** When it is tried next; meaningful while it waits. */
  readonly nextAt: Instant
  readonly createdAt: Instant
  readonly deliveredAt: Instant | null
}

export type Wanted = {
  readonly organizationId: string
  readonly invoiceId: string | null
  readonly state: NoticeState | null
  readonly behind: Pick<ListedNotice, 'createdAt' | 'id'> | null
  readonly most: number
}

const find = statement<{
  readonly id: string
  readonly invoice_id: string
  readonly sequence: number
  readonly event: InvoiceEvent
  readonly endpoint: string
  readonly state: NoticeState
  readonly tries: number
  readonly next_at: Date
  readonly created_at: Date
  readonly delivered_at: Date | null
}>(
  'list_notices',
  `select id, invoice_id, sequence, event, endpoint, state, tries, next_at, created_at, delivered_at from notice
   where organization_id = $1
     and ($2::uuid is null or invoice_id = $2) and ($3::text is null or state = $3)
     and ($4::timestamptz is null or (created_at, id) < ($4, $5::uuid))
   order by created_at desc, id desc limit $6`,
)

/** Newest first, paged by key: a page costs the same however far back it is. */
export async function findNotices(tx: Tx, wanted: Wanted): Promise<readonly ListedNotice[]> {
  const { behind } = wanted
  const rows = await tx.query(find, [
    wanted.organizationId,
    wanted.invoiceId,
    wanted.state,
    behind === null ? null : toDate(behind.createdAt),
    behind?.id ?? null,
    wanted.most,
  ])
  return rows.map((row) => ({
    id: row.id,
    invoiceId: row.invoice_id,
    sequence: row.sequence,
    event: row.event,
    endpoint: row.endpoint,
    state: row.state,
    tries: row.tries,
    nextAt: fromDate(row.next_at),
    createdAt: fromDate(row.created_at),
    deliveredAt: row.delivered_at === null ? null : fromDate(row.delivered_at),
  }))
}

/** One try as it is kept: what was sent, and what came back. */
export type PastDelivery = {
  readonly noticeId: string
  readonly place: number
  readonly startedAt: Instant
  readonly tookMs: number
  readonly request: string
  readonly status: number | null
  readonly answer: string | null
  readonly fault: string | null
}

const deliveries = statement<{
  readonly notice_id: string
  readonly place: number
  readonly started_at: Date
  readonly took_ms: number
  readonly request: string
  readonly status: number | null
  readonly answer: string | null
  readonly fault: string | null
}>(
  'find_deliveries',
  `select notice_id, place, started_at, took_ms, request, status, answer, fault from delivery
   where organization_id = $1 and notice_id = any($2::uuid[])
   order by notice_id, place`,
)

export async function findDeliveries(
  tx: Tx,
  organizationId: string,
  noticeIds: readonly string[],
): Promise<readonly PastDelivery[]> {
  const rows = await tx.query(deliveries, [organizationId, noticeIds])
  return rows.map((row) => ({
    noticeId: row.notice_id,
    place: row.place,
    startedAt: fromDate(row.started_at),
    tookMs: row.took_ms,
    request: row.request,
    status: row.status,
    answer: row.answer,
    fault: row.fault,
  }))
}

const due = statement<{ readonly endpoint: string; readonly origin: string }>(
  'make_notice_due',
  // One that is under way stays so: its outcome comes anyhow.
  `update notice set next_at = case state when 'sending' then next_at else $3 end,
     state = case state when 'sending' then state else 'waiting' end
   where organization_id = $1 and id = $2
   returning endpoint, origin`,
)

/** Puts a notice in front again, whatever became of it; null when there is none. */
export async function makeDue(
  tx: Tx,
  organizationId: string,
  noticeId: string,
  now: Instant,
): Promise<{ readonly endpoint: string; readonly origin: string } | null> {
  return only(await tx.query(due, [organizationId, noticeId, toDate(now)]))
}
