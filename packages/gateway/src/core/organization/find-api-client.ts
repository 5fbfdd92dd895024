import { batcher } from '../../base/batch.ts'
import type { Ports } from '../ports.ts'
import { apiKeyPurpose, type ApiClient, type ApiKey, type LiveKey } from './api-key.ts'
import { findStoredClients, type SealedKey, type StoredClient } from './api-client.sql.ts'

/** Opened keys remembered in this process; a key's row never changes, and whether it lives is read each time. */
const rememberedKeys = 10_000

/**
 * Returns the look-up of callers: concurrent ones share a statement. A disabled caller or a retired key is gone at
 * once, because nothing but the opening of a sealed key is remembered.
 */
export function apiClientFinder(ports: Ports): (id: string) => Promise<ApiClient | null> {
  const opened = new Map<string, LiveKey>()
  const submit = batcher<string, ApiClient | null>({
    limit: 200,
    queue: 10_000,
    together: true,
    run: async (ids) => {
      const found = await findStoredClients(ports.db, [...new Set(ids)], ports.clock.now())
      return ids.map((id) => {
        const stored = found.get(id)
        return stored === undefined ? null : open(stored)
      })
    },
  })

  function open(stored: StoredClient): ApiClient {
    return { ...stored, keys: stored.keys.map(openKey) }
  }

  function openKey({ id, sealed }: SealedKey): LiveKey {
    const known = opened.get(id)
    if (known !== undefined) return known
    const key = { ...(JSON.parse(ports.vault.open(apiKeyPurpose, sealed)) as ApiKey), id }
    if (opened.size >= rememberedKeys) opened.clear()
    opened.set(id, key)
    return key
  }

  return async (id) => await submit('api-clients', id)
}
