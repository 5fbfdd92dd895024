/** The token request: RFC 6749 sections 4.1.3, 4.4.2 and 6, RFC 7636 section 4.5, RFC 8628 section 3.4. */
import { no, ok, type Result } from '../../base/result.ts'
import type { GrantPolicy, GrantType } from './grant.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { resourceFault } from '../application/resource.ts'
import { isResourceScope, isScope, type ResourceScope, type Scope } from '../application/scope.ts'

/** What any grant may ask for beside. */
type Target = {
  /** Resource servers that the access token is for (RFC 8707 section 2.2), each once; null for all that were granted. */
  readonly resources: readonly string[] | null
}

export type CodeGrant = Target & {
  readonly grant: 'code'
  readonly code: string
  readonly redirectUri: string | null
  readonly verifier: string | null
}

export type RefreshGrant = Target & {
  readonly grant: 'refresh'
  readonly refreshToken: string
  /** Null for all that was granted. */
  readonly scopes: readonly Scope[] | null
}

/** RFC 6749 section 4.4: for the application itself. */
export type ClientGrant = Target & {
  readonly grant: 'client'
  /** Null for all that it is registered for. */
  readonly scopes: readonly ResourceScope[] | null
}

/** RFC 8628 section 3.4. */
export type DeviceGrant = Target & { readonly grant: 'device'; readonly deviceCode: string }

export type TokenRequest = CodeGrant | RefreshGrant | ClientGrant | DeviceGrant

export type TokenRequestRefusal = Refusal<
  'invalid_request' | 'unsupported_grant_type' | 'invalid_scope' | 'invalid_target'
>

/** What each grant type asks for. */
const readers: Readonly<Record<GrantType, (fields: Fields) => Result<TokenRequest, TokenRequestRefusal>>> = {
  authorization_code: readCodeGrant,
  refresh_token: readRefreshGrant,
  client_credentials: readClientGrant,
  'urn:ietf:params:oauth:grant-type:device_code': readDeviceGrant,
}

type Fields = ReadonlyMap<string, string>

export function readTokenRequest(
  fields: Fields,
  { grants }: Pick<GrantPolicy, 'grants'>,
): Result<TokenRequest, TokenRequestRefusal> {
  const type = fields.get('grant_type') ?? ''
  if (type === '') return no(missing('grant_type'))
  const served = grants.find((grant) => grant === type)
  if (served !== undefined) return readers[served](fields)
  return no(
    refusal('unsupported_grant_type', {
      field: 'grant_type',
      because: `grant_type is one of ${grants.join(', ')}.`,
    }),
  )
}

function readCodeGrant(fields: Fields): Result<CodeGrant, TokenRequestRefusal> {
  const code = fields.get('code') ?? ''
  if (code === '') return no(missing('code'))
  const verifier = fields.get('code_verifier') ?? null
  if (verifier !== null && !/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) {
    const because = 'code_verifier is 43 to 128 letters, digits and - . _ ~ (RFC 7636 section 4.1).'
    return no(refusal('invalid_request', { field: 'code_verifier', because }))
  }
  const resources = readTarget(fields)
  if (!resources.ok) return resources
  const redirectUri = fields.get('redirect_uri') ?? null
  return ok({ grant: 'code', code, redirectUri, verifier, resources: resources.value })
}

function readRefreshGrant(fields: Fields): Result<RefreshGrant, TokenRequestRefusal> {
  const refreshToken = fields.get('refresh_token') ?? ''
  if (refreshToken === '') return no(missing('refresh_token'))
  const target = readTarget(fields)
  if (!target.ok) return target
  const resources = target.value
  const words = (fields.get('scope') ?? '').split(' ').filter((word) => word !== '')
  if (words.length === 0) return ok({ grant: 'refresh', refreshToken, scopes: null, resources })
  const scopes = words.filter(isScope)
  if (scopes.length === words.length)
    return ok({ grant: 'refresh', refreshToken, scopes: [...new Set(scopes)], resources })
  return no(refusal('invalid_scope', { field: 'scope', because: 'A refresh cannot widen what was granted.' }))
}

/** Scopes that are about a person have nobody here: no openid, no profile, no refresh token (RFC 9700 section 4.15). */
function readClientGrant(fields: Fields): Result<ClientGrant, TokenRequestRefusal> {
  const target = readTarget(fields)
  if (!target.ok) return target
  const resources = target.value
  const words = (fields.get('scope') ?? '').split(' ').filter((word) => word !== '')
  if (words.length === 0) return ok({ grant: 'client', scopes: null, resources })
  const scopes = words.filter(isResourceScope)
  if (scopes.length === words.length) return ok({ grant: 'client', scopes: [...new Set(scopes)], resources })
  const because = 'An application by itself gets scopes of resource servers alone, such as payments:read.'
  return no(refusal('invalid_scope', { field: 'scope', because }))
}

function readDeviceGrant(fields: Fields): Result<DeviceGrant, TokenRequestRefusal> {
  const deviceCode = fields.get('device_code') ?? ''
  if (deviceCode === '') return no(missing('device_code'))
  const target = readTarget(fields)
  return target.ok ? ok({ grant: 'device', deviceCode, resources: target.value }) : target
}

/** The door joins a parameter that may come several times by line ends, which no address holds. */
function readTarget(fields: Fields): Result<readonly string[] | null, Refusal<'invalid_target'>> {
  const named = (fields.get('resource') ?? '').split('\n').filter((resource) => resource !== '')
  for (const resource of named) {
    const because = resourceFault(resource)
    if (because !== null) return no(refusal('invalid_target', { field: 'resource', because }))
  }
  return ok(named.length === 0 ? null : [...new Set(named)])
}

function missing(field: string): Refusal<'invalid_request'> {
  return refusal('invalid_request', { field, because: `${field} is missing.` })
}
