import { batcher } from '../../base/batch.ts'
import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import { isBefore, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Proof } from '../client/client-credentials.ts'
import { canBeClientId } from '../application/find-application.ts'
import { findLiveTokens, nothingFound, type TokenFound, type TokenQuestion } from './token.sql.ts'
import { familyOf, kindOf, type LiveToken } from './token.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'digests'>

/** The access token behind a text, if it is good in this moment. Never from a cache: what is revoked is dead at once. */
export async function findAccessToken(deps: Needs, text: string): Promise<LiveToken | null> {
  const { token } = await findToken(deps, text, null)
  return token?.kind === 'access' ? token : null
}

/**
 * The access or refresh token behind a text, and whether who asks is the application that he says to be. Both in one
 * read, which all who ask at the same time share.
 */
export async function findToken(deps: Needs, text: string, caller: Proof | null): Promise<TokenFound> {
  const kind = kindOf(text)
  const familyId = kind === null ? null : familyOf(kind, text)
  const name = familyId === null ? null : { familyId, hash: deps.digests.sha256(text) }
  const known = caller !== null && canBeClientId(caller.clientId)
  if (name === null && !known) return nothingFound
  const question = {
    name,
    caller: known ? caller : null,
  }
  return await reader(deps.db)('', { question, now: deps.clock.now() })
}

type Asked = { readonly question: TokenQuestion; readonly now: Instant }

const reader = oncePer((db: Database) =>
  batcher<Asked, TokenFound>({
    limit: 128,
    queue: 10_000,
    together: true,
    run: async (asked) => {
      const latest = asked.reduce((a, b) => (isBefore(a.now, b.now) ? b : a)).now
      return await findLiveTokens(
        db,
        asked.map(({ question }) => question),
        latest,
      )
    },
  }),
)
