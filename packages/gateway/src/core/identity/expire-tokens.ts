import { after, hours } from '../../base/time.ts'
import type { Ports } from '../ports.ts'
import { deleteEmptyFamilies } from './token-family.sql.ts'
import { deleteExpired } from './token.sql.ts'

/** Kept for a day beyond their end, so that a code or token that comes again is still known as used. */
const keptAfter = hours(-24)
const batch = 1_000

/** Deletes codes, tokens and empty families whose time is over, in batches that hold no lock for long. */
export async function expireTokens(deps: Pick<Ports, 'db' | 'clock'>, mostBatches = 50): Promise<number> {
  let deleted = 0
  for (let round = 0; round < mostBatches; round += 1) {
    const families = await deps.db.transaction(async (tx) => {
      const gone = await deleteExpired(tx, after(deps.clock.now(), keptAfter), batch)
      await deleteEmptyFamilies(tx, [...new Set(gone)])
      return gone
    })
    deleted += families.length
    if (families.length === 0) break
  }
  return deleted
}
