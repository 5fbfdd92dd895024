import type { Deps } from '../deps.ts'
import type { ApiKey } from './api-key.ts'
import { findNewestMerchant } from './own-api-client.sql.ts'

/**
 * What a notice is signed with: the keys of the caller that raised the bill. When that one has ended, those of the
 * merchant's newest caller, because money that arrives is told whatever became of a key; none when there is none.
 */
export async function findNoticeKeys(
  { db, findApiClient }: Pick<Deps, 'db' | 'findApiClient'>,
  { apiClientId, organizationId }: { readonly apiClientId: string; readonly organizationId: string },
): Promise<readonly ApiKey[]> {
  const own = await findApiClient(apiClientId)
  if (own !== null && own.keys.length > 0) return own.keys
  const heir = await findNewestMerchant(db, organizationId)
  return heir === null ? [] : ((await findApiClient(heir))?.keys ?? [])
}
