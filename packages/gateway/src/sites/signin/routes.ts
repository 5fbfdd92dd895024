import type { Route } from '../../http/route.ts'
import { secondStepRoutes } from './second-step.ts'
import { recoverRoutes } from './recover.ts'
import { registerDetailsRoutes } from './register-details.ts'
import { registerRoutes } from './register.ts'
import { signInRoutes } from './sign-in.ts'
import { signOutRoutes } from './sign-out.ts'
import { stopRoutes } from './stop-removal.ts'

/** Coming in and going out. */
export const routes: readonly Route[] = [
  ...signInRoutes,
  ...secondStepRoutes,
  ...signOutRoutes,
  ...registerRoutes,
  ...registerDetailsRoutes,
  ...recoverRoutes,
  ...stopRoutes,
]
