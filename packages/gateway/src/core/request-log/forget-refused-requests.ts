import { after } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { deleteRefusedRequests } from './refused-request.sql.ts'
import { requestsKept } from './refused-request.ts'

const batch = 1_000

/** Deletes what is older than the request log is kept; true when there may be more. */
export async function forgetRefusedRequests(deps: Pick<Deps, 'db' | 'clock'>): Promise<boolean> {
  const before = after(deps.clock.now(), { seconds: -requestsKept.seconds })
  return (await deleteRefusedRequests(deps.db, before, batch)) === batch
}
