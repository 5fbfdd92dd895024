/** What an application may be registered as: RFC 7591 section 2, OpenID Connect Registration 1.0, RFC 9700. */
import { refusal, type Refusal } from '../refusal.ts'
import { isPublic, type Application, type ApplicationKind, type Grant } from './application.ts'
import { profiles, type Profile } from './profile.ts'
import { redirectFault } from './redirect.ts'
import { isScope, scopes } from './scope.ts'
import { signingAlgs, type SigningAlg } from '../signing-key/signing-key.ts'

export type Registered = Omit<Application, 'organizationName' | 'disabledAt' | 'demo'>
export type RegistrationFault = Refusal<'field_invalid'>

/** The grants of each kind: the usual ones first, then those that it may have beside them. */
export const grantsOfKind: Readonly<
  Record<ApplicationKind, { readonly usual: readonly Grant[]; readonly also: readonly Grant[] }>
> = {
  web: { usual: ['authorization_code', 'refresh_token'], also: ['client_credentials'] },
  'single-page': { usual: ['authorization_code', 'refresh_token'], also: [] },
  native: { usual: ['authorization_code', 'refresh_token'], also: ['device_code'] },
  machine: { usual: ['client_credentials'], also: [] },
  device: { usual: ['device_code', 'refresh_token'], also: [] },
}

/** Who is asked for nothing needs none of the scopes that are about people. */
export function usualScopes(registered: readonly Grant[]): readonly (typeof scopes)[number][] {
  return signsPeopleIn(registered) ? scopes : []
}

/** The first algorithm that the profile knows, which for most is the one that every library reads. */
export function usualIdTokenAlg(profile: Profile): SigningAlg {
  return idTokenAlgsOf(profile)[0] ?? 'ES256'
}

/** The first rule that it breaks; null when it may be registered. Whether its keys can be read is not asked here. */
export function registrationFault(made: Registered, mode: 'sandbox' | 'live'): RegistrationFault | null {
  for (const rule of rules) {
    const fault = rule(made, mode)
    if (fault !== null) return fault
  }
  return null
}

type Rule = (made: Registered, mode: 'sandbox' | 'live') => RegistrationFault | null

const rules: readonly Rule[] = [
  ({ name }) =>
    /^[^\p{Cc}\p{Cf}]{1,100}$/u.test(name) ? null : invalid('name', 'A name of 1 to 100 characters.'),
  ({ clientId }) =>
    /^[\x21-\x39\x3b-\x7e]{1,100}$/.test(clientId)
      ? null
      : invalid('clientId', 'Printable ASCII without blanks and colons, at most 100 characters.'),
  // Whoever reads `sub` alone must never take an application for a person (RFC 9700 section 4.15).
  ({ clientId, grants }) =>
    grants.includes('client_credentials') && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId)
      ? invalid(
          'clientId',
          'An id in the form of an account’s could be taken for a person: leave out the dashes.',
        )
      : null,
  grantsFault,
  addressesFault,
  methodFault,
  keysPlaceFault,
  scopesFault,
  profileFault,
  sectorFault,
  (made, mode) => serverAddressFault('backchannelLogoutUri', made.backchannelLogoutUri, mode),
  ({ colour }) =>
    colour === null || /^#[0-9a-f]{6}$/.test(colour)
      ? null
      : invalid('colour', 'A colour as #rrggbb, with digits and a to f.'),
]

function grantsFault({ kind, grants }: Registered): RegistrationFault | null {
  const { usual, also } = grantsOfKind[kind]
  const may = [...usual, ...also]
  const wrong = grants.find((grant) => !may.includes(grant))
  if (wrong !== undefined)
    return invalid('grants', `A ${kind} application cannot have ${wrong}; it may have ${may.join(', ')}.`)
  if (grants.length === 0) return invalid('grants', `At least one of ${may.join(', ')}.`)
  return grants.includes('refresh_token') && grants.length === 1
    ? invalid('grants', 'refresh_token alone leads nowhere: another grant gives the first token.')
    : null
}

function addressesFault(made: Registered): RegistrationFault | null {
  const { kind, redirectUris, postLogoutRedirectUris } = made
  if (made.grants.includes('authorization_code') && redirectUris.length === 0)
    return invalid('redirectUris', 'At least one redirect address.')
  for (const [field, uris] of Object.entries({ redirectUris, postLogoutRedirectUris })) {
    if (uris.length > mostAddresses) return invalid(field, `At most ${mostAddresses} addresses.`)
    for (const uri of uris) {
      const because = redirectFault(uri, kind)
      if (because !== null) return invalid(field, `${uri.slice(0, 100)}: ${because}`)
    }
  }
  return null
}

const mostAddresses = 50

function methodFault(made: Registered): RegistrationFault | null {
  const { kind, authMethod } = made
  if (authMethod === null) return null
  if (isPublic(made) !== (authMethod === 'none')) {
    return invalid(
      'authMethod',
      isPublic(made)
        ? `A ${kind} application runs on somebody’s own device and can keep no secret: none.`
        : `A ${kind} application proves who it is: client_secret_basic, client_secret_post or private_key_jwt.`,
    )
  }
  return null
}

function keysPlaceFault(made: Registered, mode: 'sandbox' | 'live'): RegistrationFault | null {
  const { authMethod, jwks, jwksUri } = made
  if (authMethod !== 'private_key_jwt') {
    const given = jwks !== null ? 'jwks' : jwksUri !== null ? 'jwksUri' : null
    return given === null ? null : invalid(given, 'Keys are for the method private_key_jwt alone.')
  }
  if (jwks !== null && jwksUri !== null)
    return invalid('jwksUri', 'Give the keys, or the address where they are, not both.')
  if (jwks === null && jwksUri === null)
    return invalid('jwks', 'private_key_jwt needs the public keys, or the address where they are.')
  return serverAddressFault('jwksUri', jwksUri, mode)
}

function scopesFault({ scopes: asked, grants }: Registered): RegistrationFault | null {
  const unread = asked.find((scope: string) => !isScope(scope))
  if (unread !== undefined) {
    return invalid(
      'scopes',
      `${unread}: one of ${scopes.join(', ')}, or words around a colon, as payments:read.`,
    )
  }
  const personal = signsPeopleIn(grants) ? undefined : asked.find((scope) => !scope.includes(':'))
  return personal === undefined
    ? null
    : invalid('scopes', `${personal} is about a person, and this application signs none in.`)
}

function profileFault({ profile, authMethod, idTokenAlg, allowances }: Registered): RegistrationFault | null {
  const rules = profiles[profile]
  if (rules.authMethod !== null && authMethod !== rules.authMethod)
    return invalid('authMethod', `The profile ${profile} asks for ${rules.authMethod}.`)
  const algs = idTokenAlgsOf(profile)
  if (!algs.includes(idTokenAlg))
    return invalid('idTokenAlg', `The profile ${profile} knows no ${idTokenAlg}: take ${algs.join(', ')}.`)
  return allowances.length > 0 && !rules.takesAllowances
    ? invalid('allowances', `The profile ${profile} and an allowance contradict each other.`)
    : null
}

function idTokenAlgsOf(profile: Profile): readonly SigningAlg[] {
  return signingAlgs.filter((alg) => !profiles[profile].signsNeverBy.some((never) => never === alg))
}

/** OpenID Connect Core 8.1: the sector is the one host of all redirect addresses, or it has to be said. */
function sectorFault({ subjectType, sector, redirectUris }: Registered): RegistrationFault | null {
  if (subjectType === 'public')
    return sector === null ? null : invalid('sector', 'A sector is for pairwise subjects alone.')
  if (sector !== null) {
    return /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/.test(sector)
      ? null
      : invalid('sector', 'A host name in lower case, such as ministry.example.')
  }
  return sectorOf(redirectUris) === null
    ? invalid('sector', 'The redirect addresses are not all on one host, so say which sector it belongs to.')
    : null
}

/** The host that all addresses are on; null when there is not exactly one. */
export function sectorOf(redirectUris: readonly string[]): string | null {
  const hosts = new Set(redirectUris.map((uri) => URL.parse(uri)?.hostname ?? ''))
  const [host = ''] = hosts
  return hosts.size === 1 && host !== '' ? host : null
}

/** An address that our server calls. The guard of outgoing HTTP decides at each call; this says it before. */
function serverAddressFault(
  field: 'jwksUri' | 'backchannelLogoutUri',
  uri: string | null,
  mode: 'sandbox' | 'live',
): RegistrationFault | null {
  if (uri === null) return null
  const url = URL.parse(uri)
  if (url === null || uri.length > 2000 || !/^[\x21-\x7e]+$/.test(uri))
    return invalid(field, 'An absolute address of at most 2000 characters.')
  if (url.username !== '' || url.password !== '')
    return invalid(field, 'An address may not carry a user name.')
  if (uri.includes('#')) return invalid(field, 'The address may have no fragment.')
  if (mode === 'sandbox' && url.protocol === 'http:' && isOwnMachine(url.hostname)) return null
  if (url.protocol !== 'https:') return invalid(field, 'Only https addresses: our server fetches it.')
  return mode === 'live' && isPrivateName(url.hostname)
    ? invalid(field, `${url.hostname} is no host that others can reach: give a public host name.`)
    : null
}

function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]'
}

/** Bare addresses too: no public server of a serious application has only a number. */
function isPrivateName(name: string): boolean {
  const host = name.replace(/\.$/, '')
  if (!host.includes('.') || /^[\d.]+$/.test(host) || host.startsWith('[')) return true
  return /\.(local|localhost|internal|intranet|lan|home|corp|private|home\.arpa)$/.test(host)
}

function signsPeopleIn(registered: readonly Grant[]): boolean {
  return registered.includes('authorization_code') || registered.includes('device_code')
}

function invalid(field: string, because: string): RegistrationFault {
  return refusal('field_invalid', { field, because })
}
