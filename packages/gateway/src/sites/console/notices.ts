import { ok } from '../../base/result.ts'
import { listNotices, type ListNotices } from '../../core/notice/list-notices.ts'
import { resendOwnNotice } from '../../core/notice/resend-notice.ts'
import { viewNotice } from '../../core/notice/view-notice.ts'
import type { Route } from '../../http/route.ts'
import { noticePage, type NoticeProps } from '../../pages/console/notice.ts'
import { atNotice, noticesPage, type NoticesProps } from '../../pages/console/notices.ts'
import { older, readCursor, screenRoutes, uuidParam, type Screen } from '../site.ts'

const most = 50

const states = ['waiting', 'delivered', 'given-up'] as const satisfies readonly ListNotices['state'][]

const notices: Screen<NoticesProps> = {
  path: '/console/:organization/notices',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    if (!id.ok) return id
    const asked = { state: here.query('state'), service: here.query('service'), called: here.query('called') }
    const view = await listNotices(deps, here.asker, {
      organizationId: id.value,
      state: states.find((each) => each === asked.state) ?? null,
      service: asked.service === '' ? null : asked.service,
      called: asked.called === '' ? null : asked.called,
      behind: readCursor(here),
      most,
    })
    if (!view.ok) return view
    const { next } = view.value
    return ok({ ...view.value, asked, ...older(here, next === null ? [] : [next], 1) })
  },
  page: noticesPage,
}

const notice: Screen<NoticeProps> = {
  path: '/console/:organization/notices/:notice',
  load: async (deps, here) => {
    const [id, noticeId] = [uuidParam(here, 'organization'), uuidParam(here, 'notice')]
    if (!id.ok) return id
    if (!noticeId.ok) return noticeId
    const behind = /^[1-9]\d{0,8}$/.test(here.query('behind')) ? Number(here.query('behind')) : null
    const key = { organizationId: id.value, noticeId: noticeId.value }
    const view = await viewNotice(deps, here.asker, { ...key, behind })
    return view.ok ? ok({ ...view.value, behind }) : view
  },
  page: noticePage,
}

export const noticeRoutes: readonly Route[] = [
  ...screenRoutes(notices),
  ...screenRoutes(notice, [
    {
      path: '/console/:organization/notices/:notice/resend',
      act: async (deps, here) => {
        const [id, noticeId] = [uuidParam(here, 'organization'), uuidParam(here, 'notice')]
        if (!id.ok) return id
        if (!noticeId.ok) return noticeId
        const key = { organizationId: id.value, noticeId: noticeId.value }
        const done = await resendOwnNotice(deps, here.asker, key)
        return done.ok ? ok(`${atNotice(id.value, noticeId.value)}?note=resent`) : done
      },
    },
  ]),
]
