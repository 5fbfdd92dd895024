import { no, ok } from '../../base/result.ts'
import { canBeClientId } from '../../core/application/find-application.ts'
import type { Logo } from '../../core/application/own-application.ts'
import { findApplicationLogo } from '../../core/application/set-logo.ts'
import { refusal } from '../../core/refusal.ts'
import { text } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'

/**
 * An application's picture, from our own origin: the pages where people sign in load nothing from anywhere else. It
 * was encoded anew when it was given to us, and opened by itself it is a picture and nothing more.
 */
export const logoRoute: Route = route<string, Logo, 'not_found'>('GET', '/apps/:client/logo', {
  budget: 'page',
  parse: ({ params }) => {
    const clientId = params['client'] ?? ''
    return canBeClientId(clientId) ? ok(clientId) : no(refusal('not_found'))
  },
  run: async (deps, clientId) => {
    const logo = await findApplicationLogo(deps, clientId)
    return logo === null ? no(refusal('not_found')) : ok(logo)
  },
  print: ({ mediaType, bytes }) => ({
    status: 200,
    headers: {
      'content-type': mediaType,
      // A changed picture is seen within the hour.
      'cache-control': 'public, max-age=3600',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    },
    body: bytes,
  }),
  refuse: { not_found: () => text(404, 'not found\n', { 'cache-control': 'no-store' }) },
})
