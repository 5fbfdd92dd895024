import type { Clock } from '../base/time.ts'

/**
 * How often one address may use a route. `machine` is generous, because a bank's whole traffic comes from one
 * address and is authenticated; `page` is for people; `secret` for whatever can be guessed at.
 */
export type Budget = 'machine' | 'page' | 'secret' | 'unlimited'

type Bucket = { tokens: number; at: number }

const budgets: Readonly<Record<Budget, { readonly burst: number; readonly perSecond: number }>> = {
  machine: { burst: 20_000, perSecond: 10_000 },
  page: { burst: 300, perSecond: 20 },
  secret: { burst: 60, perSecond: 1 },
  unlimited: { burst: Number.POSITIVE_INFINITY, perSecond: Number.POSITIVE_INFINITY },
}

/** Addresses remembered at once; the longest idle are forgotten first, so that memory stays bounded. */
const remembered = 50_000

/** Token buckets in this process. Returns seconds to wait, or 0 to go on. */
export function limiter(clock: Clock): (budget: Budget, address: string) => number {
  const buckets = new Map<string, Bucket>()
  return (budget, address) => {
    const { burst, perSecond } = budgets[budget]
    if (burst === Number.POSITIVE_INFINITY) return 0
    const key = `${budget} ${address}`
    const now = clock.now().epochMs
    const before = buckets.get(key) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, before.tokens + (Math.max(0, now - before.at) / 1000) * perSecond)
    buckets.delete(key)
    buckets.set(key, { tokens: Math.max(0, tokens - 1), at: now })
    if (buckets.size > remembered) buckets.delete(buckets.keys().next().value ?? '')
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond))
  }
}
