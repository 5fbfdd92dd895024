import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Draw } from './budget.ts'
import { drawTries, giveTriesBack, secondsToWait } from './budget.sql.ts'

/**
 * Looks at a password if every budget allows one more try. The try is spent before the look, so that tries at the same
 * time cannot pass what is left, and given back when the password was right or, since too many wait for a look, was
 * never looked at.
 */
export async function spendTry(
  deps: Deps,
  draws: readonly Draw[],
  look: () => Promise<boolean>,
): Promise<Result<boolean, Refusal<'too_many_tries'>>> {
  const wait = await deps.db.transaction(async (tx) => await drawAll(tx, draws, deps.clock.now()))
  if (wait !== null) return no(refusal('too_many_tries', { retryAfterSeconds: wait }))
  try {
    const right = await look()
    if (right) await giveTriesBack(deps.db, draws)
    return ok(right)
  } catch (fault) {
    await giveTriesBack(deps.db, draws)
    throw fault
  }
}

/** All budgets or none: what is refused by one must not use up another. Returns the seconds to wait, or null. */
export async function drawAll(tx: Tx, draws: readonly Draw[], now: Instant): Promise<number | null> {
  const drawn = await drawTries(tx, draws, now)
  if (drawn.size === draws.length) return null
  await giveTriesBack(
    tx,
    draws.filter(({ key }) => drawn.has(key)),
  )
  return await secondsToWait(tx, draws, now)
}
