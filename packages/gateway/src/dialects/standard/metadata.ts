import { oauth } from '@lango/wire'
import { ok } from '../../base/result.ts'
import { base64url } from '../../base/bytes.ts'
import { locales } from '../../base/locale.ts'
import type { Deps } from '../../core/deps.ts'
import { authMethods } from '../../core/application/application.ts'
import { assuranceLevels } from '../../core/factor/assurance.ts'
import { prompts, responseModes } from '../../core/authorization/authorization-checks.ts'
import { assertionAlgs } from '../../core/client/client-assertion.ts'
import { proofAlgs } from '../../core/token/proof.ts'
import { scopes } from '../../core/application/scope.ts'
import { keysMayBeCached, signingAlgs } from '../../core/signing-key/signing-key.ts'
import type { Asked } from '../../http/asked.ts'
import { readableFromBrowsers } from '../../http/cors.ts'
import { json, type Reply } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { claimsOfAccounts } from './claims.ts'
import { policy } from './policy.ts'

/** What the discovery documents say, of what the code does. */
export function metadata({ publicUrl }: Pick<Deps, 'publicUrl'>): oauth.Metadata {
  const at = (path: string): string => publicUrl + path
  const proving = authMethods.filter((method) => method !== 'none')
  return {
    issuer: publicUrl,
    authorization_endpoint: at(oauth.paths.authorize),
    token_endpoint: at(oauth.paths.token),
    jwks_uri: at(oauth.paths.keys),
    userinfo_endpoint: at(oauth.paths.userInfo),
    introspection_endpoint: at(oauth.paths.introspect),
    revocation_endpoint: at(oauth.paths.revoke),
    end_session_endpoint: at(oauth.paths.endSession),
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    pushed_authorization_request_endpoint: at(oauth.paths.pushedRequest),
    device_authorization_endpoint: at(oauth.paths.device),
    require_pushed_authorization_requests: false,
    scopes_supported: scopes,
    response_types_supported: ['code'],
    response_modes_supported: responseModes,
    grant_types_supported: policy.grants,
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: signingAlgs,
    token_endpoint_auth_methods_supported: authMethods,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    introspection_endpoint_auth_methods_supported: proving,
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    revocation_endpoint_auth_methods_supported: authMethods,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    dpop_signing_alg_values_supported: proofAlgs,
    code_challenge_methods_supported: ['S256'],
    claims_supported: [...protocolClaims, ...claimsOfAccounts],
    ui_locales_supported: locales,
    prompt_values_supported: prompts,
    acr_values_supported: assuranceLevels,
    claims_parameter_supported: true,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
  }
}

const protocolClaims = [
  'iss',
  'sub',
  'aud',
  'azp',
  'exp',
  'iat',
  'auth_time',
  'acr',
  'amr',
  'sid',
  'nonce',
  'at_hash',
]

const document = (path: string): Route =>
  route('GET', path, {
    parse: () => ok(null),
    run: (deps) => Promise.resolve(ok(metadata(deps))),
    print: publicly,
    refuse: {},
  })

const keys = route('GET', oauth.paths.keys, {
  parse: () => ok(null),
  run: async (deps) => ok({ keys: await deps.signer.publicKeys() }),
  print: publicly,
  refuse: {},
})

export const metadataRoutes: readonly Route[] = readableFromBrowsers([
  document(oauth.paths.openIdMetadata),
  document(oauth.paths.serverMetadata),
  keys,
])

const cacheControl = `public, max-age=${keysMayBeCached.seconds}`

function publicly(value: unknown, asked: Asked, { digests }: Deps): Reply {
  const etag = `"${base64url(digests.sha256(JSON.stringify(value)).subarray(0, 12))}"`
  const headers = { 'cache-control': cacheControl, etag }
  return asked.headers['if-none-match'] === etag
    ? { status: 304, headers, body: '' }
    : json(200, value, headers)
}
