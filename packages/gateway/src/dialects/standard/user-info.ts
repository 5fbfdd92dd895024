import { oauth } from '@lango/wire'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { sayAsked } from '../../core/authorization/claims-request.ts'
import { proofAlgs } from '../../core/token/proof.ts'
import {
  readUserInfo,
  type PresentedToken,
  type UserInfo,
  type UserInfoRefusal,
} from '../../core/token/read-user-info.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { readAccessToken } from '../../http/authorization.ts'
import { readableFromBrowsers } from '../../http/cors.ts'
import { bodyFields } from '../../http/fields.ts'
import { json, type Reply } from '../../http/reply.ts'
import { route, type Method, type Refuse, type Route } from '../../http/route.ts'
import { describe } from './claims.ts'
import { policy } from './policy.ts'

type UserInfoNo = 'bearer_missing' | 'invalid_request' | UserInfoRefusal['code']

/** RFC 6750 section 3, RFC 9449 section 7.1. */
const refuse: Refuse<UserInfoNo> = {
  bearer_missing: (_refused, asked) => challenge(401, null, asked),
  invalid_request: (refused, asked) => challenge(400, refused, asked),
  invalid_token: (refused, asked) => challenge(401, refused, asked),
  invalid_dpop_proof: (refused, asked) => challenge(401, refused, asked),
  insufficient_scope: (refused, asked) => challenge(403, refused, asked),
}

/** OpenID Connect Core 5.3. A token in the address is not looked at: addresses end in logs. */
const userInfo = (method: Method): Route =>
  route<PresentedToken, UserInfo, UserInfoNo>(method, oauth.paths.userInfo, {
    parse: readToken,
    run: async (deps: Deps, token) => await readUserInfo(deps, token),
    print: ({ account, subject, seen, asked }) =>
      json(200, { sub: subject, ...describe(account, seen), ...sayAsked(policy, account, asked) }),
    refuse,
  })

export const userInfoRoutes: readonly Route[] = readableFromBrowsers([userInfo('GET'), userInfo('POST')])

function readToken(asked: Asked, deps: Deps): Result<PresentedToken, Refusal<UserInfoNo>> {
  const header = readAccessToken(asked)
  if (!header.ok) {
    const because = 'The Authorization header is not readable as Bearer or DPoP.'
    return no(refusal('invalid_request', { because }))
  }
  const fields =
    asked.method === 'POST' && asked.body.kind === 'form' ? bodyFields(asked) : ok(new Map<string, string>())
  if (!fields.ok) return no(refusal('invalid_request', { because: 'A parameter came more than once.' }))
  const inBody = fields.value.get('access_token') ?? null
  if (header.value !== null && inBody !== null) {
    return no(refusal('invalid_request', { because: 'Send the access token in one place, not in two.' }))
  }
  const proof = {
    text: asked.headers['dpop'] ?? null,
    method: asked.method,
    url: deps.publicUrl + asked.path,
  }
  if (header.value !== null) return ok({ ...header.value, proof })
  return inBody === null ? no(refusal('bearer_missing')) : ok({ token: inBody, scheme: 'bearer', proof })
}

/** Who came with a proof is answered in that scheme; who came with nothing may choose. */
function challenge(status: number, refused: Refusal | null, asked: Asked): Reply {
  const bearer = 'Bearer realm="Lango"'
  const dpop = `DPoP realm="Lango", algs="${proofAlgs.join(' ')}"`
  if (refused === null) return json(status, {}, { 'www-authenticate': [bearer, dpop] })
  const { code, because = '' } = refused
  const provesKey =
    asked.headers['dpop'] !== undefined || /^dpop /i.test(asked.headers['authorization'] ?? '')
  return json(
    status,
    { error: code, error_description: because },
    {
      'www-authenticate': `${provesKey ? dpop : bearer}, error="${code}", error_description="${because}"`,
    },
  )
}
