import { ok } from '../../base/result.ts'
import { changeNoticeAddress } from '../../core/notice/change-notice-address.ts'
import { rotateWebhookSecret } from '../../core/notice/rotate-webhook-secret.ts'
import { viewNoticeSettings } from '../../core/notice/view-notice-settings.ts'
import type { Route } from '../../http/route.ts'
import {
  atNoticeSettings,
  noticeSettingsPage,
  webhookSecretPage,
  type NoticeSettingsProps,
} from '../../pages/console/notice-settings.ts'
import { screenRoutes, uuidParam, type Screen } from '../site.ts'

const settings: Screen<NoticeSettingsProps> = {
  path: '/console/:organization/notices/settings',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    return id.ok ? await viewNoticeSettings(deps, here.asker, id.value) : id
  },
  page: noticeSettingsPage,
}

export const noticeSettingsRoutes: readonly Route[] = screenRoutes(settings, [
  {
    path: `${settings.path}/address`,
    act: async (deps, here, sent) => {
      const id = uuidParam(here, 'organization')
      if (!id.ok) return id
      const typed = sent.text('address')
      const address = typed === '' ? null : typed
      const done = await changeNoticeAddress(deps, here.asker, { organizationId: id.value, address })
      const note = address === null ? 'address-removed' : 'address-changed'
      return done.ok ? ok(`${atNoticeSettings(id.value)}?note=${note}`) : done
    },
  },
  {
    path: `${settings.path}/secret`,
    act: async (deps, here, sent) => {
      const id = uuidParam(here, 'organization')
      if (!id.ok) return id
      const overlap = sent.text('overlap')
      const made = await rotateWebhookSecret(deps, here.asker, { organizationId: id.value, overlap })
      if (!made.ok) return made
      const view = await viewNoticeSettings(deps, here.asker, id.value)
      return view.ok
        ? ok({ once: (frame) => webhookSecretPage({ ...view.value, ...made.value }, frame) })
        : view
    },
  },
])
