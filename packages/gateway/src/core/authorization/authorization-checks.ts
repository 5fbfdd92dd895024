/** What an authorization request must be, check by check, in the order in which they are tried. */
import type { Result } from '../../base/result.ts'
import { refusal, type Refusal, type RefusalCode } from '../refusal.ts'
import type { AuthorizationRefusal, AuthorizationRequest, Situation, TrustRefusal } from './authorization.ts'
import { readClaimsRequest, type ClaimsRequest } from './claims-request.ts'
import { profiles } from '../application/profile.ts'
import { isRegistered } from '../application/redirect.ts'
import { readResources } from '../application/resource.ts'
import { readScope, type Scope } from '../application/scope.ts'

export type Check<Code extends RefusalCode> = (
  request: AuthorizationRequest,
  about: Situation,
) => Refusal<Code> | null

/** Until these pass, we do not know where an answer may go. */
export const trustChecks: readonly Check<TrustRefusal>[] = [knownClient, knownPush, exactRedirect]

/** Refused by redirect, with state and issuer. */
export const checks: readonly Check<AuthorizationRefusal>[] = [
  livePush,
  pushedWhereItMust,
  eachOnce,
  boundedSizes,
  noRequestObject,
  responseType,
  responseMode,
  pkce,
  boundToBrowser,
  scope,
  resource,
  claims,
  keyBinding,
  prompt,
  maxAge,
  hint,
]

export const prompts = ['none', 'login', 'consent', 'select_account'] as const
export const responseModes = ['query', 'form_post'] as const
export type ResponseMode = (typeof responseModes)[number]

/** Whatever else is wrong with a request, its answer comes as asked, if it can. */
export function responseModeOf(parameters: AuthorizationRequest['parameters']): ResponseMode {
  const byForm = parameters.get('response_mode') === 'form_post'
  return byForm && /^https?:/.test(parameters.get('redirect_uri') ?? '') ? 'form_post' : 'query'
}

export function promptsOf({ parameters }: AuthorizationRequest): readonly string[] {
  return (parameters.get('prompt') ?? '').split(' ').filter((word) => word !== '')
}

export function wantedScopes(
  { parameters }: AuthorizationRequest,
  { application }: Pick<Situation, 'application'>,
): Result<readonly Scope[], Refusal<'invalid_scope'>> {
  return readScope(parameters.get('scope') ?? '', application?.scopes ?? [])
}

/** Once it was checked. */
export function wantedClaims({ parameters }: AuthorizationRequest): ClaimsRequest {
  const read = readClaimsRequest(parameters.get('claims'))
  return read.ok ? read.value : {}
}

export function wantedResources(
  { resources }: AuthorizationRequest,
  { application, issuer }: Pick<Situation, 'application' | 'issuer'>,
): Result<readonly string[], Refusal<'invalid_target'>> {
  return readResources(resources, [...(application?.resources ?? []), issuer])
}

function knownClient(
  { parameters, repeated }: AuthorizationRequest,
  { application }: Situation,
): Refusal<'client_unknown'> | null {
  if (repeated.includes('client_id'))
    return refusal('client_unknown', { because: 'client_id came more than once.' })
  if (application === null) {
    const because = parameters.has('client_id')
      ? 'No application has this client_id.'
      : 'client_id is missing.'
    return refusal('client_unknown', { because })
  }
  return application.disabledAt === null
    ? null
    : refusal('client_unknown', { because: 'This application was switched off.' })
}

/** The address belongs to whoever pushed the request: another's is as unknown as one that was made up. */
function knownPush({ pushed }: AuthorizationRequest): Refusal<'invalid_request_uri'> | null {
  return pushed?.state === 'unknown'
    ? refusal('invalid_request_uri', {
        because: 'This application pushed no request under this request_uri.',
      })
    : null
}

function livePush({ pushed }: AuthorizationRequest): Refusal<'invalid_request_uri'> | null {
  return pushed?.state === 'ended'
    ? refusal('invalid_request_uri', { because: 'The request_uri was answered before, or its time is over.' })
    : null
}

/** RFC 9126 section 5: an application that pushes its requests has all others refused, or pushing would prove nothing. */
function pushedWhereItMust(
  { pushed }: AuthorizationRequest,
  { application }: Situation,
): Refusal<'invalid_request'> | null {
  const must = application !== null && (application.requirePar || profiles[application.profile].pushes)
  return must && pushed === null
    ? invalid('request_uri', 'This application pushes its requests first: send request_uri.')
    : null
}

/** RFC 9700 section 4.1.3. OpenID Connect wants the parameter in every request, so it is never guessed. */
function exactRedirect(
  { parameters, repeated }: AuthorizationRequest,
  { application }: Situation,
): Refusal<'redirect_unregistered'> | null {
  const not = (because: string) => refusal('redirect_unregistered', { because })
  if (repeated.includes('redirect_uri')) return not('redirect_uri came more than once.')
  const given = parameters.get('redirect_uri')
  if (given === undefined || given === '') return not('redirect_uri is missing.')
  if (application !== null && isRegistered(given, application.redirectUris, application.kind)) return null
  return not('redirect_uri is not one that this application registered. It is compared byte by byte.')
}

/** RFC 6749 section 3.1: readers differ in which of two they take. */
function eachOnce({ repeated: [name] }: AuthorizationRequest): Refusal<'invalid_request'> | null {
  return name === undefined ? null : invalid(name, `${clipped(name)} came more than once.`)
}

const longest = 2048

function boundedSizes({ parameters }: AuthorizationRequest): Refusal<'invalid_request'> | null {
  for (const [name, value] of parameters) {
    if (value.length > longest) return invalid(name, `${clipped(name)} is longer than ${longest} characters.`)
  }
  return null
}

/** Never fetched and never read (OpenID Connect Core 6). */
function noRequestObject({
  parameters,
}: AuthorizationRequest): Refusal<'request_not_supported' | 'request_uri_not_supported'> | null {
  if (parameters.has('request'))
    return refusal('request_not_supported', { because: 'Send plain parameters.' })
  if (parameters.has('request_uri')) {
    const because = 'Only a request_uri that our endpoint for pushed requests gave is served.'
    return refusal('request_uri_not_supported', { because })
  }
  return null
}

function responseType({
  parameters,
}: AuthorizationRequest): Refusal<'invalid_request' | 'unsupported_response_type'> | null {
  const type = parameters.get('response_type')
  if (type === undefined || type === '')
    return invalid('response_type', 'response_type is missing; send code.')
  return type === 'code'
    ? null
    : refusal('unsupported_response_type', {
        field: 'response_type',
        because: 'Only the code flow is served.',
      })
}

/** OAuth 2.0 Form Post Response Mode: a form leads to a web server, not into an application on a device. */
function responseMode({ parameters }: AuthorizationRequest): Refusal<'invalid_request'> | null {
  const mode = parameters.get('response_mode') ?? 'query'
  if (!responseModes.some((known) => known === mode))
    return invalid('response_mode', `response_mode is one of ${responseModes.join(', ')}.`)
  return mode === responseModeOf(parameters)
    ? null
    : invalid('response_mode', 'response_mode=form_post needs a redirect_uri with https or http.')
}

/** RFC 7636 and RFC 9700 section 2.1.1: S256 alone, since plain shows the secret to whoever reads the request. */
function pkce(
  { parameters }: AuthorizationRequest,
  { policy }: Situation,
): Refusal<'invalid_request'> | null {
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (challenge === undefined) {
    if (method !== undefined)
      return invalid('code_challenge', 'code_challenge_method came without code_challenge.')
    return policy.pkce === 'optional'
      ? null
      : invalid('code_challenge', 'PKCE is required: send code_challenge.')
  }
  if (method !== 'S256') return invalid('code_challenge_method', 'code_challenge_method must be S256.')
  return /^[A-Za-z0-9_-]{43}$/.test(challenge)
    ? null
    : invalid('code_challenge', 'code_challenge is not the base64url of a SHA-256.')
}

/** RFC 9700 section 2.1: PKCE, a nonce or a state; any of them lets the application refuse a planted answer. */
function boundToBrowser(
  { parameters }: AuthorizationRequest,
  { policy }: Situation,
): Refusal<'invalid_request'> | null {
  if (policy.request === 'unbound') return null
  const bound = ['code_challenge', 'nonce', 'state'].some((name) => (parameters.get(name) ?? '') !== '')
  return bound
    ? null
    : invalid('state', 'Send a state, a nonce or PKCE, so that the answer can be told from a planted one.')
}

function scope(request: AuthorizationRequest, about: Situation): Refusal<'invalid_scope'> | null {
  const read = wantedScopes(request, about)
  return read.ok ? null : read.refusal
}

function resource(request: AuthorizationRequest, about: Situation): Refusal<'invalid_target'> | null {
  const read = wantedResources(request, about)
  return read.ok ? null : read.refusal
}

function claims({ parameters }: AuthorizationRequest): Refusal<'invalid_request'> | null {
  const read = readClaimsRequest(parameters.get('claims'))
  return read.ok ? null : invalid('claims', read.refusal)
}

/** RFC 9449 section 10: the code is good only with a proof of this key. */
function keyBinding({ parameters }: AuthorizationRequest): Refusal<'invalid_request'> | null {
  const thumbprint = parameters.get('dpop_jkt')
  return thumbprint === undefined || /^[\w-]{43}$/.test(thumbprint)
    ? null
    : invalid('dpop_jkt', 'dpop_jkt is not the base64url of a SHA-256.')
}

function prompt(request: AuthorizationRequest): Refusal<'invalid_request'> | null {
  const words = promptsOf(request)
  const stranger = words.find((word) => !prompts.some((known) => known === word))
  if (stranger !== undefined) return invalid('prompt', `prompt takes ${prompts.join(', ')}.`)
  return words.includes('none') && words.length > 1 ? invalid('prompt', 'prompt=none stands alone.') : null
}

function maxAge({ parameters }: AuthorizationRequest): Refusal<'invalid_request'> | null {
  const value = parameters.get('max_age')
  return value === undefined || /^[0-9]{1,9}$/.test(value)
    ? null
    : invalid('max_age', 'max_age is a number of seconds.')
}

function hint(_request: AuthorizationRequest, about: Situation): Refusal<'invalid_request'> | null {
  return about.hint === 'unreadable'
    ? invalid('id_token_hint', 'id_token_hint is no ID token of ours.')
    : null
}

function invalid(field: string, because: string): Refusal<'invalid_request'> {
  return refusal('invalid_request', { field, because })
}

/** A name that a stranger chose, short enough to stand in an answer. */
function clipped(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '').slice(0, 40)
}
