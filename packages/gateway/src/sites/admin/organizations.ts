import { no, ok } from '../../base/result.ts'
import {
  approveOrganization,
  suspendApplication,
  type Verdict,
} from '../../core/organization/approve-organization.ts'
import {
  listOrganizations,
  viewHouseOrganization,
  type HouseView,
} from '../../core/organization/list-organizations.ts'
import { refusal } from '../../core/refusal.ts'
import type { Route } from '../../http/route.ts'
import { houseOrganizationPage, housePage, type HouseProps } from '../../pages/admin/organizations.ts'
import { older, readCursor, uuidParam } from '../site.ts'
import { adminRoutes, type AdminScreen } from './screen.ts'

const most = 50

const house: AdminScreen<HouseProps> = {
  path: '/admin',
  load: async (deps, here) => {
    const standing =
      (['waiting', 'suspended'] as const).find((each) => each === here.query('standing')) ?? null
    const found = await listOrganizations(deps, here.asker, { standing, behind: readCursor(here), most })
    if (!found.ok) return found
    const keys = found.value.map(({ createdAt, id }) => ({ at: createdAt, id }))
    return ok({ rows: found.value, standing: standing ?? '', ...older(here, keys, most) })
  },
  page: housePage,
}

const organization: AdminScreen<HouseView> = {
  path: '/admin/organizations/:organization',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    return id.ok ? await viewHouseOrganization(deps, here.asker, id.value) : id
  },
  page: houseOrganizationPage,
}

const verdicts: readonly Verdict[] = ['approve', 'suspend', 'resume']

export const houseRoutes: readonly Route[] = [
  ...adminRoutes(house),
  ...adminRoutes(organization, [
    {
      path: organization.path,
      act: async (deps, here, sent) => {
        const id = uuidParam(here, 'organization')
        if (!id.ok) return id
        const verdict = verdicts.find((each) => each === sent.text('verdict'))
        if (verdict === undefined) return no(refusal('field_invalid', { field: 'verdict' }))
        const asked = { organizationId: id.value, verdict, because: sent.text('because') }
        const done = await approveOrganization(deps, here.asker, asked)
        return done.ok ? ok(`/admin/organizations/${id.value}?note=decided`) : done
      },
    },
    {
      path: `${organization.path}/application`,
      act: async (deps, here, sent) => {
        const id = uuidParam(here, 'organization')
        if (!id.ok) return id
        const asked = {
          clientId: sent.text('client'),
          on: sent.text('on') === 'yes',
          because: sent.text('because'),
        }
        const done = await suspendApplication(deps, here.asker, { organizationId: id.value, ...asked })
        return done.ok ? ok(`/admin/organizations/${id.value}?note=decided`) : done
      },
    },
  ]),
]
