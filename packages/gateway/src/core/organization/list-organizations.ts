import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { accountName } from '../account/account.ts'
import { findAccounts } from '../account/account.sql.ts'
import { findOwnApplications, type ListedApplication } from '../application/own-application.sql.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { checkMember, type MemberNo } from './check-member.ts'
import { findAlike, findHouseOrganizations, type HouseRow, type HouseWanted } from './house.sql.ts'
import { findMembers, findStanding, type StandingOf } from './member.sql.ts'
import type { Asker } from './member.ts'
import { skeletonOf } from './name.ts'
import type { Role } from './role.ts'

type Needs = Pick<Deps, 'db' | 'operatorId'>

/** All organizations of the house, for operators. */
export async function listOrganizations(
  { db, operatorId }: Needs,
  asker: Pick<Asker, 'accountId'>,
  wanted: HouseWanted,
): Promise<Result<readonly HouseRow[], MemberNo>> {
  const allowed = await checkMember(db, operatorId, asker, 'house.see')
  return allowed.ok ? ok(await findHouseOrganizations(db, wanted)) : allowed
}

export type HouseView = {
  readonly organization: StandingOf
  /** What this operator is. */
  readonly role: Role
  readonly alike: readonly HouseRow[]
  readonly members: readonly { readonly accountId: string; readonly name: string; readonly role: Role }[]
  readonly applications: readonly ListedApplication[]
}

/** One organization as an operator who decides about it sees it. */
export async function viewHouseOrganization(
  { db, operatorId }: Needs,
  asker: Pick<Asker, 'accountId'>,
  id: string,
): Promise<Result<HouseView, MemberNo | Refusal<'not_found'>>> {
  const allowed = await checkMember(db, operatorId, asker, 'house.see')
  if (!allowed.ok) return allowed
  const organization = await findStanding(db, id)
  if (organization === null) return no(refusal('not_found', { field: 'organization' }))
  const [alike, members, applications] = await Promise.all([
    findAlike(db, skeletonOf(organization.name), id),
    findMembers(db, id),
    findOwnApplications(db, id, null, 200),
  ])
  const accounts = await findAccounts(
    db,
    members.map(({ accountId }) => accountId),
  )
  const names = new Map(accounts.map((account) => [account.id, accountName(account)]))
  return ok({
    organization,
    role: allowed.value.role,
    alike,
    applications,
    members: members.map(({ accountId, role }) => ({ accountId, role, name: names.get(accountId) ?? '' })),
  })
}
