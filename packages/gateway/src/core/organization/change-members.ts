import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { after, days, type Instant } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { isEmail, normalEmail } from '../account/account.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { checkMember, type MemberNo } from './check-member.ts'
import {
  countInvitations,
  endInvitation,
  findInvitation,
  findOpenInvitations,
  insertInvitation,
} from './invitation.sql.ts'
import { deleteMember, findMembers, lockOrganization, updateRole } from './member.sql.ts'
import { byMember, invitationLives, isLastOwner, type Asker } from './member.ts'
import { quotaFault } from './quota.ts'
import { isRole } from './role.ts'
import { postInvitation, type Posted } from './send-invitation.ts'

type Needs = Pick<Deps, 'db' | 'ids' | 'clock'>

export type InviteMember = { readonly organizationId: string; readonly email: string; readonly role: string }

/** Whether a letter went out with an invitation; if none did its link is passed on by hand. */
export type Invited = { readonly id: string; readonly letter: Posted['letter'] }

/**
 * Asks somebody to join, by a letter where one may be sent. She accepts by signing in with that address verified; the
 * invitation's id is no secret.
 */
export async function inviteMember(
  deps: Deps,
  asker: Asker,
  asked: InviteMember,
): Promise<Result<Invited, MemberNo | Refusal<'field_invalid' | 'limit_reached'>>> {
  const { organizationId, role } = asked
  const email = normalEmail(asked.email)
  return await deps.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const allowed = await checkMember(tx, organizationId, asker, 'members.change')
    if (!allowed.ok) return allowed
    if (!isEmail(email)) return no(invalid('email', 'Give an e-mail address.'))
    if (!isRole(role)) return no(invalid('role', 'Choose one of the roles.'))
    const now = deps.clock.now()
    const limit = await inviteLimit(tx, organizationId, now)
    if (limit !== null) return no(refusal('limit_reached', { field: 'email', because: limit }))
    const id = deps.ids.next()
    const times = { createdAt: now, expiresAt: after(now, invitationLives), endedAt: null, letterAt: null }
    const invitation = { organizationId, id, email, role, invitedBy: asker.accountId, ...times }
    await insertInvitation(tx, invitation)
    const { letter } = await postInvitation(deps, tx, asker, invitation)
    const act = { ...byMember(asker, organizationId), about: { kind: 'invitation', id } } as const
    await recordAct(tx, { ...act, what: 'member.invited', details: { email, role, letter } }, deps)
    return ok({ id, letter })
  })
}

async function inviteLimit(tx: Tx, organizationId: string, now: Instant): Promise<string | null> {
  const members = await findMembers(tx, organizationId)
  const since = after(now, days(-7))
  const open = await findOpenInvitations(tx, organizationId, { since, now })
  const today = await countInvitations(tx, organizationId, after(now, days(-1)))
  return quotaFault('members', members.length + open.length) ?? quotaFault('invitations a day', today)
}

export async function withdrawInvitation(
  deps: Needs,
  asker: Asker,
  asked: { readonly organizationId: string; readonly invitationId: string },
): Promise<Result<null, MemberNo>> {
  const { organizationId, invitationId: id } = asked
  return await deps.db.transaction(async (tx) => {
    const allowed = await checkMember(tx, organizationId, asker, 'members.change')
    if (!allowed.ok) return allowed
    const invitation = await findInvitation(tx, organizationId, id)
    if (invitation === null || !(await endInvitation(tx, organizationId, id, deps.clock.now())))
      return no(refusal('not_found', { field: 'invitation' }))
    const act = { ...byMember(asker, organizationId), about: { kind: 'invitation', id } } as const
    const details = { email: invitation.email }
    await recordAct(tx, { ...act, what: 'member.invitation-withdrawn', details }, deps)
    return ok(null)
  })
}

export type ChangeMember = { readonly organizationId: string; readonly accountId: string }

type ChangeNo = MemberNo | Refusal<'field_invalid' | 'last_owner'>

export async function changeRole(
  deps: Needs,
  asker: Asker,
  asked: ChangeMember & { readonly role: string },
): Promise<Result<null, ChangeNo>> {
  const { organizationId, accountId, role } = asked
  return await deps.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const allowed = await checkMember(tx, organizationId, asker, 'members.change')
    if (!allowed.ok) return allowed
    if (!isRole(role)) return no(invalid('role', 'Choose one of the roles.'))
    const members = await findMembers(tx, organizationId)
    const before = members.find((each) => each.accountId === accountId)
    if (before === undefined) return no(refusal('not_found', { field: 'member' }))
    if (role !== 'owner' && isLastOwner(members, accountId)) return no(refusal('last_owner'))
    await updateRole(tx, { organizationId, accountId, role })
    const act = { ...byMember(asker, organizationId), about: { kind: 'account', id: accountId } } as const
    const details = { from: before.role, to: role }
    await recordAct(tx, { ...act, what: 'member.role-changed', details }, deps)
    return ok(null)
  })
}

/** Takes somebody out, or lets a member of any role leave by herself. The last owner stays. */
export async function removeMember(
  deps: Needs,
  asker: Asker,
  { organizationId, accountId }: ChangeMember,
): Promise<Result<null, ChangeNo>> {
  return await deps.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const leaves = accountId === asker.accountId
    const allowed = await checkMember(
      tx,
      organizationId,
      asker,
      leaves ? 'organization.see' : 'members.change',
    )
    if (!allowed.ok) return allowed
    const members = await findMembers(tx, organizationId)
    const gone = members.find((each) => each.accountId === accountId)
    if (gone === undefined) return no(refusal('not_found', { field: 'member' }))
    if (isLastOwner(members, accountId)) return no(refusal('last_owner'))
    await deleteMember(tx, organizationId, accountId)
    const act = { ...byMember(asker, organizationId), about: { kind: 'account', id: accountId } } as const
    await recordAct(tx, { ...act, what: 'member.removed', details: { role: gone.role, left: leaves } }, deps)
    return ok(null)
  })
}

function invalid(field: string, because: string): Refusal<'field_invalid'> {
  return refusal('field_invalid', { field, because })
}
