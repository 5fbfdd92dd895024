import { oauth } from '@lango/wire'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { readUserInfo, type UserInfo } from '../../core/identity/read-user-info.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { readBearer } from '../../http/authorization.ts'
import { readableFromBrowsers } from '../../http/cors.ts'
import { bodyFields } from '../../http/fields.ts'
import { json, type Reply } from '../../http/reply.ts'
import { route, type Method, type Refuse, type Route } from '../../http/route.ts'
import { describe } from './claims.ts'

type UserInfoNo = 'bearer_missing' | 'invalid_request' | 'invalid_token' | 'insufficient_scope'

/** RFC 6750 section 3. */
const refuse: Refuse<UserInfoNo> = {
  bearer_missing: () => challenge(401, null),
  invalid_request: (refused) => challenge(400, refused),
  invalid_token: (refused) => challenge(401, refused),
  insufficient_scope: (refused) => challenge(403, refused),
}

/** OpenID Connect Core 5.3. A token in the address is not looked at: addresses end in logs. */
const userInfo = (method: Method): Route =>
  route<string, UserInfo, UserInfoNo>(method, oauth.paths.userInfo, {
    parse: readToken,
    run: async (deps: Deps, token) => await readUserInfo(deps, token),
    print: ({ account, subject, seen }) => json(200, { sub: subject, ...describe(account, seen) }),
    refuse,
  })

export const userInfoRoutes: readonly Route[] = readableFromBrowsers([userInfo('GET'), userInfo('POST')])

function readToken(asked: Asked): Result<string, Refusal<UserInfoNo>> {
  const bearer = readBearer(asked)
  if (!bearer.ok)
    return no(refusal('invalid_request', { because: 'The Authorization header is not readable as Bearer.' }))
  const fields =
    asked.method === 'POST' && asked.body.kind === 'form' ? bodyFields(asked) : ok(new Map<string, string>())
  if (!fields.ok) return no(refusal('invalid_request', { because: 'A parameter came more than once.' }))
  const inBody = fields.value.get('access_token') ?? null
  if (bearer.value !== null && inBody !== null) {
    return no(refusal('invalid_request', { because: 'Send the access token in one place, not in two.' }))
  }
  const token = bearer.value ?? inBody
  return token === null ? no(refusal('bearer_missing')) : ok(token)
}

function challenge(status: number, refused: Refusal | null): Reply {
  if (refused === null) return json(status, {}, { 'www-authenticate': 'Bearer realm="Lango"' })
  const { code, because = '' } = refused
  return json(
    status,
    { error: code, error_description: because },
    { 'www-authenticate': `Bearer realm="Lango", error="${code}", error_description="${because}"` },
  )
}
