import type { Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Contact, Letter } from './message.ts'
import { listMessagesTo, listNewestMessages } from './message.sql.ts'
import { openLetter } from './open-letter.ts'

export type ShownMessage = Contact & {
  readonly id: string
  readonly at: Instant
  readonly state: 'waiting' | 'sent' | 'given-up'
  /** Why it was not sent, or not yet. */
  readonly because: string | null
  /** Null once its text is gone. */
  readonly letter: Letter | null
}

const most = 50

/** The newest messages to an address, or to anybody. For the sandbox alone: elsewhere nobody reads others' messages. */
export async function listMessages(
  deps: Pick<Deps, 'db' | 'vault' | 'mode'>,
  address: string | null,
): Promise<readonly ShownMessage[]> {
  if (deps.mode !== 'sandbox') return []
  const stored =
    address === null ? await listNewestMessages(deps.db, most) : await listMessagesTo(deps.db, address, most)
  return stored.map(({ id, medium, address: to, createdAt, sentAt, waits, because, sealed }) => ({
    id,
    medium,
    address: to,
    at: createdAt,
    state: sentAt !== null ? 'sent' : waits ? 'waiting' : 'given-up',
    because,
    letter: sealed === null ? null : openLetter(deps.vault, sealed),
  }))
}
