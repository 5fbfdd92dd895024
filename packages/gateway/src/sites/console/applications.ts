import { no, ok } from '../../base/result.ts'
import { listApplications } from '../../core/application/list-applications.ts'
import { addressFaults, addressLines, addressWarnings } from '../../core/application/own-application.ts'
import { registerApplication } from '../../core/application/register-application.ts'
import { viewOrganization } from '../../core/organization/view-organization.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Route } from '../../http/route.ts'
import {
  applicationsPage,
  kindWords,
  newApplicationPage,
  secretPage,
  type ApplicationsProps,
  type NewApplicationProps,
} from '../../pages/console/applications.ts'
import { older, readKey, screenRoutes, uuidParam, type Screen } from '../site.ts'

const most = 25

const applications: Screen<ApplicationsProps> = {
  path: '/console/:organization/applications',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    if (!id.ok) return id
    const key = readKey(here)
    const behind = key === null ? null : { createdAt: key.at, clientId: key.id }
    const view = await listApplications(deps, here.asker, { organizationId: id.value, behind, most })
    if (!view.ok) return view
    const rows = view.value.applications.map(({ createdAt, clientId }) => ({ at: createdAt, id: clientId }))
    return ok({ ...view.value, ...older(here, rows, most) })
  },
  page: applicationsPage,
}

const fresh: Screen<NewApplicationProps> = {
  path: '/console/:organization/applications/new',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    if (!id.ok) return id
    const desk = await viewOrganization(deps, here.asker, id.value, 'applications.change')
    return desk.ok ? ok({ ...desk.value, warnings: null }) : desk
  },
  page: newApplicationPage,
}

export const applicationsRoutes: readonly Route[] = [
  ...screenRoutes(applications),
  ...screenRoutes(fresh, [
    {
      path: fresh.path,
      act: async (deps, here, sent) => {
        const id = uuidParam(here, 'organization')
        if (!id.ok) return id
        const desk = await viewOrganization(deps, here.asker, id.value, 'applications.change')
        if (!desk.ok) return desk
        const lines = addressLines(sent.text('redirectUris'))
        if (sent.has('check')) {
          const fault = addressFaults(lines, kindWords.find((kind) => kind === sent.text('kind')) ?? 'web')
          if (fault !== null) return no(invalidAddresses(fault))
          const warnings = addressWarnings(lines)
          return ok({
            once: (frame) => newApplicationPage({ ...desk.value, warnings }, { ...frame, typed: sent.text }),
          })
        }
        const made = await registerApplication(deps, here.asker, {
          organizationId: id.value,
          name: sent.text('name'),
          kind: sent.text('kind'),
          redirectUris: sent.text('redirectUris'),
          logo: sent.file('logo'),
        })
        if (!made.ok) return made
        const warnings = [...made.value.warnings, ...addressWarnings(lines)]
        return ok({
          once: (frame) => secretPage({ ...desk.value, ...made.value, warnings, title: 'made' }, frame),
        })
      },
    },
  ]),
]

function invalidAddresses(because: string): Refusal<'field_invalid'> {
  return refusal('field_invalid', { field: 'redirectUris', because })
}
