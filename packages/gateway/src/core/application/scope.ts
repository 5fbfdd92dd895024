/** What an application may ask for: OpenID Connect Core 1.0 section 5.4 and 11. */
import { no, ok, type Result } from '../../base/result.ts'
import { refusal, type Refusal } from '../refusal.ts'

export const scopes = ['openid', 'profile', 'email', 'phone', 'offline_access'] as const
export type IdentityScope = (typeof scopes)[number]

/** What a resource server names itself, such as `payments:read`; the colon tells it from ours. */
export type ResourceScope = `${string}:${string}`

export type Scope = IdentityScope | ResourceScope

/**
 * Reads a scope parameter, in our order and each once. Absent or empty means `openid`, as field clients send it so.
 * Values that we do not know are left out (OpenID Connect Core 3.1.2.1); one that we know and the application may
 * not ask for is refused, and so is a text of which nothing is left.
 */
export function readScope(
  text: string,
  allowed: readonly string[],
): Result<readonly Scope[], Refusal<'invalid_scope'>> {
  const asked = new Set(text.split(' ').filter((word) => word !== ''))
  if (asked.size === 0) asked.add('openid')
  const known: readonly Scope[] = [
    ...scopes.filter((scope) => asked.has(scope)),
    ...allowed.filter((scope) => isResourceScope(scope)).filter((scope) => asked.has(scope)),
  ]
  const forbidden = known.find((scope) => !allowed.includes(scope))
  if (forbidden !== undefined)
    return no(unfit(`This application is not registered for the scope ${forbidden}.`))
  return known.length === 0
    ? no(unfit(`None of these scopes is served; served are: ${scopes.join(' ')}.`))
    : ok(known)
}

export function isScope(text: string): text is Scope {
  return isIdentityScope(text) || isResourceScope(text)
}

function isIdentityScope(text: string): text is IdentityScope {
  return scopes.some((scope) => scope === text)
}

/** Lower-case words around a colon, of the characters of RFC 6749 section 3.3. */
export function isResourceScope(text: string): text is ResourceScope {
  return /^[a-z0-9][a-z0-9._-]{0,39}(:[a-z0-9][a-z0-9._-]{0,39}){1,3}$/.test(text)
}

function unfit(because: string): Refusal<'invalid_scope'> {
  return refusal('invalid_scope', { field: 'scope', because })
}

/** What `array_to_string(scopes, ' ')` joined: a text costs less to read than an array. */
export function splitScopes(joined: string): readonly Scope[] {
  return joined.split(' ').filter(isScope)
}
