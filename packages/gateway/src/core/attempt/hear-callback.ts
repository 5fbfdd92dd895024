import { no, ok, type Result } from '../../base/result.ts'
import { after, seconds } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { insertCallback, routeCallback, type Callback } from './callback.sql.ts'
import type { Channel } from './channel.ts'
import { readCallback } from './read-callbacks.ts'

export type HearCallback = { readonly alias: string; readonly secret: string; readonly body: string }

/** Far more than any provider sends for one attempt. */
const most = 100

/**
 * Stores what a provider sends exactly as it came, and only then acknowledges it; reading comes afterwards, and again
 * later if this process dies first.
 */
export async function hearCallback(
  deps: Deps,
  { alias, secret, body }: HearCallback,
): Promise<Result<Channel['acknowledgement'], Refusal<'not_found'>>> {
  const routed = await routeCallback(deps.db, deps.digests.sha256(secret))
  const channel = routed === null ? undefined : deps.channels.get(routed.channel)
  if (routed === null || channel?.alias !== alias) return no(refusal('not_found'))
  const { organizationId, attemptId } = routed
  // PostgreSQL keeps no NUL in a text.
  const callback: Callback = {
    organizationId,
    attemptId,
    id: deps.ids.next(),
    body: body.replaceAll('\0', '\ufffd'),
  }
  const heardAt = deps.clock.now()
  if (await insertCallback(deps.db, callback, { heardAt, nextAt: after(heardAt, seconds(15)), most })) {
    deps.background('read-callback', async () => {
      await readCallback(deps, callback)
    })
  } else {
    deps.log.warn('callback.too-many', { organizationId, attempt: attemptId })
  }
  return ok(channel.acknowledgement)
}
