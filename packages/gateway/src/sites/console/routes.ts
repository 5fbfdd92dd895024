import type { Route } from '../../http/route.ts'
import { memberRoutes } from './members.ts'
import { organizationRoutes } from './organizations.ts'
import { requestRoutes } from './requests.ts'

/** What integrators do by themselves. */
export const routes: readonly Route[] = [...organizationRoutes, ...memberRoutes, ...requestRoutes]
