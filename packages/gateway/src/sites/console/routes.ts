import type { Route } from '../../http/route.ts'
import { activityRoutes } from './activity.ts'
import { applicationRoutes } from './application.ts'
import { applicationsRoutes } from './applications.ts'
import { keyRoutes } from './keys.ts'
import { importRoutes } from './import.ts'
import { memberRoutes } from './members.ts'
import { noticeSettingsRoutes } from './notice-settings.ts'
import { noticeRoutes } from './notices.ts'
import { organizationRoutes } from './organizations.ts'
import { originRoutes } from './origins.ts'
import { requestRoutes } from './requests.ts'
import { serviceRoutes } from './services.ts'
import { tryRoutes } from './try.ts'

/** What integrators do by themselves. */
export const routes: readonly Route[] = [
  ...organizationRoutes,
  ...memberRoutes,
  ...requestRoutes,
  ...applicationsRoutes,
  ...applicationRoutes,
  ...tryRoutes,
  ...keyRoutes,
  ...serviceRoutes,
  ...originRoutes,
  ...noticeRoutes,
  ...noticeSettingsRoutes,
  ...importRoutes,
  ...activityRoutes,
]
