import { no, ok, type Result } from '../../../base/result.ts'
import type { Deps } from '../../../core/deps.ts'
import type { Application } from '../../../core/identity/application.ts'
import { authenticateClient } from '../../../core/identity/authenticate-client.ts'
import { grantTokens } from '../../../core/identity/grant-tokens.ts'
import { widened, type GrantPolicy, type Tokens } from '../../../core/identity/grant.ts'
import { readTokenRequest, type TokenRequest } from '../../../core/identity/token-request.ts'
import type { Refusal } from '../../../core/refusal.ts'
import type { Asked } from '../../../http/asked.ts'
import { json } from '../../../http/reply.ts'
import { route, type Route } from '../../../http/route.ts'
import { readClientFields } from './client.ts'
import { refuseAsOAuth, type OAuthNo } from './refuse.ts'

type Grant = {
  readonly application: Application
  readonly request: TokenRequest
  readonly policy: GrantPolicy
}

/** A token endpoint: what differs between wires is where it is, how strict it is and what its answer is called. */
export function tokenRoute(path: string, policy: GrantPolicy, print: (tokens: Tokens) => object): Route {
  return route<Grant, Tokens, OAuthNo>('POST', path, {
    parse: async (asked, deps) => await readGrant(asked, deps, policy),
    run: async (deps, grant) => await grantTokens(deps, grant.application, grant.request, grant.policy),
    print: (tokens) => json(200, print(tokens), { pragma: 'no-cache' }),
    refuse: refuseAsOAuth,
  })
}

async function readGrant(
  asked: Asked,
  deps: Deps,
  policy: GrantPolicy,
): Promise<Result<Grant, Refusal<OAuthNo>>> {
  const read = readClientFields(asked, policy.clientSecretIn)
  if (!read.ok) return read
  const client = await authenticateClient(deps, read.value.credentials)
  if (!client.ok) return client
  const request = readTokenRequest(read.value.fields)
  if (!request.ok) return no(request.refusal)
  return ok({ application: client.value, request: request.value, policy: widened(policy, client.value) })
}
