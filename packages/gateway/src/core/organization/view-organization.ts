import { ok, type Result } from '../../base/result.ts'
import { after } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { accountName, type Account } from '../account/account.ts'
import { findAccounts } from '../account/account.sql.ts'
import { checkMember, type MemberNo } from './check-member.ts'
import { findInvitationsFor, findOpenInvitations } from './invitation.sql.ts'
import { findMembers, findMemberships, findStanding, type Membership, type StandingOf } from './member.sql.ts'
import { invitationLives, type Asker, type Invitation, type Member } from './member.ts'
import type { Permission } from './role.ts'

/** What a member sees at the head of every page of her organization. */
export type Desk = { readonly organization: StandingOf; readonly role: Member['role'] }

export async function viewOrganization(
  { db }: Pick<Deps, 'db'>,
  asker: Pick<Asker, 'accountId'>,
  organizationId: string,
  permission: Permission = 'organization.see',
): Promise<Result<Desk, MemberNo>> {
  const allowed = await checkMember(db, organizationId, asker, permission)
  if (!allowed.ok) return allowed
  const organization = await findStanding(db, organizationId)
  if (organization === null) throw new Error(`organization ${organizationId} has members and is not there`)
  return ok({ organization, role: allowed.value.role })
}

export type Memberships = {
  readonly memberships: readonly Membership[]
  readonly invitations: readonly (Pick<Invitation, 'organizationId' | 'id' | 'role'> & {
    readonly name: string
  })[]
}

/** The organizations that somebody belongs to, and those that wait for her answer. */
export async function listMemberships(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  account: Pick<Account, 'id' | 'email' | 'emailVerified'>,
): Promise<Memberships> {
  const memberships = await findMemberships(db, account.id)
  const { email, emailVerified } = account
  const open = email === null || !emailVerified ? [] : await findInvitationsFor(db, email, clock.now())
  const invitations = await Promise.all(
    open.map(async ({ organizationId, id, role }) => {
      const name = (await findStanding(db, organizationId))?.name ?? ''
      return { organizationId, id, role, name }
    }),
  )
  return { memberships, invitations }
}

export type MemberView = Member & {
  readonly name: string
  readonly email: string | null
  readonly you: boolean
}

export type MembersView = Desk & {
  readonly members: readonly MemberView[]
  readonly invitations: readonly Invitation[]
}

export async function listMembers(
  deps: Pick<Deps, 'db' | 'clock'>,
  asker: Pick<Asker, 'accountId'>,
  organizationId: string,
): Promise<Result<MembersView, MemberNo>> {
  const desk = await viewOrganization(deps, asker, organizationId, 'members.see')
  if (!desk.ok) return desk
  const now = deps.clock.now()
  const since = after(now, { seconds: -invitationLives.seconds })
  const [members, invitations] = await Promise.all([
    findMembers(deps.db, organizationId),
    findOpenInvitations(deps.db, organizationId, { since, now }),
  ])
  const found = await findAccounts(
    deps.db,
    members.map(({ accountId }) => accountId),
  )
  const accounts = new Map(found.map((account) => [account.id, account]))
  return ok({
    ...desk.value,
    invitations,
    members: members.map((member) => {
      const account = accounts.get(member.accountId)
      const name = account === undefined ? '' : accountName(account)
      return { ...member, name, email: account?.email ?? null, you: member.accountId === asker.accountId }
    }),
  })
}
