/** What operators see of all organizations. */
import { statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Standing } from './member.ts'

export type HouseRow = {
  readonly id: string
  readonly name: string
  readonly standing: Standing
  readonly createdAt: Instant
}

type ListedRow = Row & {
  readonly id: string
  readonly name: string
  readonly standing: Standing
  readonly created_at: Date
}

const columns = 'id, name, standing, created_at'

const listAll = statement<ListedRow>(
  'house_organizations',
  `select ${columns} from organization
    where ($1::timestamptz is null or (created_at, id) < ($1, $2::uuid)) order by created_at desc, id desc limit $3`,
)

const listNotLive = statement<ListedRow>(
  'house_organizations_not_live',
  `select ${columns} from organization
    where standing = $4 and standing <> 'live' and ($1::timestamptz is null or (created_at, id) < ($1, $2::uuid))
    order by created_at desc, id desc limit $3`,
)

export type HouseWanted = {
  readonly standing: 'waiting' | 'suspended' | null
  readonly behind: { readonly at: Instant; readonly id: string } | null
  readonly most: number
}

/** Newest first; live ones are not listed apart, because they are nearly all. */
export async function findHouseOrganizations(tx: Tx, wanted: HouseWanted): Promise<readonly HouseRow[]> {
  const { standing, behind, most } = wanted
  const values = [behind === null ? null : toDate(behind.at), behind?.id ?? null, most]
  const rows =
    standing === null ? await tx.query(listAll, values) : await tx.query(listNotLive, [...values, standing])
  return rows.map(listed)
}

const alike = statement<ListedRow>(
  'house_organizations_alike',
  `select ${columns} from organization where name_key = $1 and id <> $2 limit 10`,
)

/** Others whose name the eye takes for this one. */
export async function findAlike(tx: Tx, nameKey: string, id: string): Promise<readonly HouseRow[]> {
  return (await tx.query(alike, [nameKey, id])).map(listed)
}

function listed({ id, name, standing, created_at: made }: ListedRow): HouseRow {
  return { id, name, standing, createdAt: fromDate(made) }
}
