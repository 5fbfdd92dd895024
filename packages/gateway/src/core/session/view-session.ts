import type { Deps } from '../deps.ts'
import type { Account } from '../account/account.ts'
import { findAccount } from '../account/account.sql.ts'
import { findSession } from './find-session.ts'
import type { Session } from './session.ts'

export type SignedInNow = { readonly session: Session; readonly account: Account }

/** Who is signed in by the session that the cookie proves, and how surely; or null. */
export async function viewSignedIn(deps: Deps, cookie: string | undefined): Promise<SignedInNow | null> {
  const session = await findSession(deps, cookie)
  const account = session === null ? null : await findAccount(deps.db, session.accountId)
  return session === null || account === null ? null : { session, account }
}

/** Whose session the cookie proves, or null. */
export async function viewSession(deps: Deps, cookie: string | undefined): Promise<Account | null> {
  return (await viewSignedIn(deps, cookie))?.account ?? null
}
