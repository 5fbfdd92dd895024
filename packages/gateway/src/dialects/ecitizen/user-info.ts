import { ecitizen } from '@lango/wire'
import { no, ok, type Result } from '../../base/result.ts'
import {
  readUserInfo,
  type PresentedToken,
  type UserInfo,
  type UserInfoRefusal,
} from '../../core/token/read-user-info.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { readBearer } from '../../http/authorization.ts'
import { readableFromBrowsers } from '../../http/cors.ts'
import { queryFields } from '../../http/fields.ts'
import { json, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import { describe } from './claims.ts'

type UserInfoNo = 'invalid_request' | UserInfoRefusal['code']

/** The seed knows one no: 400 and `invalid_request`, for an expired token too. */
const refuse: Refuse<UserInfoNo> = {
  invalid_request: bad,
  invalid_token: bad,
  invalid_dpop_proof: bad,
  insufficient_scope: bad,
}

const userInfo = (path: string): Route =>
  route<string, UserInfo, UserInfoNo>('GET', path, {
    parse: readToken,
    run: async (deps, token) => await readUserInfo(deps, asBearer(token)),
    print: ({ account, subject, seen }) => json(200, { sub: subject, ...describe(account, seen) }),
    refuse,
  })

export const userInfoRoutes: readonly Route[] = readableFromBrowsers(ecitizen.paths.userInfo.map(userInfo))

/** This wire knows no proofs. */
function asBearer(token: string): PresentedToken {
  return { token, scheme: 'bearer', proof: { text: null, method: '', url: '' } }
}

function readToken(asked: Asked): Result<string, Refusal<UserInfoNo>> {
  const query = queryFields(asked)
  if (!query.ok) return no(invalid(`${query.refusal.field ?? 'A parameter'} came more than once.`))
  const inQuery = query.value.get('access_token') ?? ''
  const bearer = readBearer(asked)
  if (!bearer.ok) return no(invalid('The Authorization header is not readable as Bearer.'))
  if (inQuery === '')
    return bearer.value === null ? no(invalid('access_token is missing.')) : ok(bearer.value)
  return bearer.value === null ? ok(inQuery) : no(invalid('Send the access token in one place, not in two.'))
}

function invalid(because: string): Refusal<'invalid_request'> {
  return refusal('invalid_request', { because })
}

function bad({ because = 'The request cannot be answered.' }: Refusal): Reply {
  const body: ecitizen.ErrorAnswer = { error: 'invalid_request', error_description: because }
  return json(400, body)
}
