import type { Deps } from '../deps.ts'
import type { ApiClient, ApiKey, LiveKey } from './api-key.ts'
import { findClientIdsByKey } from './api-client.sql.ts'

export type KeyHolder = { readonly client: ApiClient; readonly key: LiveKey }

/** The caller that holds this key and secret, and which of its keys that is; null when there is none. */
export async function findClientByKey(deps: Deps, given: ApiKey): Promise<KeyHolder | null> {
  const { sha256, equal } = deps.digests
  const ids = await findClientIdsByKey(deps.db, sha256(given.key), deps.clock.now())
  for (const id of ids) {
    const client = await deps.findApiClient(id)
    const key = client?.keys.find(
      (keys) =>
        equal(sha256(keys.key), sha256(given.key)) && equal(sha256(keys.secret), sha256(given.secret)),
    )
    if (client !== null && key !== undefined) return { client, key }
  }
  return null
}
