import type { Deps } from '../deps.ts'
import { allows, type Application } from './application.ts'
import { findToken } from './find-token.ts'
import { kindOf, type LiveToken, type TokenKind } from './token.ts'

export type IntrospectToken = {
  readonly token: string
  /** Who asks, proved; null for somebody who does not say. */
  readonly by: Application | null
  readonly kinds: readonly TokenKind[]
}

/**
 * What the asker may know of a token: its own application everything; a stranger only that an access token is good,
 * and only where the token's application allows that. Whatever else it may be, the answer is the same null.
 */
export async function introspectToken(
  deps: Pick<Deps, 'db' | 'clock' | 'digests' | 'log'>,
  { token, by, kinds }: IntrospectToken,
): Promise<LiveToken | null> {
  const kind = kindOf(token)
  if (kind === null || kind === 'code' || !kinds.includes(kind)) return null
  const found = await findToken(deps, kind, token)
  if (found === null) return null
  if (by !== null) return found.clientId === by.clientId ? found : null
  if (kind === 'access' && allows(found, 'open-introspection')) return found
  deps.log.warn('a stranger asked about a token', { clientId: found.clientId, familyId: found.familyId })
  return null
}
