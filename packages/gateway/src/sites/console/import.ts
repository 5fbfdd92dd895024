import { ok } from '../../base/result.ts'
import { checkImport } from '../../core/moving-in/check-import.ts'
import { confirmImport, withdrawImport } from '../../core/moving-in/confirm-import.ts'
import { viewImport } from '../../core/moving-in/view-import.ts'
import type { Route } from '../../http/route.ts'
import { atOrganization } from '../../pages/console/frame.ts'
import { importPage, type ImportProps } from '../../pages/console/import.ts'
import { screenRoutes, uuidParam, type Screen, type Sent } from '../site.ts'

const moving: Screen<ImportProps> = {
  path: '/console/:organization/import',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    return id.ok ? await viewImport(deps, here.asker, id.value) : id
  },
  page: importPage,
}

export const importRoutes: readonly Route[] = screenRoutes(moving, [
  {
    path: moving.path,
    act: async (deps, here, sent) => {
      const id = uuidParam(here, 'organization')
      if (!id.ok) return id
      const done = await checkImport(deps, here.asker, { organizationId: id.value, text: documentOf(sent) })
      return done.ok ? ok(atOrganization(id.value, '/import')) : done
    },
  },
  {
    path: `${moving.path}/confirm`,
    act: async (deps, here, sent) => {
      const id = uuidParam(here, 'organization')
      if (!id.ok) return id
      const done = await confirmImport(deps, here.asker, {
        organizationId: id.value,
        id: sent.text('document'),
      })
      return done.ok ? ok(`${atOrganization(id.value, '/import')}?note=${done.value}`) : done
    },
  },
  {
    path: `${moving.path}/withdraw`,
    act: async (deps, here, sent) => {
      const id = uuidParam(here, 'organization')
      if (!id.ok) return id
      const done = await withdrawImport(deps, here.asker, {
        organizationId: id.value,
        id: sent.text('document'),
      })
      return done.ok ? ok(`${atOrganization(id.value, '/import')}?note=withdrawn`) : done
    },
  },
])

/** A file goes before what is pasted; it is shown to nobody again, so its letters need not be right. */
function documentOf(sent: Sent): string {
  const file = sent.file('file')
  return file === null || file.length === 0 ? sent.text('pasted') : new TextDecoder().decode(file)
}
