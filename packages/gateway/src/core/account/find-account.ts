import { batcher } from '../../base/batch.ts'
import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import type { Account } from './account.ts'
import { findAccounts } from './account.sql.ts'

/** An account that may be used, read together with those that others ask for at the same time; else null. */
export async function findActiveAccount(
  { db }: { readonly db: Database },
  id: string,
): Promise<Account | null> {
  const account = await reader(db)('', id)
  return account?.active === true ? account : null
}

const reader = oncePer((db: Database) =>
  batcher<string, Account | null>({
    limit: 128,
    queue: 10_000,
    together: true,
    run: async (asked) => {
      const found = new Map(
        (await findAccounts(db, [...new Set(asked)])).map((account) => [account.id, account]),
      )
      return asked.map((id) => found.get(id) ?? null)
    },
  }),
)
