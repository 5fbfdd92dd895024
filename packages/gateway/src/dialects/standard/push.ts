import { oauth } from '@lango/wire'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { authenticateClient } from '../../core/client/authenticate-client.ts'
import {
  readAuthorizationRequest,
  type AuthorizationRefusal,
  type TrustRefusal,
} from '../../core/authorization/authorization.ts'
import { widened } from '../../core/token/grant.ts'
import { pushRequest, type Pushed, type PushRequest } from '../../core/authorization/push-request.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked, Pairs } from '../../http/asked.ts'
import { readableFromBrowsers } from '../../http/cors.ts'
import { json, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import { readClientFields } from '../families/oauth/client.ts'
import { readKey } from '../families/oauth/key.ts'
import { oauthError, refuseAsOAuth, type OAuthNo } from '../families/oauth/refuse.ts'
import { policy } from './policy.ts'

type PushNo = OAuthNo | AuthorizationRefusal | TrustRefusal

/** RFC 9126 section 2.3: the error that the browser would have brought back. */
const refuse: Refuse<PushNo> = {
  ...refuseAsOAuth,
  unauthorized_client: plainly,
  unsupported_response_type: plainly,
  access_denied: plainly,
  login_required: plainly,
  consent_required: plainly,
  request_not_supported: plainly,
  request_uri_not_supported: plainly,
  invalid_request_uri: plainly,
  invalid_target: plainly,
  unmet_authentication_requirements: plainly,
  redirect_unregistered: (refused, _asked, deps) => oauthError(400, 'invalid_request', refused, deps),
  client_unknown: (refused, _asked, deps) => oauthError(401, 'invalid_client', refused, deps),
}

const push = route<PushRequest, Pushed, PushNo>('POST', oauth.paths.pushedRequest, {
  parse: readPush,
  run: pushRequest,
  print: ({ requestUri, expiresIn }) =>
    json(201, { request_uri: requestUri, expires_in: expiresIn.seconds } satisfies oauth.PushedRequestAnswer),
  refuse,
})

export const pushRoutes: readonly Route[] = readableFromBrowsers([push])

async function readPush(asked: Asked, deps: Deps): Promise<Result<PushRequest, Refusal<PushNo>>> {
  if (asked.body.kind !== 'form') return no(invalid('Send the parameters as a form.'))
  const { pairs } = asked.body
  // A resource alone may come more than once (RFC 8707 section 2.1).
  const once = pairs.filter(([name]) => name !== 'resource')
  const read = readClientFields({ ...asked, body: { kind: 'form', pairs: once } }, policy.clientSecretIn)
  if (!read.ok) return read
  const client = await authenticateClient(deps, read.value.credentials)
  if (!client.ok) return client
  // RFC 9126 section 2.1: a pushed request that points to another would never end.
  if (read.value.fields.has('request_uri'))
    return no(invalid('A pushed request holds its parameters itself: leave request_uri out.'))
  const key = await readKey(asked, deps)
  if (!key.ok) return key
  const bound = boundTo(pairs, key.value)
  if (!bound.ok) return bound
  const kept: Pairs = [
    ...bound.value.filter(([name]) => !proofs.has(name)),
    ['client_id', client.value.clientId] as const,
  ]
  const request = {
    ...readAuthorizationRequest(kept),
    pushed: { hash: new Uint8Array(), state: 'live' },
  } as const
  return ok({ application: client.value, request, pairs: kept, policy: widened(policy, client.value) })
}

/** RFC 9449 section 10.1: a proof that comes with a pushed request binds the code as if its thumbprint had been asked for. */
function boundTo(pairs: Pairs, jkt: string | null): Result<Pairs, Refusal<'invalid_request'>> {
  if (jkt === null) return ok(pairs)
  const asked = pairs.filter(([name, value]) => name === 'dpop_jkt' && value !== '')
  return asked.every(([, value]) => value === jkt)
    ? ok([...pairs.filter(([name]) => name !== 'dpop_jkt'), ['dpop_jkt', jkt]])
    : no(invalid('dpop_jkt names another key than the proof that came along.'))
}

/** What proves who pushes is no part of the request, and is not kept. */
const proofs: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
])

function invalid(because: string): Refusal<'invalid_request'> {
  return refusal('invalid_request', { because })
}

function plainly(refused: Refusal, _asked: Asked, deps: Deps): Reply {
  return oauthError(400, refused.code, refused, deps)
}
