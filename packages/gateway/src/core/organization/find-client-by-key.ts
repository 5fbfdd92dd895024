import type { Deps } from '../deps.ts'
import type { ApiClient, ApiKey } from './api-key.ts'
import { findClientIdsByKey } from './api-client.sql.ts'

/** The caller that holds this key and secret; null when there is none. */
export async function findClientByKey(deps: Deps, given: ApiKey): Promise<ApiClient | null> {
  const { sha256, equal } = deps.digests
  const ids = await findClientIdsByKey(deps.db, sha256(given.key), deps.clock.now())
  for (const id of ids) {
    const client = await deps.findApiClient(id)
    const holds = client?.keys.some(
      (keys) =>
        equal(sha256(keys.key), sha256(given.key)) && equal(sha256(keys.secret), sha256(given.secret)),
    )
    if (client !== null && holds === true) return client
  }
  return null
}
