import type { Deps } from '../deps.ts'
import type { Account } from '../account/account.ts'
import { findAccount } from '../account/account.sql.ts'
import { findSession } from './find-session.ts'

/** Whose session the cookie proves, or null. */
export async function viewSession(deps: Deps, cookie: string | undefined): Promise<Account | null> {
  const session = await findSession(deps, cookie)
  return session === null ? null : await findAccount(deps.db, session.accountId)
}
