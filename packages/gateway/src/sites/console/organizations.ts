import { ok } from '../../base/result.ts'
import { removeMember } from '../../core/organization/change-members.ts'
import { registerOrganization } from '../../core/organization/register-organization.ts'
import { renameOrganization } from '../../core/organization/rename-organization.ts'
import {
  listMemberships,
  viewOrganization,
  type Desk,
  type Memberships,
} from '../../core/organization/view-organization.ts'
import type { Route } from '../../http/route.ts'
import { atOrganization } from '../../pages/console/frame.ts'
import {
  organizationsPage,
  overviewPage,
  type OrganizationsProps,
} from '../../pages/console/organizations.ts'
import { screenRoutes, uuidParam, type Screen } from '../site.ts'

const organizations: Screen<OrganizationsProps> = {
  path: '/console',
  load: async (deps, { account }) => {
    const found: Memberships = await listMemberships(deps, account)
    return ok({ ...found, waits: deps.mode === 'live' })
  },
  page: organizationsPage,
}

const overview: Screen<Desk> = {
  path: '/console/:organization',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    return id.ok ? await viewOrganization(deps, here.asker, id.value) : id
  },
  page: overviewPage,
}

export const organizationRoutes: readonly Route[] = [
  ...screenRoutes(organizations, [
    {
      path: '/console',
      act: async (deps, { asker }, sent) => {
        const made = await registerOrganization(deps, asker, { name: sent.text('name') })
        return made.ok ? ok(`${atOrganization(made.value.id)}?note=made`) : made
      },
    },
  ]),
  ...screenRoutes(overview, [
    {
      path: '/console/:organization',
      act: async (deps, here, sent) => {
        const id = uuidParam(here, 'organization')
        if (!id.ok) return id
        const done = await renameOrganization(deps, here.asker, {
          organizationId: id.value,
          name: sent.text('name'),
        })
        return done.ok ? ok(`${atOrganization(id.value)}?note=renamed`) : done
      },
    },
    {
      path: '/console/:organization/leave',
      act: async (deps, here) => {
        const id = uuidParam(here, 'organization')
        if (!id.ok) return id
        const { accountId } = here.asker
        const done = await removeMember(deps, here.asker, { organizationId: id.value, accountId })
        return done.ok ? ok('/console?note=left') : done
      },
    },
  ]),
]
