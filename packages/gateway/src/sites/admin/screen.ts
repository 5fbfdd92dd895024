import { ok } from '../../base/result.ts'
import { viewGuard } from '../../core/organization/check-operator.ts'
import type { Route } from '../../http/route.ts'
import type { Markup } from '../../http/html.ts'
import type { AdminFrame } from '../../pages/admin/frame.ts'
import { screenRoutes, type Action, type Screen } from '../site.ts'

/** A page of the operators' desk: it knows beside the rest whether she who looks at it has a second factor. */
export type AdminScreen<View> = Omit<Screen<View>, 'page'> & {
  readonly page: (view: View, frame: AdminFrame) => Markup
}

export function adminRoutes<View>(
  screen: AdminScreen<View>,
  actions: readonly Action[] = [],
): readonly Route[] {
  return screenRoutes(
    {
      path: screen.path,
      load: async (deps, here) => {
        const view = await screen.load(deps, here)
        return view.ok ? ok({ view: view.value, ...(await viewGuard(deps, here.asker)) }) : view
      },
      page: ({ view, guarded }, frame) => screen.page(view, { ...frame, guarded }),
    },
    actions,
  )
}
