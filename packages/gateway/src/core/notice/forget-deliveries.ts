import { after } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { deliveriesKept } from './delivery.ts'
import { deleteDeliveries } from './delivery.sql.ts'

const batch = 1_000

/** Deletes tries that are older than they are kept; true when there may be more. */
export async function forgetDeliveries(deps: Pick<Deps, 'db' | 'clock'>): Promise<boolean> {
  const before = after(deps.clock.now(), { seconds: -deliveriesKept.seconds })
  return (await deleteDeliveries(deps.db, before, batch)) === batch
}
