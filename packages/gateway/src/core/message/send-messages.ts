import { after, isBefore, seconds } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { decideOutcome, type Medium, type Outcome, type Sent } from './message.ts'
import { claimMessages, settleMessage, type StoredMessage } from './message.sql.ts'
import { openLetter } from './open-letter.ts'

const batch = 32
/** Longer than a try may take, so that a lease ends only when its process did. */
const lease = seconds(60)

/**
 * Sends what is due by this medium. Each medium has rounds of its own: a gateway that hangs holds up nothing but
 * itself. True when there may be more.
 */
export async function sendMessages(deps: Deps, medium: Medium): Promise<boolean> {
  const now = deps.clock.now()
  const claimed = await claimMessages(deps.db, { medium, now, most: batch, leasedUntil: after(now, lease) })
  await Promise.all(claimed.map(async (message) => await sendOne(deps, message)))
  return claimed.length === batch
}

async function sendOne(deps: Deps, message: StoredMessage): Promise<void> {
  const outcome = await tryOne(deps, message)
  // In the sandbox people read their messages on its page instead of on a phone.
  const keep = deps.mode === 'sandbox'
  await settleMessage(deps.db, message.id, outcome, { now: deps.clock.now(), keep })
  if (outcome.kind === 'sent') return
  const { id, medium, tries } = message
  if (isBefore(message.createdAt, message.expiresAt)) {
    deps.log.warn('message not sent', { id, medium, tries, next: outcome.kind, because: outcome.because })
  }
}

async function tryOne(deps: Deps, message: StoredMessage): Promise<Outcome> {
  const { sealed } = message
  if (sealed === null || !isBefore(deps.clock.now(), message.expiresAt)) {
    return { kind: 'given-up', because: 'expired' }
  }
  return decideOutcome(message, await carry(deps, message, sealed), deps.clock.now())
}

async function carry({ messages, vault }: Deps, message: StoredMessage, sealed: Uint8Array): Promise<Sent> {
  const { subject, text } = openLetter(vault, sealed)
  const { id, address: to } = message
  return message.medium === 'email'
    ? await messages.sendEmail({ id, to, subject, text })
    : await messages.sendSms({ id, to, text })
}
