import { exponents } from '../../base/money.ts'
import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import type { TypedFee } from '../../core/invoice/typed-fee.ts'
import { changeService, pauseService, registerService } from '../../core/organization/change-service.ts'
import { listServices, viewService, type ServiceKey } from '../../core/organization/list-services.ts'
import { viewOrganization } from '../../core/organization/view-organization.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Route } from '../../http/route.ts'
import { servicePage, type ServiceProps } from '../../pages/console/service.ts'
import {
  newServicePage,
  servicesPage,
  type NewServiceProps,
  type ServicesProps,
} from '../../pages/console/services.ts'
import {
  older,
  readKey,
  screenRoutes,
  uuidParam,
  type Action,
  type Here,
  type Next,
  type Screen,
  type Sent,
} from '../site.ts'

const most = 25

const services: Screen<ServicesProps> = {
  path: '/console/:organization/services',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    if (!id.ok) return id
    const from = readKey(here)
    const behind = from === null ? null : { createdAt: from.at, code: from.id }
    const view = await listServices(deps, here.asker, { organizationId: id.value, behind, most })
    if (!view.ok) return view
    const rows = view.value.services.map(({ createdAt, code }) => ({ at: createdAt, id: code }))
    return ok({ ...view.value, ...older(here, rows, most) })
  },
  page: servicesPage,
}

/** Amounts on the wire that bills travel over have two decimals, so a currency with three cannot be billed. */
const currencies = Object.entries(exponents).flatMap(([code, digits]) => (digits <= 2 ? [code] : []))

const fresh: Screen<NewServiceProps> = {
  path: '/console/:organization/services/new',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    if (!id.ok) return id
    const desk = await viewOrganization(deps, here.asker, id.value, 'services.change')
    return desk.ok ? ok({ ...desk.value, currencies }) : desk
  },
  page: newServicePage,
}

const service: Screen<ServiceProps> = {
  path: '/console/:organization/services/:code',
  load: async (deps, here) => {
    const own = keyOf(here)
    return own.ok ? await viewService(deps, here.asker, own.value) : own
  },
  page: servicePage,
}

export const serviceRoutes: readonly Route[] = [
  ...screenRoutes(services),
  ...screenRoutes(fresh, [
    {
      path: fresh.path,
      act: async (deps, here, sent) => {
        const id = uuidParam(here, 'organization')
        if (!id.ok) return id
        const made = await registerService(deps, here.asker, {
          organizationId: id.value,
          name: sent.text('name'),
          currency: sent.text('currency'),
          code: sent.text('code'),
          fee: feeOf(sent),
        })
        if (!made.ok) return made
        return ok(noted({ organizationId: id.value, code: made.value.code }, 'made'))
      },
    },
  ]),
  ...screenRoutes(service, [
    onService('', async (deps, here, own, sent) => {
      const to = { name: sent.text('name'), fee: feeOf(sent) }
      const done = await changeService(deps, here.asker, { ...own, ...to })
      return done.ok ? ok(noted(own, 'changed')) : done
    }),
    onService('/switch', async (deps, here, own, sent) => {
      const on = sent.text('on') === 'yes'
      const done = await pauseService(deps, here.asker, { ...own, on })
      return done.ok ? ok(noted(own, on ? 'resumed' : 'paused')) : done
    }),
  ]),
]

function keyOf(here: Here): Result<ServiceKey, Refusal<'not_found'>> {
  const id = uuidParam(here, 'organization')
  return id.ok ? ok({ organizationId: id.value, code: here.param('code') }) : id
}

function onService(
  path: string,
  act: (deps: Deps, here: Here, own: ServiceKey, sent: Sent) => Promise<Result<Next, Refusal>>,
): Action {
  return {
    path: service.path + path,
    act: async (deps, here, sent) => {
      const own = keyOf(here)
      return own.ok ? await act(deps, here, own.value, sent) : own
    },
  }
}

function feeOf(sent: Sent): TypedFee {
  return {
    kind: sent.text('kind'),
    flat: sent.text('flat'),
    percent: sent.text('percent'),
    least: sent.text('least'),
    most: sent.text('most'),
    tiers: sent.text('tiers'),
  }
}

function noted({ organizationId, code }: ServiceKey, note: string): string {
  return `/console/${organizationId}/services/${code}?note=${note}`
}
