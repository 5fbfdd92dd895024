import type { Deps } from '../deps.ts'
import { askSoon } from './ask-soon.ts'
import { findAttempt, type AttemptKey } from './attempt.sql.ts'
import { claimUnreadCallbacks, findUnreadCallbacks, markCallbackRead, type Callback } from './callback.sql.ts'
import { findChannel } from './find-channel.ts'
import { followWord } from './follow-word.ts'

const atOnce = 50

/** Reads stored callbacks that nobody has read: after a crash, after maintenance, or before we knew their id. */
export async function readCallbacks(deps: Deps): Promise<number> {
  const callbacks = await claimUnreadCallbacks(deps.db, deps.clock.now(), atOnce)
  for (const callback of callbacks) {
    try {
      await readCallback(deps, callback)
    } catch (fault) {
      // One that cannot be read now delays no other, and is tried again later.
      deps.log.error('callback.fault', { callback: callback.id, fault })
    }
  }
  return callbacks.length
}

/** Reads what an attempt heard while we did not know yet what its provider calls it. */
export async function readCallbacksOf(deps: Deps, key: AttemptKey): Promise<void> {
  for (const callback of await findUnreadCallbacks(deps.db, key)) await readCallback(deps, callback)
}

/** Does what follows from one callback and marks it read; doing it twice is doing it once. */
export async function readCallback(deps: Deps, callback: Callback): Promise<void> {
  const { organizationId, attemptId } = callback
  const attempt = await findAttempt(deps.db, callback)
  const found = await findChannel(deps, organizationId, attempt.channel)
  if (found?.open.read === undefined) throw new Error(`attempt ${attemptId}: its channel reads no callbacks`)
  const heard = found.open.read(callback.body)
  const followed = heard.ok
    ? await followWord(deps, callback, { heard: heard.value, by: 'callback', callId: callback.id })
    : 'unreadable'
  if (followed === 'wait') return
  if (followed === 'unreadable') await askSoon(deps, callback)
  const fault = followed === 'followed' ? null : followed
  await markCallbackRead(deps.db, callback, { at: deps.clock.now(), fault })
}
