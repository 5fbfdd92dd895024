export type Payload = Record<string, unknown>
export type Adapter = {
  /** `expiresIn` in seconds; what has none stays. */
  readonly upsert: (id: string, payload: Payload, expiresIn?: number) => Promise<void>
  readonly find: (id: string) => Promise<Payload | undefined>
  readonly consume: (id: string) => Promise<void>
  readonly destroy: (id: string) => Promise<void>
  readonly revokeByGrantId: (grantId: string) => Promise<void>
  readonly findByUid: () => Promise<undefined>
  readonly findByUserCode: () => Promise<undefined>
}

const stores = new Map<string, Map<string, Payload>>()

/**
 * oidc-provider's store as plain maps, one a model. Its own in-memory adapter keeps at most a thousand entries, and a
 * bench needs more; this one does less than that, so it flatters the peer if anything.
 */
export function mapAdapter(model: string): Adapter {
  const store = stores.get(model) ?? new Map<string, Payload>()
  stores.set(model, store)
  return {
    upsert: async (id, payload) => {
      store.set(id, payload)
    },
    find: async (id) => store.get(id),
    consume: async (id) => {
      const payload = store.get(id)
      if (payload !== undefined) store.set(id, { ...payload, consumed: Math.floor(Date.now() / 1000) })
    },
    destroy: async (id) => {
      store.delete(id)
    },
    // Only a replay revokes, and the bench replays nothing.
    revokeByGrantId: async () => undefined,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  }
}
