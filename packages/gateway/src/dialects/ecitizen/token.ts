import { ecitizen } from '@lango/wire'
import { toDate } from '../../base/time.ts'
import { strict, type GrantPolicy, type Tokens } from '../../core/token/grant.ts'
import { readableFromBrowsers } from '../../http/cors.ts'
import type { Route } from '../../http/route.ts'
import { tokenRoute } from '../families/oauth/token.ts'
import { describe } from './claims.ts'

/** Parameters come as a form, as JSON or all in the query of an empty POST, the secret among them (field-facts 3). */
const policy: GrantPolicy = { ...strict, clientSecretIn: ['header', 'body', 'query'], describe }

export const tokenRoutes: readonly Route[] = readableFromBrowsers([
  tokenRoute(ecitizen.paths.token, policy, print),
])

function print(tokens: Tokens): ecitizen.TokenAnswer {
  return {
    access_token: tokens.accessToken,
    token_type: 'Bearer',
    expires_in: tokens.expiresIn.seconds,
    expiration_date: toDate(tokens.expiresAt)
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    scope: tokens.scopes.join(' '),
    ...(tokens.idToken === null ? {} : { id_token: tokens.idToken }),
    ...(tokens.refreshToken === null ? {} : { refresh_token: tokens.refreshToken }),
  }
}
