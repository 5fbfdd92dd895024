import type { Locale } from '../../base/locale.ts'
import type { Deps } from '../deps.ts'
import { updateLocale } from './account.sql.ts'

/** The language in which the account is written to from now on. */
export async function changeLocale(deps: Deps, accountId: string, locale: Locale): Promise<void> {
  await updateLocale(deps.db, accountId, locale)
}
