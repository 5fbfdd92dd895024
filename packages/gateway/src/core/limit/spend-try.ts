import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Instant } from '../../base/time.ts'
import type { Act } from '../audit/act.ts'
import { recordOnce } from '../audit/record-once.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Draw } from './budget.ts'
import { drawTries, giveTriesBack, secondsToWait } from './budget.sql.ts'

/**
 * Looks at a proof if every budget allows one more try. The try is spent before the look, so that tries at the same
 * time cannot pass what is left, and given back when the proof was right (neither false nor null) or, since too many
 * wait for a look, was never looked at. Whoever runs out of tries is recorded, with the account that they were spent on.
 */
export async function spendTry<T>(
  deps: Deps,
  draws: readonly Draw[],
  look: () => Promise<T>,
  accountId: string | null = null,
): Promise<Result<T, Refusal<'too_many_tries'>>> {
  const wait = await draw(deps, draws, accountId)
  if (wait !== null) return no(refusal('too_many_tries', { retryAfterSeconds: wait }))
  try {
    const seen = await look()
    if (seen !== false && seen !== null) await giveTriesBack(deps.db, draws)
    return ok(seen)
  } catch (fault) {
    await giveTriesBack(deps.db, draws)
    throw fault
  }
}

/** All budgets or none: what is refused by one must not use up another. Returns the seconds to wait, or null; tells which are used up. */
export async function drawAll(
  tx: Tx,
  draws: readonly Draw[],
  now: Instant,
  usedUp: (key: string) => void = () => undefined,
): Promise<number | null> {
  const drawn = await drawTries(tx, draws, now)
  if (drawn.size === draws.length) return null
  await giveTriesBack(
    tx,
    draws.filter(({ key }) => drawn.has(key)),
  )
  for (const { key } of draws) if (!drawn.has(key)) usedUp(key)
  return await secondsToWait(tx, draws, now)
}

async function draw(deps: Deps, draws: readonly Draw[], accountId: string | null): Promise<number | null> {
  return await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const used: string[] = []
    const wait = await drawAll(tx, draws, now, (key) => used.push(key))
    for (const key of used) await recordOnce(tx, limited(key, accountId), key, deps)
    return wait
  })
}

/** What one network tried on many accounts is about none of them. */
function limited(key: string, accountId: string | null): Act {
  const [budget = ''] = key.split(' ')
  const isAboutHer = accountId !== null && budget !== 'network' && budget !== 'all'
  return {
    what: 'sign-in.limited',
    by: { kind: 'stranger', id: null },
    about: isAboutHer ? { kind: 'account', id: accountId } : null,
    details: { budget },
  }
}
