import { only, statement, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { InvoiceEvent } from './event.ts'
import type { NoticeState } from './notice.ts'
import type { FoundNotice } from './notice-page.ts'

type FoundRow = {
  readonly id: string
  readonly at: Date
  readonly state: NoticeState
  readonly service_code: string
}

/** A stretch of a list: behind a row, at most so many. */
export type Stretch = {
  readonly organizationId: string
  readonly behind: Pick<FoundNotice, 'at' | 'id'> | null
  readonly most: number
}

const withService = `coalesce(i.service_code, '') as service_code
   from n left join invoice i on i.organization_id = $1 and i.id = n.invoice_id`

const newest = statement<FoundRow>(
  'find_newest_notices',
  `with n as (
     select id, invoice_id, created_at as at, state from notice
     where organization_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
     order by created_at desc, id desc limit $4)
   select n.id, n.at, n.state, ${withService} order by n.at desc, n.id desc`,
)

/** All of an organization, the newest first. */
export async function findNewestNotices(tx: Tx, stretch: Stretch): Promise<readonly FoundNotice[]> {
  return (await tx.query(newest, valuesOf(stretch))).map(found)
}

const givenUp = statement<FoundRow>(
  'find_given_up_notices',
  `with n as (
     select id, invoice_id, created_at as at, state from notice
     where organization_id = $1 and state = 'given-up'
       and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
     order by created_at desc, id desc limit $4)
   select n.id, n.at, n.state, ${withService} order by n.at desc, n.id desc`,
)

/** Those that nobody tries any more, the newest first. */
export async function findGivenUpNotices(tx: Tx, stretch: Stretch): Promise<readonly FoundNotice[]> {
  return (await tx.query(givenUp, valuesOf(stretch))).map(found)
}

const waiting = statement<FoundRow>(
  'find_waiting_notices',
  // The queue itself is read, from the head of each lane on: an index by age would be written with every payment.
  `with recursive lane as (
     (select origin, 1 as place from notice where organization_id = $1 and state = 'waiting' order by origin limit 1)
     union all
     select next.origin, lane.place + 1
     from lane cross join lateral (
       select origin from notice where organization_id = $1 and state = 'waiting' and origin > lane.origin
       order by origin limit 1) next
     where lane.place < 200),
   n as (
     select head.id, head.invoice_id, head.next_at as at, head.state from lane cross join lateral (
       select id, invoice_id, next_at, state from notice
       where organization_id = $1 and origin = lane.origin and state = 'waiting'
         and ($2::timestamptz is null or (next_at, id) > ($2, $3::uuid))
       order by next_at, id limit $4) head
     order by head.next_at, head.id limit $4)
   select n.id, n.at, n.state, ${withService} order by n.at, n.id`,
)

/** Those that will be tried, in the order in which they are due. */
export async function findWaitingNotices(tx: Tx, stretch: Stretch): Promise<readonly FoundNotice[]> {
  return (await tx.query(waiting, valuesOf(stretch))).map(found)
}

const called = statement<FoundRow>(
  'find_called_notices',
  // By the reference through each of the organization's callers, because references are unique to a caller.
  `with recursive caller as (
     (select api_client_id from invoice where organization_id = $1 order by api_client_id limit 1)
     union all
     select next.api_client_id from caller cross join lateral (
       select api_client_id from invoice where organization_id = $1 and api_client_id > caller.api_client_id
       order by api_client_id limit 1) next),
   named as (
     select invoice_id as id from invoice_number where number = upper($2) and organization_id = $1
     union
     select i.id from caller
     join invoice i on i.organization_id = $1 and i.api_client_id = caller.api_client_id and i.reference = $2),
   n as (
     select notice.id, notice.invoice_id, notice.created_at as at, notice.state
     from named join notice on notice.organization_id = $1 and notice.invoice_id = named.id
     union
     select id, invoice_id, created_at, state from notice where organization_id = $1 and id = $3::uuid)
   select n.id, n.at, n.state, ${withService} order by n.at desc, n.id desc limit $4`,
)

export type Called = {
  readonly organizationId: string
  /** An invoice's number or reference. */
  readonly text: string
  /** The notice's own id, when the text is one. */
  readonly id: string | null
  readonly most: number
}

/** Those that a text names, the newest first. */
export async function findCalledNotices(
  tx: Tx,
  { organizationId, text, id, most }: Called,
): Promise<readonly FoundNotice[]> {
  return (await tx.query(called, [organizationId, text, id, most])).map(found)
}

/** A notice as people look at it. */
export type ListedNotice = {
  readonly id: string
  readonly event: InvoiceEvent
  readonly endpoint: string
  readonly origin: string
  readonly state: NoticeState
  readonly tries: number
  /** When it is tried next; meaningful while it waits. */
  readonly nextAt: Instant
  readonly createdAt: Instant
  readonly deliveredAt: Instant | null
  /** Both empty when its service is gone. */
  readonly service: { readonly code: string; readonly name: string }
}

const list = statement<{
  readonly id: string
  readonly event: InvoiceEvent
  readonly endpoint: string
  readonly origin: string
  readonly state: NoticeState
  readonly tries: number
  readonly next_at: Date
  readonly created_at: Date
  readonly delivered_at: Date | null
  readonly service_code: string
  readonly service_name: string
}>(
  'list_notices',
  `select n.id, n.event, n.endpoint, n.origin, n.state, n.tries, n.next_at, n.created_at, n.delivered_at,
     coalesce(s.code, '') as service_code, coalesce(s.name, '') as service_name
   from notice n
   left join invoice i on i.organization_id = n.organization_id and i.id = n.invoice_id
   left join service s on s.organization_id = n.organization_id and s.code = i.service_code
   where n.organization_id = $1 and n.id = any($2::uuid[])`,
)

/** These notices of an organization, in no order. */
export async function listNoticesById(
  tx: Tx,
  organizationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ListedNotice>> {
  const rows = ids.length === 0 ? [] : await tx.query(list, [organizationId, ids])
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        event: row.event,
        endpoint: row.endpoint,
        origin: row.origin,
        state: row.state,
        tries: row.tries,
        nextAt: fromDate(row.next_at),
        createdAt: fromDate(row.created_at),
        deliveredAt: row.delivered_at === null ? null : fromDate(row.delivered_at),
        service: { code: row.service_code, name: row.service_name },
      },
    ]),
  )
}

const due = statement<{
  readonly endpoint: string
  readonly origin: string
  readonly invoice_number: string
  readonly tries: number
}>(
  'make_notice_due',
  // One that is under way stays so: its outcome comes anyhow.
  `update notice set next_at = case state when 'sending' then next_at else $3 end,
     state = case state when 'sending' then state else 'waiting' end
   where organization_id = $1 and id = $2
   returning endpoint, origin, event ->> 'invoiceNumber' as invoice_number, tries`,
)

export type MadeDue = {
  readonly endpoint: string
  readonly origin: string
  readonly invoiceNumber: string
  /** Before this one. */
  readonly tries: number
}

/** Puts a notice in front again, whatever became of it; null when there is none. */
export async function makeDue(
  tx: Tx,
  organizationId: string,
  noticeId: string,
  now: Instant,
): Promise<MadeDue | null> {
  const row = only(await tx.query(due, [organizationId, noticeId, toDate(now)]))
  if (row === null) return null
  const { endpoint, origin, invoice_number: invoiceNumber, tries } = row
  return { endpoint, origin, invoiceNumber, tries }
}

function valuesOf({ organizationId, behind, most }: Stretch): readonly unknown[] {
  return [organizationId, behind === null ? null : toDate(behind.at), behind?.id ?? null, most]
}

function found({ id, at, state, service_code: serviceCode }: FoundRow): FoundNotice {
  return { id, at: fromDate(at), state, serviceCode }
}
