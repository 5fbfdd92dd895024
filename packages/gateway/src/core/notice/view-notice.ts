import { no, ok, type Result } from '../../base/result.ts'
import type { Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { MemberNo } from '../organization/check-member.ts'
import type { Asker } from '../organization/member.ts'
import { may } from '../organization/role.ts'
import { viewOrganization, type Desk } from '../organization/view-organization.ts'
import { refusal } from '../refusal.ts'
import { findDeliveries, type PastDelivery } from './delivery.sql.ts'
import { readRequest, type SentRequest } from './delivery.ts'
import { findGoneAddresses, findHosts } from './endpoint.sql.ts'
import { addressOf } from './notice.ts'
import { listNoticesById, type ListedNotice } from './notice-list.sql.ts'

export type NoticeKey = { readonly organizationId: string; readonly noticeId: string }

/** A try as people look at it. `sent` is null when nothing went out. */
export type NoticeTry = Omit<PastDelivery, 'request' | 'noticeId'> & { readonly sent: SentRequest | null }

export type NoticeView = Desk & {
  readonly notice: ListedNotice
  readonly tries: readonly NoticeTry[]
  /** The place behind which older tries begin; null when there are none. */
  readonly olderTries: number | null
  /** Until when nothing is sent to its host, because of others that failed; null when it does not rest. */
  readonly restsUntil: Instant | null
  /** Whether its address answered 410, so that nothing is sent there. */
  readonly gone: boolean
  readonly mayResend: boolean
}

const most = 20

/** One notice with its tries, the newest first. */
export async function viewNotice(
  deps: Pick<Deps, 'db' | 'clock'>,
  asker: Pick<Asker, 'accountId'>,
  { organizationId, noticeId, behind }: NoticeKey & { readonly behind: number | null },
): Promise<Result<NoticeView, MemberNo>> {
  const desk = await viewOrganization(deps, asker, organizationId, 'notices.see')
  if (!desk.ok) return desk
  const notice = (await listNoticesById(deps.db, organizationId, [noticeId])).get(noticeId)
  if (notice === undefined) return no(refusal('not_found', { field: 'notice' }))
  const [found, [host], gone] = await Promise.all([
    findDeliveries(deps.db, { organizationId, noticeId, behind, most: most + 1 }),
    findHosts(deps.db, organizationId, [notice.origin]),
    findGoneAddresses(deps.db, [{ organizationId, address: addressOf(notice.endpoint) }]),
  ])
  const tries = found.slice(0, most)
  const restsUntil = host?.restsUntil ?? null
  return ok({
    ...desk.value,
    notice,
    tries: tries.map(({ request, noticeId: _same, ...rest }) => ({ ...rest, sent: readRequest(request) })),
    olderTries: found.length > most ? (tries.at(-1)?.place ?? null) : null,
    restsUntil: restsUntil !== null && restsUntil.epochMs > deps.clock.now().epochMs ? restsUntil : null,
    gone: gone.length > 0,
    mayResend: may(desk.value.role, 'notices.resend'),
  })
}
