import type { Dialect } from '../dialect.ts'
import { introspectionRoutes } from './introspect.ts'
import { tokenRoutes } from './token.ts'
import { userInfoRoutes } from './user-info.ts'

/**
 * eCitizen's single sign-on: seed 000 from "Single Sign On" to "Fetching User Information". Its authorization page is
 * the standard one, which people reach at the same address.
 */
export const ecitizenDialect: Dialect = {
  id: 'ecitizen',
  routes: [...tokenRoutes, ...introspectionRoutes, ...userInfoRoutes],
}
