import type { Dialect } from '../dialect.ts'
import { authorizeRoutes } from './authorize.ts'
import { deviceRoutes } from './device.ts'
import { endSessionRoutes } from './end-session.ts'
import { introspectionRoutes } from './introspect.ts'
import { metadataRoutes } from './metadata.ts'
import { pushRoutes } from './push.ts'
import { tokenRoutes } from './token.ts'
import { userInfoRoutes } from './user-info.ts'

/** OAuth 2 and OpenID Connect as they are written: RFC 6749, 7009, 7636, 7662, 8414, 8628, 9126, 9207, OpenID Connect Core 1.0. */
export const standardDialect: Dialect = {
  id: 'standard',
  routes: [
    ...metadataRoutes,
    ...pushRoutes,
    ...deviceRoutes,
    ...endSessionRoutes,
    ...authorizeRoutes,
    ...tokenRoutes,
    ...introspectionRoutes,
    ...userInfoRoutes,
  ],
}
