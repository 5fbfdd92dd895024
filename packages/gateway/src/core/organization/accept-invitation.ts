import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import type { Account } from '../account/account.ts'
import { findAccount } from '../account/account.sql.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { endInvitation, findInvitation } from './invitation.sql.ts'
import { findStanding, insertMember, lockOrganization } from './member.sql.ts'
import { byMember, isOpen, type Asker, type Invitation, type InvitationKey } from './member.ts'

export type InvitationView = {
  readonly organizationName: string
  readonly invitation: Invitation
  /** Whether it is hers: her address is the invited one and verified. */
  readonly fits: 'yes' | 'other-address' | 'unverified'
}

/** The invitation that an address names, as the one who opened it may see it; nobody else's address is told. */
export async function viewInvitation(
  deps: Pick<Deps, 'db' | 'clock'>,
  { accountId }: Pick<Asker, 'accountId'>,
  { organizationId, invitationId }: InvitationKey,
): Promise<Result<InvitationView, Refusal<'not_found'>>> {
  const [invitation, account, organization] = await Promise.all([
    findInvitation(deps.db, organizationId, invitationId),
    findAccount(deps.db, accountId),
    findStanding(deps.db, organizationId),
  ])
  if (
    invitation === null ||
    account === null ||
    organization === null ||
    !isOpen(invitation, deps.clock.now())
  )
    return no(refusal('not_found', { field: 'invitation' }))
  return ok({ organizationName: organization.name, invitation, fits: fitOf(invitation, account) })
}

/** Makes her a member. Once: an invitation that was accepted, withdrawn or forgotten for too long is none any more. */
export async function acceptInvitation(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  asker: Asker,
  { organizationId, invitationId: id }: InvitationKey,
): Promise<Result<null, Refusal<'not_found' | 'role_forbids'>>> {
  return await deps.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const invitation = await findInvitation(tx, organizationId, id)
    const now = deps.clock.now()
    if (invitation === null || !isOpen(invitation, now))
      return no(refusal('not_found', { field: 'invitation' }))
    const account = await findAccount(tx, asker.accountId)
    if (account === null || fitOf(invitation, account) !== 'yes')
      return no(refusal('role_forbids', { because: 'The invitation is for another e-mail address.' }))
    // Whoever withdrew it since it was found came first.
    if (!(await endInvitation(tx, organizationId, id, now)))
      return no(refusal('not_found', { field: 'invitation' }))
    await insertMember(tx, { organizationId, accountId: account.id, role: invitation.role, since: now })
    const act = { ...byMember(asker, organizationId), about: { kind: 'invitation', id } } as const
    await recordAct(tx, { ...act, what: 'member.joined', details: { role: invitation.role } }, deps)
    return ok(null)
  })
}

function fitOf(
  invitation: Invitation,
  account: Pick<Account, 'email' | 'emailVerified'>,
): InvitationView['fits'] {
  if (account.email !== invitation.email) return 'other-address'
  return account.emailVerified ? 'yes' : 'unverified'
}
