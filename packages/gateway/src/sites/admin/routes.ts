import type { Route } from '../../http/route.ts'
import { accountRoutes } from './accounts.ts'
import { trailRoutes } from './acts.ts'
import { importRoutes } from './imports.ts'
import { houseRoutes } from './organizations.ts'

/** What operators do: they are the members of the operator's own organization. */
export const routes: readonly Route[] = [...houseRoutes, ...importRoutes, ...accountRoutes, ...trailRoutes]
