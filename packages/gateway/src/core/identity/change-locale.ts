import type { Deps } from '../deps.ts'
import type { AccountLocale } from './account.ts'
import { updateLocale } from './account.sql.ts'

/** The language in which the account is written to from now on. */
export async function changeLocale(deps: Deps, accountId: string, locale: AccountLocale): Promise<void> {
  await updateLocale(deps.db, accountId, locale)
}
