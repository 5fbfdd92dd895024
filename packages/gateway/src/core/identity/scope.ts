/** What an application may ask for: OpenID Connect Core 1.0 section 5.4 and 11. */
import { no, ok, type Result } from '../../base/result.ts'
import { refusal, type Refusal } from '../refusal.ts'

export const scopes = ['openid', 'profile', 'email', 'phone', 'offline_access'] as const
export type Scope = (typeof scopes)[number]

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
  const known = scopes.filter((scope) => asked.has(scope))
  const forbidden = known.find((scope) => !allowed.includes(scope))
  if (forbidden !== undefined)
    return no(unfit(`This application is not registered for the scope ${forbidden}.`))
  return known.length === 0
    ? no(unfit(`None of these scopes is served; served are: ${scopes.join(' ')}.`))
    : ok(known)
}

export function isScope(text: string): text is Scope {
  return scopes.some((scope) => scope === text)
}

function unfit(because: string): Refusal<'invalid_scope'> {
  return refusal('invalid_scope', { field: 'scope', because })
}

/** What `array_to_string(scopes, ' ')` joined: a text costs less to read than an array. */
export function splitScopes(joined: string): readonly Scope[] {
  return joined.split(' ').filter(isScope)
}
