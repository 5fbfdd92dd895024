import { after, seconds } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { stillUnknown, type Outcome } from './attempt.ts'
import {
  changeAttempt,
  claimAttemptsToAsk,
  findAttempt,
  lockAttempt,
  type AttemptKey,
} from './attempt.sql.ts'
import { channelWorld, findChannel } from './find-channel.ts'
import { followWord } from './follow-word.ts'

const atOnce = 20
/** Longer than any provider may take to answer. */
const lease = seconds(90)

/** Asks providers about attempts of which nothing was heard in time. Answers how many were looked after. */
export async function askAttempts(deps: Deps): Promise<number> {
  const now = deps.clock.now()
  const due = await claimAttemptsToAsk(deps.db, now, { until: after(now, lease), limit: atOnce })
  await Promise.all(
    due.map(async (key) => {
      try {
        await askAbout(deps, key)
      } catch (fault) {
        deps.log.error('attempt.fault', { attempt: key.attemptId, fault })
      }
    }),
  )
  return due.length
}

async function askAbout(deps: Deps, key: AttemptKey): Promise<void> {
  const attempt = await findAttempt(deps.db, key)
  const { providerId } = attempt
  const found = await findChannel(deps, key.organizationId, attempt.channel)
  const ask = found?.open.ask
  if (providerId === null || ask === undefined) return await leaveUnknown(deps, key)
  let outcome: Outcome
  try {
    outcome = await ask(attempt, providerId, channelWorld(deps))
  } catch (fault) {
    deps.log.error('attempt.fault', { attempt: attempt.id, channel: attempt.channel, fault })
    outcome = { kind: 'pending', because: 'fault' }
  }
  await followWord(deps, key, { heard: { providerId, outcome }, by: 'answer', callId: deps.ids.next() })
}

/** Nobody can be asked, so that only a callback can tell; it is kept open for one. */
async function leaveUnknown(deps: Deps, key: AttemptKey): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const locked = await lockAttempt(tx, key)
    if (locked.open) await changeAttempt(tx, key, stillUnknown(locked, now), now)
  })
}
