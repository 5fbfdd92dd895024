import { after, hours } from '../../base/time.ts'
import type { Ports } from '../ports.ts'
import { deleteOldPushedRequests } from '../authorization/pushed-request.sql.ts'
import { deleteEmptyFamilies } from './token-family.sql.ts'
import { deleteExpired } from './token.sql.ts'

/** Kept for a day beyond their end, so that a code or token that comes again is still known as used. */
const keptAfter = hours(-24)
const batch = 1_000

/** Most batches of one round. */
const most = 50

/** Whether a round may have left something: then the next one begins at once, so that deleting keeps up with issuing. */
export function wasFullRound(deleted: number): boolean {
  return deleted >= most * batch
}

/** Deletes codes, tokens, empty families and pushed requests whose time is over, in batches that hold no lock for long. */
export async function expireTokens(deps: Pick<Ports, 'db' | 'clock'>, mostBatches = most): Promise<number> {
  let deleted = 0
  for (let round = 0; round < mostBatches; round += 1) {
    const before = after(deps.clock.now(), keptAfter)
    const pushed = await deleteOldPushedRequests(deps.db, before, batch)
    const families = await deps.db.transaction(async (tx) => {
      const gone = await deleteExpired(tx, before, batch)
      await deleteEmptyFamilies(tx, [...new Set(gone)])
      return gone
    })
    deleted += families.length + pushed
    if (families.length === 0 && pushed === 0) break
  }
  return deleted
}
