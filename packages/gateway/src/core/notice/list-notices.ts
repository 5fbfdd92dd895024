import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import type { MemberNo } from '../organization/check-member.ts'
import type { Asker } from '../organization/member.ts'
import { findOrganizations } from '../organization/organization.sql.ts'
import { viewOrganization, type Desk } from '../organization/view-organization.ts'
import {
  findCalledNotices,
  findGivenUpNotices,
  findNewestNotices,
  findWaitingNotices,
  listNoticesById,
  type ListedNotice,
  type Stretch,
} from './notice-list.sql.ts'
import { pageOf, readCall, type FoundNotice, type NoticePage } from './notice-page.ts'

export type ListNotices = {
  readonly organizationId: string
  readonly state: 'waiting' | 'delivered' | 'given-up' | null
  /** A service's code. */
  readonly service: string | null
  /** An invoice's number or reference, or the `webhook-id` that a receiver noted. */
  readonly called: string | null
  /** The last one of the page before. */
  readonly behind: Stretch['behind']
  readonly most: number
}

export type NoticesView = Desk & {
  readonly notices: readonly ListedNotice[]
  readonly next: NoticePage['next']
  readonly services: readonly { readonly code: string; readonly name: string }[]
}

/** How many notices one page looks through when few of them may be what was asked for. */
const farthest = 1_000
/** Notices of one invoice: its payments, times two addresses. */
const mostCalled = 200

/**
 * An organization's notices, newest first; those that wait in the order in which they are due. Whatever is asked for, a
 * page costs no more than a bounded stretch of an index: it may hold few and still lead on.
 */
export async function listNotices(
  deps: Pick<Deps, 'db'>,
  asker: Pick<Asker, 'accountId'>,
  asked: ListNotices,
): Promise<Result<NoticesView, MemberNo>> {
  const { organizationId } = asked
  const desk = await viewOrganization(deps, asker, organizationId, 'notices.see')
  if (!desk.ok) return desk
  const [page, organizations] = await Promise.all([
    find(deps, asked),
    findOrganizations(deps.db, [organizationId]),
  ])
  const ids = page.rows.map(({ id }) => id)
  const listed = await listNoticesById(deps.db, organizationId, ids)
  return ok({
    ...desk.value,
    notices: ids.flatMap((id) => listed.get(id) ?? []),
    next: page.next,
    services: organizations.get(organizationId)?.services ?? [],
  })
}

async function find({ db }: Pick<Deps, 'db'>, asked: ListNotices): Promise<NoticePage> {
  const { organizationId, state, service, called, behind, most } = asked
  const isIt = (notice: FoundNotice): boolean =>
    (state === null || notice.state === state) && (service === null || notice.serviceCode === service)
  if (called !== null) {
    const found = await findCalledNotices(db, { organizationId, ...readCall(called), most: mostCalled })
    return { rows: found.filter(isIt), next: null }
  }
  const isPicky = service !== null || state === 'delivered'
  const stretch = { organizationId, behind, most: isPicky ? farthest : most + 1 }
  return pageOf(await finders[state ?? 'delivered'](db, stretch), isIt, { most, looked: stretch.most })
}

/** Nearly all are delivered in the end, so those that were are looked for among all. */
const finders = {
  waiting: findWaitingNotices,
  delivered: findNewestNotices,
  'given-up': findGivenUpNotices,
} as const
