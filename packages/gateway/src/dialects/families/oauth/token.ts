import { no, ok, type Result } from '../../../base/result.ts'
import type { Deps } from '../../../core/deps.ts'
import { authenticateClient } from '../../../core/client/authenticate-client.ts'
import type { ClientCredentials } from '../../../core/client/client-credentials.ts'
import { grantTokens } from '../../../core/token/grant-tokens.ts'
import type { GrantPolicy, Tokens } from '../../../core/token/grant.ts'
import { readTokenRequest, type TokenRequest } from '../../../core/token/token-request.ts'
import type { Refusal } from '../../../core/refusal.ts'
import type { Asked } from '../../../http/asked.ts'
import { json } from '../../../http/reply.ts'
import { route, type Route } from '../../../http/route.ts'
import { readClientFields } from './client.ts'
import { readKey } from './key.ts'
import { refuseAsOAuth, type OAuthNo } from './refuse.ts'

type Grant = {
  readonly by: ClientCredentials
  readonly request: TokenRequest
  readonly jkt: string | null
}

/** A token endpoint: what differs between wires is where it is, how strict it is and what its answer is called. */
export function tokenRoute(path: string, policy: GrantPolicy, print: (tokens: Tokens) => object): Route {
  return route<Grant, Tokens, OAuthNo>('POST', path, {
    parse: async (asked, deps) => await readGrant(asked, deps, policy),
    run: async (deps, { by, request, jkt }) => await grantTokens(deps, by, { ...request, jkt }, policy),
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
  const by = read.value.credentials
  const request = readTokenRequest(read.value.fields, policy)
  if (request.ok) {
    const key = policy.bindsTo === 'keys' ? await readKey(asked, deps) : ok(null)
    return key.ok ? ok({ by, request: request.value, jkt: key.value }) : key
  }
  // What is wrong with a request is told to the application alone.
  const client = await authenticateClient(deps, by)
  return client.ok ? no(request.refusal) : client
}
