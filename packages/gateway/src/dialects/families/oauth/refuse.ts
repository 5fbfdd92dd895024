import type { Deps } from '../../../core/deps.ts'
import type { Refusal } from '../../../core/refusal.ts'
import { json, type Reply } from '../../../http/reply.ts'
import type { Refuse } from '../../../http/route.ts'

export type OAuthNo =
  | 'invalid_request'
  | 'invalid_client'
  | 'too_many_tries'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'invalid_target'
  | 'invalid_dpop_proof'
  | 'unauthorized_client'
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token'
  | 'unsupported_grant_type'

/** RFC 6749 section 5.2: 400, or 401 where the application did not prove who it is. */
export const refuseAsOAuth: Refuse<OAuthNo> = {
  invalid_request: (refused, _asked, deps) => oauthError(400, 'invalid_request', refused, deps),
  invalid_grant: (refused, _asked, deps) => oauthError(400, 'invalid_grant', refused, deps),
  invalid_scope: (refused, _asked, deps) => oauthError(400, 'invalid_scope', refused, deps),
  invalid_target: (refused, _asked, deps) => oauthError(400, 'invalid_target', refused, deps),
  invalid_dpop_proof: (refused, _asked, deps) => oauthError(400, 'invalid_dpop_proof', refused, deps),
  unauthorized_client: (refused, _asked, deps) => oauthError(400, 'unauthorized_client', refused, deps),
  authorization_pending: (refused, _asked, deps) => oauthError(400, 'authorization_pending', refused, deps),
  slow_down: (refused, _asked, deps) => oauthError(400, 'slow_down', refused, deps),
  access_denied: (refused, _asked, deps) => oauthError(400, 'access_denied', refused, deps),
  expired_token: (refused, _asked, deps) => oauthError(400, 'expired_token', refused, deps),
  unsupported_grant_type: (refused, _asked, deps) => oauthError(400, 'unsupported_grant_type', refused, deps),
  invalid_client: (refused, _asked, deps) =>
    withHeaders(oauthError(401, 'invalid_client', refused, deps), {
      'www-authenticate': 'Basic realm="Lango", charset="UTF-8"',
    }),
  too_many_tries: (refused, _asked, deps) =>
    withHeaders(oauthError(429, 'invalid_client', refused, deps), {
      'retry-after': String(refused.retryAfterSeconds ?? 60),
    }),
}

/** `mend` says in the sandbox what no answer may say elsewhere, because it would tell a thief how far he got. */
export function oauthError(status: number, code: string, { because, mend }: Refusal, { mode }: Deps): Reply {
  return json(status, {
    error: code,
    ...(because === undefined ? {} : { error_description: because }),
    ...(mode === 'sandbox' && mend !== undefined ? { mend } : {}),
  })
}

function withHeaders(reply: Reply, headers: Reply['headers']): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } }
}
