import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Member, Standing } from './member.ts'
import type { Role } from './role.ts'

type MemberRow = Row & {
  readonly organization_id: string
  readonly account_id: string
  readonly role: Role
  readonly since: Date
}

const findOne = statement<MemberRow>(
  'member_find',
  'select organization_id, account_id, role, since from member where organization_id = $1 and account_id = $2',
)

export async function findMember(tx: Tx, organizationId: string, accountId: string): Promise<Member | null> {
  const row = only(await tx.query(findOne, [organizationId, accountId]))
  return row === null ? null : member(row)
}

const findAll = statement<MemberRow>(
  'member_list',
  'select organization_id, account_id, role, since from member where organization_id = $1 order by since, account_id',
)

/** Bounded by the quota of members. */
export async function findMembers(tx: Tx, organizationId: string): Promise<readonly Member[]> {
  return (await tx.query(findAll, [organizationId])).map(member)
}

/** An organization as a member sees it in her list. */
export type Membership = {
  readonly organizationId: string
  readonly name: string
  readonly operator: boolean
  readonly standing: Standing
  readonly role: Role
}

const findOfAccount = statement<{
  readonly organization_id: string
  readonly name: string
  readonly operator: boolean
  readonly standing: Standing
  readonly role: Role
}>(
  'member_of_account_list',
  `select m.organization_id, o.name, o.operator, o.standing, m.role
     from member m join organization o on o.id = m.organization_id
    where m.account_id = $1 order by o.name, o.id limit 200`,
)

export async function findMemberships(tx: Tx, accountId: string): Promise<readonly Membership[]> {
  const rows = await tx.query(findOfAccount, [accountId])
  return rows.map(({ organization_id: organizationId, ...row }) => ({ organizationId, ...row }))
}

const insertOne = statement<Row>(
  'member_insert',
  'insert into member (organization_id, account_id, role, since) values ($1, $2, $3, $4) on conflict do nothing',
)

/** Who is a member already keeps the role that she has. */
export async function insertMember(tx: Tx, made: Member): Promise<void> {
  await tx.query(insertOne, [made.organizationId, made.accountId, made.role, toDate(made.since)])
}

const setRole = statement<Row>(
  'member_set_role',
  'update member set role = $3 where organization_id = $1 and account_id = $2',
)

export async function updateRole(tx: Tx, member: Omit<Member, 'since'>): Promise<void> {
  await tx.query(setRole, [member.organizationId, member.accountId, member.role])
}

const deleteOne = statement<Row>(
  'member_delete',
  'delete from member where organization_id = $1 and account_id = $2',
)

export async function deleteMember(tx: Tx, organizationId: string, accountId: string): Promise<void> {
  await tx.query(deleteOne, [organizationId, accountId])
}

export type StandingOf = {
  readonly id: string
  readonly name: string
  readonly operator: boolean
  readonly standing: Standing
  readonly since: Instant | null
  readonly because: string | null
  readonly createdAt: Instant
}

type StandingRow = Row & {
  readonly id: string
  readonly name: string
  readonly operator: boolean
  readonly standing: Standing
  readonly standing_since: Date | null
  readonly standing_because: string | null
  readonly created_at: Date
}

const standingColumns = 'id, name, operator, standing, standing_since, standing_because, created_at'

const findOneStanding = statement<StandingRow>(
  'organization_standing',
  `select ${standingColumns} from organization where id = $1`,
)

export async function findStanding(tx: Tx, organizationId: string): Promise<StandingOf | null> {
  const row = only(await tx.query(findOneStanding, [organizationId]))
  return row === null ? null : standingOf(row)
}

const lockOne = statement<StandingRow>(
  'organization_lock',
  `select ${standingColumns} from organization where id = $1 for update`,
)

/** Whoever changes what an organization has waits here for each other, so that a count cannot be overtaken. */
export async function lockOrganization(tx: Tx, organizationId: string): Promise<StandingOf | null> {
  const row = only(await tx.query(lockOne, [organizationId]))
  return row === null ? null : standingOf(row)
}

function standingOf(row: StandingRow): StandingOf {
  const { id, name, operator, standing } = row
  return {
    id,
    name,
    operator,
    standing,
    since: row.standing_since === null ? null : fromDate(row.standing_since),
    because: row.standing_because,
    createdAt: fromDate(row.created_at),
  }
}

const setStanding = statement<Row>(
  'organization_set_standing',
  'update organization set standing = $2, standing_since = $3, standing_because = $4 where id = $1',
)

export async function updateStanding(
  tx: Tx,
  organizationId: string,
  {
    standing,
    since,
    because,
  }: { readonly standing: Standing; readonly since: Instant; readonly because: string | null },
): Promise<void> {
  await tx.query(setStanding, [organizationId, standing, toDate(since), because])
}

const setName = statement<Row>(
  'organization_set_name',
  'update organization set name = $2, name_key = $3 where id = $1',
)

/** `nameKey`: its skeleton, see name.ts. */
export async function updateName(
  tx: Tx,
  organizationId: string,
  { name, nameKey }: { readonly name: string; readonly nameKey: string },
): Promise<void> {
  await tx.query(setName, [organizationId, name, nameKey])
}

function member(row: MemberRow): Member {
  const { organization_id: organizationId, account_id: accountId, role } = row
  return { organizationId, accountId, role, since: fromDate(row.since) }
}

const lockPerson = statement<Row>('member_account_lock', 'select id from account where id = $1 for update')

/** For what one person may have so many of: the second of two requests at once sees what the first made. */
export async function lockAccount(tx: Tx, accountId: string): Promise<void> {
  await tx.query(lockPerson, [accountId])
}
