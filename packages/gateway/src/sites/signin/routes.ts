import type { Route } from '../../http/route.ts'
import { signInRoutes } from './sign-in.ts'
import { signOutRoutes } from './sign-out.ts'

/** Coming in and going out. */
export const routes: readonly Route[] = [...signInRoutes, ...signOutRoutes]
