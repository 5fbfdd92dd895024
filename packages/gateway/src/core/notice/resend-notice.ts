import { no, ok, type Result } from '../../base/result.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { deleteGoneAddress, healEndpoints } from './endpoint.sql.ts'
import { addressOf } from './notice.ts'
import { makeDue } from './notice-list.sql.ts'

export type ResendNotice = { readonly organizationId: string; readonly noticeId: string }

/**
 * Sends a notice again at once because a person asked for it, delivered or given up as it may be: with the same
 * webhook-id, so that a receiver who had it knows it. Whoever asks says that the receiver is well: its host's rest
 * and a 410 of its address are forgotten.
 */
export async function resendNotice(
  ports: Ports,
  { organizationId, noticeId }: ResendNotice,
): Promise<Result<null, Refusal<'not_found'>>> {
  return await ports.db.transaction(async (tx) => {
    const notice = await makeDue(tx, organizationId, noticeId, ports.clock.now())
    if (notice === null) return no(refusal('not_found', { field: 'notice' }))
    await deleteGoneAddress(tx, { organizationId, address: addressOf(notice.endpoint) })
    await healEndpoints(tx, [{ organizationId, origin: notice.origin }])
    return ok(null)
  })
}
