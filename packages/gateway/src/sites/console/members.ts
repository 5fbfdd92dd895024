import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import {
  acceptInvitation,
  viewInvitation,
  type InvitationKey,
} from '../../core/organization/accept-invitation.ts'
import {
  changeRole,
  inviteMember,
  removeMember,
  withdrawInvitation,
} from '../../core/organization/change-members.ts'
import { listMembers } from '../../core/organization/view-organization.ts'
import { no } from '../../base/result.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Route } from '../../http/route.ts'
import { atOrganization } from '../../pages/console/frame.ts'
import {
  invitationPage,
  membersPage,
  type InvitationProps,
  type MembersProps,
} from '../../pages/console/members.ts'
import { isUuid, screenRoutes, uuidParam, type Action, type Here, type Screen, type Sent } from '../site.ts'

const members: Screen<MembersProps> = {
  path: '/console/:organization/members',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    if (!id.ok) return id
    const view = await listMembers(deps, here.asker, id.value)
    if (!view.ok) return view
    const invitations = view.value.invitations.map((each) => ({
      ...each,
      link: deps.publicUrl + invitationPath({ organizationId: id.value, invitationId: each.id }),
    }))
    return ok({ ...view.value, invitations })
  },
  page: membersPage,
}

/** A form of the members' page: who does it to which organization, and the note that says so. */
function onMembers(
  path: string,
  note: string,
  act: (deps: Deps, here: Here, organizationId: string, sent: Sent) => Promise<Result<unknown, Refusal>>,
): Action {
  return {
    path: `/console/:organization/members/${path}`,
    act: async (deps, here, sent) => {
      const id = uuidParam(here, 'organization')
      if (!id.ok) return id
      const done = await act(deps, here, id.value, sent)
      return done.ok ? ok(`${atOrganization(id.value, '/members')}?note=${note}`) : done
    },
  }
}

const invitation: Screen<InvitationProps> = {
  path: '/console/invitations/:organization/:invitation',
  load: async (deps, here) => {
    const key = keyOf(here)
    if (!key.ok) return key
    const view = await viewInvitation(deps, here.asker, key.value)
    if (!view.ok) return view
    const { organizationName, fits, invitation: found } = view.value
    return ok({ organizationName, fits, role: found.role, action: invitationPath(key.value) })
  },
  page: invitationPage,
}

export const memberRoutes: readonly Route[] = [
  ...screenRoutes(members, [
    onMembers(
      'invite',
      'invited',
      async (deps, { asker }, organizationId, sent) =>
        await inviteMember(deps, asker, {
          organizationId,
          email: sent.text('email'),
          role: sent.text('role'),
        }),
    ),
    onMembers('withdraw', 'withdrawn', async (deps, { asker }, organizationId, sent) => {
      const invitationId = sent.text('invitation')
      return isUuid(invitationId)
        ? await withdrawInvitation(deps, asker, { organizationId, invitationId })
        : unknown()
    }),
    onMembers('role', 'role-changed', async (deps, { asker }, organizationId, sent) => {
      const accountId = sent.text('account')
      if (!isUuid(accountId)) return unknown()
      return await changeRole(deps, asker, { organizationId, accountId, role: sent.text('role') })
    }),
    onMembers('remove', 'removed', async (deps, { asker }, organizationId, sent) => {
      const accountId = sent.text('account')
      return isUuid(accountId) ? await removeMember(deps, asker, { organizationId, accountId }) : unknown()
    }),
  ]),
  ...screenRoutes(invitation, [
    {
      path: invitation.path,
      act: async (deps, here) => {
        const key = keyOf(here)
        if (!key.ok) return key
        const done = await acceptInvitation(deps, here.asker, key.value)
        return done.ok ? ok(`${atOrganization(key.value.organizationId)}?note=joined`) : done
      },
    },
  ]),
]

function keyOf(here: Here): Result<InvitationKey, Refusal<'not_found'>> {
  const [organizationId, invitationId] = [uuidParam(here, 'organization'), uuidParam(here, 'invitation')]
  if (!organizationId.ok) return organizationId
  return invitationId.ok
    ? ok({ organizationId: organizationId.value, invitationId: invitationId.value })
    : invitationId
}

function invitationPath({ organizationId, invitationId }: InvitationKey): string {
  return `/console/invitations/${organizationId}/${invitationId}`
}

function unknown(): Result<never, Refusal<'not_found'>> {
  return no(refusal('not_found'))
}
