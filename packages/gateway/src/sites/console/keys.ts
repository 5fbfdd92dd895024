import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import {
  endApiClient,
  endOwnKey,
  renameApiClient,
  rotateOwnKey,
} from '../../core/organization/change-api-client.ts'
import { issueApiClient } from '../../core/organization/issue-api-client.ts'
import { listApiClients, viewApiClient, type ApiClientKey } from '../../core/organization/list-api-clients.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Route } from '../../http/route.ts'
import { keyPage, type KeyProps } from '../../pages/console/key.ts'
import { keysPage, pairPage, type KeysProps } from '../../pages/console/keys.ts'
import {
  isUuid,
  older,
  readKey,
  screenRoutes,
  uuidParam,
  type Action,
  type Here,
  type Next,
  type Screen,
  type Sent,
} from '../site.ts'

const most = 25

const keys: Screen<KeysProps> = {
  path: '/console/:organization/keys',
  load: async (deps, here) => {
    const id = uuidParam(here, 'organization')
    if (!id.ok) return id
    const from = readKey(here)
    const behind = from === null ? null : { createdAt: from.at, id: from.id }
    const view = await listApiClients(deps, here.asker, { organizationId: id.value, behind, most })
    if (!view.ok) return view
    const rows = view.value.clients.map(({ createdAt, id: client }) => ({ at: createdAt, id: client }))
    return ok({ ...view.value, live: deps.mode === 'live', ...older(here, rows, most) })
  },
  page: keysPage,
}

const key: Screen<KeyProps> = {
  path: '/console/:organization/keys/:client',
  load: async (deps, here) => {
    const own = keyOf(here)
    return own.ok ? await viewApiClient(deps, here.asker, own.value) : own
  },
  page: keyPage,
}

export const keyRoutes: readonly Route[] = [
  ...screenRoutes(keys, [
    {
      path: keys.path,
      act: async (deps, here, sent) => {
        const id = uuidParam(here, 'organization')
        if (!id.ok) return id
        const asked = { organizationId: id.value, name: sent.text('name'), role: sent.text('role') }
        const made = await issueApiClient(deps, here.asker, asked)
        if (!made.ok) return made
        return await shownOnce(
          deps,
          here,
          { organizationId: id.value, apiClientId: made.value.id },
          { ...made.value, title: 'made' },
        )
      },
    },
  ]),
  ...screenRoutes(key, [
    onKey('/rotate', async (deps, here, own, sent) => {
      const made = await rotateOwnKey(deps, here.asker, { ...own, overlap: sent.text('overlap') })
      return made.ok ? await shownOnce(deps, here, own, { ...made.value, title: 'rotated' }) : made
    }),
    onKey('/end-key', async (deps, here, own, sent) => {
      // A name that is none of ours names no key.
      const keyId = isUuid(sent.text('key')) ? sent.text('key') : ''
      const done = await endOwnKey(deps, here.asker, { ...own, keyId })
      return done.ok ? ok(noted(own, 'key-ended')) : done
    }),
    onKey('/rename', async (deps, here, own, sent) => {
      const done = await renameApiClient(deps, here.asker, { ...own, name: sent.text('name') })
      return done.ok ? ok(noted(own, 'renamed')) : done
    }),
    onKey('/end', async (deps, here, own, sent) => {
      const done = await endApiClient(deps, here.asker, { ...own, confirm: sent.text('confirm') })
      return done.ok ? ok(noted(own, 'ended')) : done
    }),
  ]),
]

function keyOf(here: Here): Result<ApiClientKey, Refusal<'not_found'>> {
  const id = uuidParam(here, 'organization')
  return id.ok ? ok({ organizationId: id.value, apiClientId: here.param('client') }) : id
}

/** A form of one caller's page. */
function onKey(
  path: string,
  act: (deps: Deps, here: Here, own: ApiClientKey, sent: Sent) => Promise<Result<Next, Refusal>>,
): Action {
  return {
    path: key.path + path,
    act: async (deps, here, sent) => {
      const own = keyOf(here)
      return own.ok ? await act(deps, here, own.value, sent) : own
    },
  }
}

type Pair = {
  readonly key: string
  readonly secret: string
  readonly warnings: readonly string[]
  readonly title: 'made' | 'rotated'
}

/** The page that shows a pair is the answer itself: no address leads to it again. */
async function shownOnce(
  deps: Deps,
  here: Here,
  own: ApiClientKey,
  pair: Pair,
): Promise<Result<Next, Refusal>> {
  const view = await viewApiClient(deps, here.asker, own)
  return view.ok ? ok({ once: (frame) => pairPage({ ...view.value, pair }, frame) }) : view
}

function noted({ organizationId, apiClientId }: ApiClientKey, note: string): string {
  return `/console/${organizationId}/keys/${encodeURIComponent(apiClientId)}?note=${note}`
}
