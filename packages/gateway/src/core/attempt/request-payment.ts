import type { Deps } from '../deps.ts'
import { decideStart, type Attempt, type Started } from './attempt.ts'
import { changeAttempt, lockAttempt } from './attempt.sql.ts'
import { channelWorld, type FoundChannel } from './find-channel.ts'
import { readCallbacksOf } from './read-callbacks.ts'

/** Asks the provider to collect a stored attempt, and saves how it took that. */
export async function requestPayment(
  deps: Deps,
  attempt: Attempt,
  { open, callbackUrl }: Pick<FoundChannel, 'open'> & { readonly callbackUrl: string },
): Promise<void> {
  const key = { organizationId: attempt.organizationId, attemptId: attempt.id }
  const started = await request(
    deps,
    attempt,
    async () => await open.start?.(attempt, callbackUrl, channelWorld(deps)),
  )
  await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const change = decideStart(await lockAttempt(tx, key), started, now)
    if (change !== null) await changeAttempt(tx, key, change, now)
  })
  // A callback may have overtaken this answer: only now do we know that it speaks of this attempt.
  await readCallbacksOf(deps, key)
}

async function request(
  deps: Deps,
  { id, channel }: Attempt,
  start: () => Promise<Started | undefined>,
): Promise<Started> {
  try {
    const started = (await start()) ?? { kind: 'failed', outcome: 'not-offered' }
    if (started.kind !== 'waiting') {
      deps.log.warn('attempt.not-taken', {
        attempt: id,
        channel,
        kind: started.kind,
        because: started.because,
      })
    }
    return started
  } catch (fault) {
    deps.log.error('attempt.fault', { attempt: id, channel, fault })
    return { kind: 'unknown', because: 'fault' }
  }
}
