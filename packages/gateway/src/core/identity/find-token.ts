import { batcher } from '../../base/batch.ts'
import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import { isBefore, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { findLiveTokens, type TokenName } from './token.sql.ts'
import { familyOf, type LiveToken } from './token.ts'

/** The token behind a text, if it is good in this moment. Never from a cache: what is revoked is dead at once. */
export async function findToken(
  deps: Pick<Deps, 'db' | 'clock' | 'digests'>,
  kind: 'access' | 'refresh',
  text: string,
): Promise<LiveToken | null> {
  const familyId = familyOf(kind, text)
  if (familyId === null) return null
  const name = { familyId, hash: deps.digests.sha256(text) }
  const found = await reader(deps.db)('', { name, now: deps.clock.now() })
  return found?.kind === kind ? found : null
}

type Wanted = { readonly name: TokenName; readonly now: Instant }

const reader = oncePer((db: Database) =>
  batcher<Wanted, LiveToken | null>({
    limit: 128,
    queue: 10_000,
    together: true,
    run: async (wanted) => {
      const latest = wanted.reduce((a, b) => (isBefore(a.now, b.now) ? b : a)).now
      return await findLiveTokens(
        db,
        wanted.map(({ name }) => name),
        latest,
      )
    },
  }),
)
