import { hex } from '../../base/bytes.ts'
import { after, seconds } from '../../base/time.ts'
import type { Ports } from '../ports.ts'
import type { FetchedToken, TokenShare } from './channel.ts'
import { findProviderToken, leaseProviderToken, saveProviderToken } from './provider-token.sql.ts'

/** Renewed so long before its end that a call under way does not outlive it. */
const margin = 300
/** How long a fetch may take before somebody else tries. */
const lease = seconds(30)
const looks = 120
const pauseMs = 250
const purpose = 'provider-token'

/**
 * The share of tokens over all processes. Whoever finds none takes a lease on fetching one, with no transaction open
 * meanwhile; the others look again until it is there. Within this process callers of one name share one look.
 */
export function tokenShare(ports: Ports): TokenShare {
  const underWay = new Map<string, Promise<string | null>>()
  return async (name, fetchOne, refused) => {
    const key = `${name} ${refused ?? ''}`
    const before = underWay.get(key)
    if (before !== undefined) return await before
    const look = shared(ports, name, { fetchOne, refused }).finally(() => underWay.delete(key))
    underWay.set(key, look)
    return await look
  }
}

type Wanted = { readonly fetchOne: () => Promise<FetchedToken | null>; readonly refused: string | undefined }

async function shared(ports: Ports, name: string, wanted: Wanted): Promise<string | null> {
  const nameHash = ports.digests.sha256(name)
  for (let look = 0; look < looks; look += 1) {
    const sealed = await findProviderToken(ports.db, nameHash, ports.clock.now())
    const token = sealed === null ? null : ports.vault.open(purpose, sealed)
    if (token !== null && token !== wanted.refused) return token
    const now = ports.clock.now()
    if (await leaseProviderToken(ports.db, nameHash, { now, until: after(now, lease), refused: sealed })) {
      return await fetchAndSave(ports, nameHash, wanted.fetchOne)
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  ports.log.warn('provider.token-not-shared', { name: hex(nameHash).slice(0, 8) })
  return null
}

async function fetchAndSave(
  ports: Ports,
  nameHash: Uint8Array,
  fetchOne: Wanted['fetchOne'],
): Promise<string | null> {
  let fetched: FetchedToken | null = null
  try {
    fetched = await fetchOne()
  } finally {
    const now = ports.clock.now()
    const sealed = fetched === null ? null : ports.vault.seal(purpose, fetched.token)
    const lives = fetched === null ? 0 : Math.max(fetched.lives - margin, Math.floor(fetched.lives / 2))
    await saveProviderToken(ports.db, nameHash, { sealed, expiresAt: after(now, seconds(lives)), now })
  }
  return fetched?.token ?? null
}
