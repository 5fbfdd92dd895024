import { statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'

/** An act as people read it. */
export type ListedAct = {
  readonly id: string
  readonly at: Instant
  readonly what: string
  readonly byKind: string
  readonly byId: string | null
  readonly aboutKind: string | null
  readonly aboutId: string | null
  readonly organizationId: string | null
  readonly details: Readonly<Record<string, unknown>>
  readonly requestId: string | null
}

type ActRow = Row & {
  readonly id: string
  readonly at: Date
  readonly what: string
  readonly by_kind: string
  readonly by_id: string | null
  readonly about_kind: string | null
  readonly about_id: string | null
  readonly organization_id: string | null
  readonly details: Readonly<Record<string, unknown>>
  readonly request_id: string | null
}

const columns = 'id, at, what, by_kind, by_id, about_kind, about_id, organization_id, details, request_id'
const filters = `($1::timestamptz is null or (at, id) < ($1, $2::uuid)) and ($3::text is null or what = $3)
  and ($4::text is null or by_id = $4) and ($5::text is null or about_id = $5)`

const listAll = statement<ActRow>(
  'act_list',
  `select ${columns} from act where ${filters} order by at desc, id desc limit $6`,
)

const listOfOrganization = statement<ActRow>(
  'act_list_of_organization',
  `select ${columns} from act where organization_id = $7 and ${filters} order by at desc, id desc limit $6`,
)

export type ActsWanted = {
  readonly organizationId: string | null
  readonly what: string | null
  readonly byId: string | null
  readonly aboutId: string | null
  readonly behind: Pick<ListedAct, 'at' | 'id'> | null
  readonly most: number
}

/** Newest first. */
export async function findActs(tx: Tx, wanted: ActsWanted): Promise<readonly ListedAct[]> {
  const { behind, what, byId, aboutId, most, organizationId } = wanted
  const values = [behind === null ? null : toDate(behind.at), behind?.id ?? null, what, byId, aboutId, most]
  const rows =
    organizationId === null
      ? await tx.query(listAll, values)
      : await tx.query(listOfOrganization, [...values, organizationId])
  return rows.map((row) => ({
    id: row.id,
    at: fromDate(row.at),
    what: row.what,
    byKind: row.by_kind,
    byId: row.by_id,
    aboutKind: row.about_kind,
    aboutId: row.about_id,
    organizationId: row.organization_id,
    details: row.details,
    requestId: row.request_id,
  }))
}
