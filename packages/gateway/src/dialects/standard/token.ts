import { oauth } from '@lango/wire'
import type { Tokens } from '../../core/token/grant.ts'
import { readableFromBrowsers } from '../../http/cors.ts'
import type { Route } from '../../http/route.ts'
import { tokenRoute } from '../families/oauth/token.ts'
import { policy } from './policy.ts'

export const tokenRoutes: readonly Route[] = readableFromBrowsers([
  tokenRoute(oauth.paths.token, policy, print),
])

function print(tokens: Tokens): oauth.TokenAnswer {
  return {
    access_token: tokens.accessToken,
    token_type: tokens.type,
    expires_in: tokens.expiresIn.seconds,
    scope: tokens.scopes.join(' '),
    ...(tokens.idToken === null ? {} : { id_token: tokens.idToken }),
    ...(tokens.refreshToken === null ? {} : { refresh_token: tokens.refreshToken }),
  }
}
