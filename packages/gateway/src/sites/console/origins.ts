import { ok } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import type { Result } from '../../base/result.ts'
import { addressWarnings } from '../../core/application/own-application.ts'
import { listOrigins, registerOrigin, removeOrigin } from '../../core/organization/change-origins.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Route } from '../../http/route.ts'
import { originsPage, type OriginsProps } from '../../pages/console/origins.ts'
import { screenRoutes, uuidParam, type Action, type Here, type Screen, type Sent } from '../site.ts'

const origins: Screen<OriginsProps> = {
  path: '/console/:organization/origins',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    if (!id.ok) return id
    const view = await listOrigins(deps, here.asker, id.value)
    return view.ok ? ok({ ...view.value, warnings: addressWarnings(view.value.origins) }) : view
  },
  page: originsPage,
}

export const originRoutes: readonly Route[] = screenRoutes(origins, [
  onOrigins('', 'added', async (deps, { asker }, organizationId, sent) => {
    return await registerOrigin(deps, asker, { organizationId, origin: sent.text('origin') })
  }),
  onOrigins('/remove', 'removed', async (deps, { asker }, organizationId, sent) => {
    return await removeOrigin(deps, asker, { organizationId, origin: sent.text('remove') })
  }),
])

/** A form of this page, and the note that it ends with. */
function onOrigins(
  path: string,
  note: string,
  act: (deps: Deps, here: Here, organizationId: string, sent: Sent) => Promise<Result<null, Refusal>>,
): Action {
  return {
    path: origins.path + path,
    act: async (deps, here, sent) => {
      const id = uuidParam(here, 'organization')
      if (!id.ok) return id
      const done = await act(deps, here, id.value, sent)
      return done.ok ? ok(`/console/${id.value}/origins?note=${note}`) : done
    },
  }
}
