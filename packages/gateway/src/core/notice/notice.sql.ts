import { statement, type Row, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Headers } from './delivery.ts'
import type { InvoiceEvent } from './event.ts'
import type { Lane, Notice, NoticeState } from './notice.ts'

/** A lane that has waiting notices. */
export type FoundLane = Lane & {
  /** Whether one of them may be sent now. */
  readonly due: boolean
  /** Whether the lane has its row, without which nobody can lock it. */
  readonly known: boolean
}

type LaneRow = { readonly organization_id: string; readonly origin: string }

const findLanes = statement<LaneRow & { readonly due: boolean; readonly known: boolean }>(
  'find_waiting_lanes',
  // From lane to lane by one index probe each, however many notices wait in them.
  `with recursive lane as (
     (select organization_id, origin, 1 as place from notice
      where state = 'waiting' and (organization_id, origin) > ($2::uuid, $3::text)
      order by organization_id, origin limit 1)
     union all
     select next.organization_id, next.origin, lane.place + 1
     from lane cross join lateral (
       select organization_id, origin from notice
       where state = 'waiting' and (organization_id, origin) > (lane.organization_id, lane.origin)
       order by organization_id, origin limit 1) next
     where lane.place < $4)
   select lane.organization_id, lane.origin, endpoint.origin is not null as known,
     (endpoint.rests_until is null or endpoint.rests_until <= $1) and head.next_at <= $1 as due
   from lane
   left join endpoint on endpoint.organization_id = lane.organization_id and endpoint.origin = lane.origin
   cross join lateral (
     select next_at from notice
     where organization_id = lane.organization_id and origin = lane.origin and state = 'waiting'
     order by next_at, id limit 1) head
   order by lane.organization_id, lane.origin`,
)

const firstLane: Lane = { organizationId: '00000000-0000-0000-0000-000000000000', origin: '' }

/** At most `most` lanes in key order, beginning behind `behind`. */
export async function findWaitingLanes(
  tx: Tx,
  now: Instant,
  behind: Lane | null,
  most: number,
): Promise<readonly FoundLane[]> {
  const { organizationId, origin } = behind ?? firstLane
  const rows = await tx.query(findLanes, [toDate(now), organizationId, origin, most])
  return rows.map((row) => ({ ...lane(row), due: row.due, known: row.known }))
}

const claim = statement<NoticeRow>(
  'claim_notices',
  // Earlier notices of an invoice go first, until one has failed for minutes: then the newer state may overtake it.
  `with lane as (
     select * from unnest($1::uuid[], $2::text[], $3::int[]) as lane(organization_id, origin, most)),
   due as (
     select picked.organization_id, picked.id from lane
     cross join lateral (
       select greatest(0, lane.most - count(*)) as free from notice
       where organization_id = lane.organization_id and origin = lane.origin and state = 'sending') room
     cross join lateral (
       select waiting.organization_id, waiting.id from notice waiting
       where waiting.organization_id = lane.organization_id and waiting.origin = lane.origin
         and waiting.state = 'waiting' and waiting.next_at <= $4
         and not exists (
           select from notice earlier
           where earlier.organization_id = waiting.organization_id and earlier.invoice_id = waiting.invoice_id
             and earlier.sequence < waiting.sequence and earlier.endpoint = waiting.endpoint
             and (earlier.state = 'sending' or (earlier.state = 'waiting' and earlier.tries < 3)))
       order by waiting.next_at, waiting.id
       limit room.free
       for update of waiting skip locked) picked
     limit $6)
   update notice set state = 'sending', tries = notice.tries + 1, next_at = $5
   from due where notice.organization_id = due.organization_id and notice.id = due.id
   returning notice.organization_id, notice.origin, notice.id, notice.invoice_id, notice.sequence, notice.dialect,
     notice.event, notice.endpoint, notice.tries, notice.created_at`,
)

type NoticeRow = LaneRow & {
  readonly id: string
  readonly invoice_id: string
  readonly sequence: number
  readonly dialect: string
  readonly event: InvoiceEvent
  readonly endpoint: string
  readonly tries: number
  readonly created_at: Date
}

export type Claim = {
  readonly lanes: readonly (Lane & { readonly most: number })[]
  readonly now: Instant
  /** Until when they are ours; afterwards they are taken for abandoned. */
  readonly leasedUntil: Instant
  readonly most: number
}

/** Takes due notices out of lanes that this transaction has locked, each lane's oldest first. */
export async function claimDueNotices(
  tx: Tx,
  { lanes, now, leasedUntil, most }: Claim,
): Promise<readonly Notice[]> {
  const rows = await tx.query(claim, [
    lanes.map(({ organizationId }) => organizationId),
    lanes.map(({ origin }) => origin),
    lanes.map((each) => each.most),
    toDate(now),
    toDate(leasedUntil),
    most,
  ])
  return rows.map((row) => ({
    ...lane(row),
    id: row.id,
    invoiceId: row.invoice_id,
    sequence: row.sequence,
    dialect: row.dialect,
    event: row.event,
    endpoint: row.endpoint,
    tries: row.tries,
    createdAt: fromDate(row.created_at),
  }))
}

const release = statement<{ readonly id: string }>(
  'release_abandoned_notices',
  `update notice set state = 'waiting', next_at = $1
   where state = 'sending' and next_at < $1 returning id`,
)

/** Gives back what a process took and did not bring to an end in its time. */
export async function releaseAbandoned(tx: Tx, now: Instant): Promise<number> {
  return (await tx.query(release, [toDate(now)])).length
}

/** What a try leaves behind. */
export type TryRecord = {
  readonly organizationId: string
  readonly id: string
  readonly place: number
  readonly state: NoticeState
  readonly nextAt: Instant
  readonly deliveredAt: Instant | null
  readonly startedAt: Instant
  readonly tookMs: number
  readonly request: string
  readonly bodyBytes: number
  readonly status: number | null
  readonly answer: string | null
  readonly answerHeaders: Headers | null
  readonly fault: string | null
}

const tried = recordset('tried', {
  organization_id: 'uuid',
  id: 'uuid',
  place: 'int',
  state: 'text',
  next_at: 'timestamptz',
  delivered_at: 'timestamptz',
  started_at: 'timestamptz',
  took_ms: 'int',
  request: 'text',
  body_bytes: 'int',
  status: 'int',
  answer: 'text',
  answer_headers: 'jsonb',
  fault: 'text',
})

const saveTries = statement<Row>(
  'save_notice_tries',
  // A try whose lease ran out has been overtaken by another; only the news that it was delivered still counts.
  `with tried as (select * from ${tried.from}),
   saved as (
     update notice set state = tried.state, next_at = tried.next_at,
       delivered_at = coalesce(notice.delivered_at, tried.delivered_at)
     from tried
     where notice.organization_id = tried.organization_id and notice.id = tried.id
       and ((notice.state = 'sending' and notice.tries = tried.place)
         or (tried.state = 'delivered' and notice.state in ('waiting', 'sending'))))
   insert into delivery
     (organization_id, notice_id, place, started_at, took_ms, request, body_bytes, status, answer, answer_headers, fault)
   select organization_id, id, place, started_at, took_ms, request, body_bytes, status, answer, answer_headers, fault
   from tried
   on conflict do nothing`,
)

export async function saveTryRecords(tx: Tx, records: readonly TryRecord[]): Promise<void> {
  const rows = records.map((record) => ({
    organization_id: record.organizationId,
    id: record.id,
    place: record.place,
    state: record.state,
    next_at: toDate(record.nextAt),
    delivered_at: record.deliveredAt === null ? null : toDate(record.deliveredAt),
    started_at: toDate(record.startedAt),
    took_ms: record.tookMs,
    request: record.request,
    body_bytes: record.bodyBytes,
    status: record.status,
    answer: record.answer,
    answer_headers: record.answerHeaders === null ? null : JSON.stringify(record.answerHeaders),
    fault: record.fault,
  }))
  await tx.query(saveTries, tried.values(rows))
}

function lane(row: LaneRow): Lane {
  return { organizationId: row.organization_id, origin: row.origin }
}
