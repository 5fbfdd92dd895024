import { no, ok } from '../../base/result.ts'
import { decideImport, type DecideImport } from '../../core/moving-in/decide-import.ts'
import {
  listWaitingImports,
  viewHouseImport,
  type HouseImportView,
} from '../../core/moving-in/view-import.ts'
import { refusal } from '../../core/refusal.ts'
import type { Route } from '../../http/route.ts'
import { houseImportPage, houseImportsPage, type HouseImportsProps } from '../../pages/admin/imports.ts'
import { uuidParam } from '../site.ts'
import { adminRoutes, type AdminScreen } from './screen.ts'

const waiting: AdminScreen<HouseImportsProps> = {
  path: '/admin/imports',
  load: async (deps, here) => {
    const found = await listWaitingImports(deps, here.asker)
    return found.ok ? ok({ rows: found.value }) : found
  },
  page: houseImportsPage,
}

const one: AdminScreen<HouseImportView> = {
  path: '/admin/imports/:organization',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    return id.ok ? await viewHouseImport(deps, here.asker, id.value) : id
  },
  page: houseImportPage,
}

const verdicts: readonly DecideImport['verdict'][] = ['approve', 'decline']

export const importRoutes: readonly Route[] = [
  ...adminRoutes(waiting),
  ...adminRoutes(one, [
    {
      path: one.path,
      act: async (deps, here, sent) => {
        const organization = uuidParam(here, 'organization')
        if (!organization.ok) return organization
        const verdict = verdicts.find((each) => each === sent.text('verdict'))
        if (verdict === undefined) return no(refusal('field_invalid', { field: 'verdict' }))
        const done = await decideImport(deps, here.asker, {
          organizationId: organization.value,
          id: sent.text('document'),
          verdict,
          because: sent.text('because'),
        })
        return done.ok ? ok('/admin/imports?note=decided') : done
      },
    },
  ]),
]
