import type { Tx } from '../../base/db.ts'
import type { Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Contact, Letter } from './message.ts'
import { insertMessage } from './message.sql.ts'

export const letterPurpose = 'message'

/**
 * Writes a message into the outbox; give the transaction of what causes it, so that neither is ever there without the
 * other. One that expires at once is never sent, and costs as much: it stands for what is not sent to somebody unknown.
 */
export async function queueMessage(
  tx: Tx,
  message: Contact & { readonly letter: Letter; readonly expiresAt: Instant },
  { ids, clock, vault }: Pick<Deps, 'ids' | 'clock' | 'vault'>,
): Promise<void> {
  const { letter, ...rest } = message
  const sealed = vault.seal(letterPurpose, JSON.stringify([letter.subject, letter.text]))
  await insertMessage(tx, { ...rest, id: ids.next(), sealed }, clock.now())
}
