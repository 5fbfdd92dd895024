import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { allows } from '../application/application.ts'
import { checkAssertion, type AssertionNeeds } from '../client/check-assertion.ts'
import { proofOf, type ClientCredentials, type ClientRefusal } from '../client/client-credentials.ts'
import { countingGuesses } from '../client/count-guesses.ts'
import { findToken } from './find-token.ts'
import type { Scope } from '../application/scope.ts'
import type { LiveToken } from './token.ts'

export type IntrospectToken = {
  readonly token: string
  /** Who says to ask; null for somebody who does not say. */
  readonly by: ClientCredentials | null
  readonly kinds: readonly LiveToken['kind'][]
}

/**
 * What the asker may know of a token: its own application everything; a resource server that it is for, what concerns
 * that one; a stranger only that an access token is good,
 * and only where the token's application allows that. Whatever else it may be, the answer is the same null.
 */
export async function introspectToken(
  deps: AssertionNeeds,
  { token, by, kinds }: IntrospectToken,
): Promise<Result<LiveToken | null, ClientRefusal>> {
  if (by === null) return ok(await seenByStranger(deps, token))
  const checked = await checkAssertion(deps, by)
  if (!checked.ok) return checked
  const found = await countingGuesses(deps, by, async () => {
    const answer = await findToken(deps, token, proofOf(deps.digests, checked.value))
    return answer.proved ? answer : null
  })
  if (!found.ok) return found
  const { token: live, serves } = found.value
  if (live === null || !kinds.includes(live.kind)) return ok(null)
  if (live.clientId === by.clientId) return ok(live)
  return ok(serves === null || live.kind !== 'access' ? null : { ...live, scopes: served(live, serves) })
}

function served({ scopes }: LiveToken, serves: 'all' | readonly Scope[]): readonly Scope[] {
  return serves === 'all' ? scopes : scopes.filter((scope) => serves.includes(scope))
}

async function seenByStranger(
  deps: Pick<Deps, 'db' | 'clock' | 'digests' | 'log'>,
  text: string,
): Promise<LiveToken | null> {
  const { token } = await findToken(deps, text, null)
  if (token === null) return null
  if (token.kind === 'access' && allows(token, 'open-introspection')) return token
  deps.log.warn('a stranger asked about a token', { clientId: token.clientId, familyId: token.familyId })
  return null
}
