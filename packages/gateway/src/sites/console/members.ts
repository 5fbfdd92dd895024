import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { acceptInvitation, viewInvitation } from '../../core/organization/accept-invitation.ts'
import {
  changeRole,
  inviteMember,
  removeMember,
  withdrawInvitation,
  type Invited,
} from '../../core/organization/change-members.ts'
import { invitationPath, type InvitationKey } from '../../core/organization/member.ts'
import { sendInvitation } from '../../core/organization/send-invitation.ts'
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
function onMembers<Done>(
  path: string,
  note: string | ((done: Done) => string),
  act: (deps: Deps, here: Here, organizationId: string, sent: Sent) => Promise<Result<Done, Refusal>>,
): Action {
  return {
    path: `/console/:organization/members/${path}`,
    act: async (deps, here, sent) => {
      const id = uuidParam(here, 'organization')
      if (!id.ok) return id
      const done = await act(deps, here, id.value, sent)
      if (!done.ok) return done
      const said = typeof note === 'string' ? note : note(done.value)
      return ok(`${atOrganization(id.value, '/members')}?note=${said}`)
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
      ({ letter }: Invited) => (letter === 'sent' ? 'invited' : `invited-${letter}`),
      async (deps, { asker }, organizationId, sent) =>
        await inviteMember(deps, asker, {
          organizationId,
          email: sent.text('email'),
          role: sent.text('role'),
        }),
    ),
    onMembers('send', 'sent-again', async (deps, { asker }, organizationId, sent) => {
      const invitationId = sent.text('invitation')
      return isUuid(invitationId)
        ? await sendInvitation(deps, asker, { organizationId, invitationId })
        : unknown()
    }),
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

function unknown(): Result<never, Refusal<'not_found'>> {
  return no(refusal('not_found'))
}
