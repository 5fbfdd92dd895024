import { batcher } from '../../base/batch.ts'
import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import type { Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { ApplicationWithSecrets } from './application.ts'
import { findApplications } from './application.sql.ts'

/** Whether anybody can have been given such an id. PostgreSQL's text knows no NUL. */
export function canBeClientId(text: string): boolean {
  return text !== '' && text.length <= 200 && !text.includes('\0')
}

/** The application with its live secrets, read anew each time: what is switched off or rotated counts at once. */
export async function findApplication(
  deps: Pick<Deps, 'db' | 'clock'>,
  clientId: string,
): Promise<ApplicationWithSecrets | null> {
  if (!canBeClientId(clientId)) return null
  return await reader(deps.db)('', { clientId, now: deps.clock.now() })
}

type Wanted = { readonly clientId: string; readonly now: Instant }

const reader = oncePer((db: Database) =>
  batcher<Wanted, ApplicationWithSecrets | null>({
    limit: 128,
    queue: 10_000,
    together: true,
    run: async (wanted) => {
      const latest = wanted.reduce((a, b) => (a.now.epochMs > b.now.epochMs ? a : b))
      const ids = [...new Set(wanted.map(({ clientId }) => clientId))]
      const found = new Map(
        (await findApplications(db, ids, latest.now)).map((each) => [each.clientId, each]),
      )
      return wanted.map(({ clientId }) => found.get(clientId) ?? null)
    },
  }),
)
