import { hex } from '../../base/bytes.ts'
import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import type { RecordedAct } from './chain.ts'
import type { Head } from './chain.ts'

/** Held until the transaction ends: one process at a time writes links. Any constant that nothing else uses. */
const chainLock = 7_264_901

const lock = statement<Row & { readonly mine: boolean }>(
  'act_chain_lock',
  'select pg_try_advisory_xact_lock($1::bigint) as mine',
)

/** False when another process is writing links now. */
export async function lockChain(tx: Tx): Promise<boolean> {
  return only(await tx.query(lock, [chainLock]))?.mine === true
}

const newest = statement<Row & { readonly place: number; readonly hash: Uint8Array }>(
  'act_link_newest',
  'select place::float8 as place, hash from act_link order by act_link.place desc limit 1',
)

/** The newest link; null while there is none. */
export async function findNewestLink(tx: Tx): Promise<Head | null> {
  const row = only(await tx.query(newest, []))
  return row === null ? null : { place: row.place, hash: hex(row.hash) }
}

type ActColumns = {
  readonly id: string
  readonly at: string
  readonly what: string
  readonly by_kind: string
  readonly by_id: string | null
  readonly about_kind: string | null
  readonly about_id: string | null
  readonly organization_id: string | null
  readonly details: RecordedAct['details']
  readonly request_id: string | null
}

const columns = `act.id, to_char(act.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, act.what, act.by_kind,
  act.by_id, act.about_kind, act.about_id, act.organization_id, act.details, act.request_id`

const unchained = statement<Row & ActColumns>(
  'act_unchained_list',
  `select ${columns} from act where not act.chained order by act.at, act.id limit $1`,
)

/** The oldest acts that have no link yet. */
export async function listUnchainedActs(tx: Tx, most: number): Promise<readonly RecordedAct[]> {
  return (await tx.query(unchained, [most])).map(actOf)
}

export type NewLink = { readonly place: number; readonly actId: string; readonly hash: Uint8Array }

const links = recordset('link', { place: 'bigint', act_id: 'uuid', hash: 'bytea' })

const insertAll = statement(
  'act_link_insert',
  `insert into act_link (${links.columns}) select ${links.columns} from ${links.from}`,
)

export async function insertLinks(tx: Tx, made: readonly NewLink[]): Promise<void> {
  const rows = made.map(({ place, actId, hash }) => ({ place, act_id: actId, hash }))
  await tx.query(insertAll, links.values(rows))
}

const mark = statement('act_mark_chained', 'update act set chained = true where id = any ($1::uuid[])')

export async function markChained(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(mark, [ids])
}

const readLinks = statement<
  Row & { readonly place: number; readonly hash: Uint8Array } & (ActColumns | Gone)
>(
  'act_link_read',
  `select link.place::float8 as place, link.hash, ${columns}
     from (select * from act_link where place > $1 and place <= $2 order by place limit $3) link
     left join lateral (select * from act where act.id = link.act_id limit 1) act on true
    order by link.place`,
)

type Gone = { readonly id: null }

/** Links in order, each with its act; null where that is gone. */
export async function readLinkedActs(
  tx: Tx,
  { after, upTo, most }: { readonly after: number; readonly upTo: number; readonly most: number },
): Promise<readonly (Head & { readonly act: RecordedAct | null })[]> {
  return (await tx.query(readLinks, [after, upTo, most])).map((row) => ({
    place: row.place,
    hash: hex(row.hash),
    act: row.id === null ? null : actOf(row),
  }))
}

const linkless = statement<Row & { readonly id: string; readonly wrong: boolean; readonly waits: boolean }>(
  'act_linkless_read',
  `select act.id, act.chained and not link.there as wrong, not act.chained as waits
     from (select id, chained from act where id > $1 order by id limit $2) act
     cross join lateral (select exists (select from act_link where act_link.act_id = act.id) as there) link
    order by act.id`,
)

/** Acts after the given id, each with whether it waits for its link, or is marked as having one that is not there. */
export async function readLinkless(
  tx: Tx,
  { after, most }: { readonly after: string; readonly most: number },
): Promise<readonly { readonly id: string; readonly wrong: boolean; readonly waits: boolean }[]> {
  return await tx.query(linkless, [after, most])
}

function actOf(row: ActColumns): RecordedAct {
  return {
    id: row.id,
    at: row.at,
    what: row.what,
    by: { kind: row.by_kind, id: row.by_id },
    about: { kind: row.about_kind, id: row.about_id },
    organization: row.organization_id,
    details: row.details,
    request: row.request_id,
  }
}
