import { within } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { seconds } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator, type Act } from '../audit/act.ts'
import type { Deps } from '../deps.ts'
import { drawAll } from '../limit/spend-try.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import { byMember, type Asker } from '../organization/member.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { deleteGoneAddress, healEndpoints } from './endpoint.sql.ts'
import { addressOf } from './notice.ts'
import { makeDue } from './notice-list.sql.ts'

type ResendNeeds = Pick<Deps, 'db' | 'clock' | 'ids'>

export type ResendNotice = {
  readonly organizationId: string
  readonly noticeId: string
  /** Who asks, as the trail has it; whoever holds the machine, when nobody is named. */
  readonly by?: Pick<Act, 'by' | 'requestId'>
}

/**
 * Sends a notice again at once because a person asked for it, delivered or given up as it may be: with the same
 * webhook-id, so that a receiver who had it knows it. Whoever asks says that the receiver is well: its host's rest
 * and a 410 of its address are forgotten.
 */
export async function resendNotice(
  deps: ResendNeeds,
  { organizationId, noticeId, by = { by: operator } }: ResendNotice,
): Promise<Result<null, Refusal<'not_found'>>> {
  return await deps.db.transaction(async (tx) => {
    const notice = await makeDue(tx, organizationId, noticeId, deps.clock.now())
    if (notice === null) return no(refusal('not_found', { field: 'notice' }))
    const { endpoint, origin, invoiceNumber, tries } = notice
    await deleteGoneAddress(tx, { organizationId, address: addressOf(endpoint) })
    await healEndpoints(tx, [{ organizationId, origin }])
    const about = { kind: 'notice', id: noticeId } as const
    const details = { invoice: invoiceNumber, host: origin, tries }
    await recordAct(tx, { ...by, what: 'notice.resent', about, organizationId, details }, deps)
    return ok(null)
  })
}

/** So many at once, then one every few seconds: a receiver that comes back is not knocked over by us. */
const resends = { burst: 100, refill: seconds(2) }

/** The same for a member of the organization. */
export async function resendOwnNotice(
  deps: ResendNeeds,
  asker: Asker,
  key: Pick<ResendNotice, 'organizationId' | 'noticeId'>,
): Promise<Result<null, MemberNo | Refusal<'too_many_tries'>>> {
  const { organizationId } = key
  return await deps.db.transaction(async (tx) => {
    const allowed = await checkMember(tx, organizationId, asker, 'notices.resend')
    if (!allowed.ok) return allowed
    const budget = { key: `resend ${organizationId}`, rule: resends }
    const wait = await drawAll(tx, [budget], deps.clock.now())
    if (wait !== null) {
      const because = `At most ${resends.burst} notices are sent again at once. Try again in ${wait} seconds.`
      return no(refusal('too_many_tries', { retryAfterSeconds: wait, because }))
    }
    return await resendNotice({ ...deps, db: within(tx) }, { ...key, by: byMember(asker, organizationId) })
  })
}
