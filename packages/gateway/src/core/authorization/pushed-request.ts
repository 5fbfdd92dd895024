/** Authorization requests that come from the application itself before the browser does: RFC 9126. */
import type { Chance } from '../../base/id.ts'
import { randomToken } from '../../base/secret.ts'
import { minutes, seconds } from '../../base/time.ts'

/** Between the push and the browser's coming lies one redirect. */
export const pushedLives = seconds(90)

/**
 * From when the browser came, until she signed in and agreed. So an address that was opened in time never ends under
 * her hands, and one that was not opened is soon of no use to whoever finds it.
 */
export const openedLives = minutes(30)

const prefix = 'urn:ietf:params:oauth:request_uri:'

export function newRequestUri(chance: Chance): string {
  return `${prefix}${randomToken(chance)}`
}

/** Whether an address is one that we could have given; anything else is never looked for, and never fetched. */
export function isRequestUri(text: string): boolean {
  return text.startsWith(prefix) && /^[\w-]{43}$/.test(text.slice(prefix.length))
}
