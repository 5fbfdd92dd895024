import { ok } from '../../base/result.ts'
import { listActs } from '../../core/audit/list-acts.ts'
import { viewOrganization } from '../../core/organization/view-organization.ts'
import type { Route } from '../../http/route.ts'
import { activityPage, type ActivityProps } from '../../pages/console/activity.ts'
import { older, readCursor, screenRoutes, uuidParam, type Screen } from '../site.ts'

const most = 50

const activity: Screen<ActivityProps> = {
  path: '/console/:organization/activity',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    if (!id.ok) return id
    const desk = await viewOrganization(deps, here.asker, id.value, 'acts.see')
    if (!desk.ok) return desk
    const filters = { what: here.query('what'), by: here.query('by'), about: here.query('about') }
    const orNull = (text: string): string | null => (text === '' ? null : text.replaceAll('\0', ''))
    const acts = await listActs(deps, here.asker, {
      as: 'member',
      organizationId: id.value,
      what: orNull(filters.what),
      byId: orNull(filters.by),
      aboutId: orNull(filters.about),
      behind: readCursor(here),
      most,
    })
    if (!acts.ok) return acts
    return ok({
      ...desk.value,
      acts: acts.value,
      action: here.asked.path,
      filters,
      ...older(here, acts.value, most),
    })
  },
  page: activityPage,
}

export const activityRoutes: readonly Route[] = screenRoutes(activity)
