import { ok, type Result } from '../../base/result.ts'
import { findRefusal, listRefusedRequests } from '../../core/request-log/list-refused-requests.ts'
import type { RefusedRequest } from '../../core/request-log/refused-request.ts'
import { viewOrganization } from '../../core/organization/view-organization.ts'
import type { Deps } from '../../core/deps.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Route } from '../../http/route.ts'
import { requestsPage, type RequestsProps } from '../../pages/console/requests.ts'
import { isUuid, older, readCursor, screenRoutes, uuidParam, type Here, type Screen } from '../site.ts'

const most = 50

const requests: Screen<RequestsProps> = {
  path: '/console/:organization/requests',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    if (!id.ok) return id
    const desk = await viewOrganization(deps, here.asker, id.value, 'requests.see')
    if (!desk.ok) return desk
    const asked = { id: here.query('id'), client: here.query('client'), code: here.query('code') }
    if (asked.id !== '') {
      const found = await oneWith(deps, here, { organizationId: id.value, id: asked.id.toLowerCase() })
      return found.ok
        ? ok({ ...desk.value, ...found.value, asked, newest: here.asked.path, older: null })
        : found
    }
    const page = await listRefusedRequests(deps, here.asker, {
      organizationId: id.value,
      clientId: asked.client === '' ? null : asked.client.replaceAll('\0', ''),
      code: asked.code === '' ? null : asked.code.replaceAll('\0', ''),
      behind: readCursor(here),
      most,
    })
    if (!page.ok) return page
    return ok({ ...desk.value, asked, rows: page.value, missing: false, ...older(here, page.value, most) })
  },
  page: requestsPage,
}

export const requestRoutes: readonly Route[] = screenRoutes(requests)

type One = { readonly rows: readonly RefusedRequest[]; readonly missing: boolean }

async function oneWith(
  deps: Deps,
  here: Here,
  key: Pick<RefusedRequest, 'organizationId' | 'id'>,
): Promise<Result<One, Refusal>> {
  if (!isUuid(key.id)) return ok({ rows: [], missing: true })
  const found = await findRefusal(deps, here.asker, key)
  if (found.ok) return ok({ rows: [found.value], missing: false })
  return found.refusal.code === 'not_found' ? ok({ rows: [], missing: true }) : found
}
