import type { Ports } from '../ports.ts'
import type { NoticeState } from './notice.ts'
import { findDeliveries, findNotices, type ListedNotice, type PastDelivery } from './notice-list.sql.ts'

export type ListNotices = {
  readonly organizationId: string
  readonly invoiceId?: string
  readonly state?: NoticeState
  /** The last one of the page before. */
  readonly behind?: Pick<ListedNotice, 'createdAt' | 'id'>
  readonly most: number
}

export type NoticeWithDeliveries = ListedNotice & { readonly deliveries: readonly PastDelivery[] }

/** An organization's notices, newest first, each with its tries in order. */
export async function listNotices(
  ports: Ports,
  asked: ListNotices,
): Promise<readonly NoticeWithDeliveries[]> {
  const notices = await findNotices(ports.db, {
    organizationId: asked.organizationId,
    invoiceId: asked.invoiceId ?? null,
    state: asked.state ?? null,
    behind: asked.behind ?? null,
    most: asked.most,
  })
  const ids = notices.map(({ id }) => id)
  const deliveries = Object.groupBy(
    ids.length === 0 ? [] : await findDeliveries(ports.db, asked.organizationId, ids),
    ({ noticeId }) => noticeId,
  )
  return notices.map((notice) => ({ ...notice, deliveries: deliveries[notice.id] ?? [] }))
}
