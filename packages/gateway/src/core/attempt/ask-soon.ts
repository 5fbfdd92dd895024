import type { Deps } from '../deps.ts'
import { askNow } from './attempt.ts'
import { changeAttempt, lockAttempt, type AttemptKey } from './attempt.sql.ts'

/** Has the provider asked at once, after something that cannot be read or believed. */
export async function askSoon(deps: Deps, key: AttemptKey): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const change = askNow(await lockAttempt(tx, key), now)
    if (change !== null) await changeAttempt(tx, key, change, now)
  })
}
