import { no, ok, type Result } from '../../base/result.ts'
import { after, hours } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { contactChangedLetter } from '../message/letters.ts'
import { queueMessage } from '../message/queue-message.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { claimIdentifiers, lockAccount, releaseIdentifiers, saveContact } from './account.sql.ts'
import { checkCode } from '../one-time-code/check-code.ts'
import { browserOfSession, identifierOf } from './contact-change.ts'
import { useProof } from '../one-time-code/one-time-code.sql.ts'
import { contactsOf } from './recovery.ts'
import { deleteRecoveries } from './recovery.sql.ts'
import type { Session } from '../session/session.ts'

export type ChangeContact = { readonly id: string; readonly typed: string }

const newsLive = hours(24)

/**
 * Puts an address on the account once the code that went there came back. The address before it is told and leads to the
 * account no longer, and neither does any way back in that was sent to it.
 */
export async function changeContact(
  deps: Deps,
  session: Session,
  { id, typed }: ChangeContact,
): Promise<Result<null, Refusal<'code_wrong' | 'code_gone' | 'identifier_taken'>>> {
  const { accountId } = session
  const browser = browserOfSession(session)
  const checked = await checkCode(deps, { id, purpose: 'contact', browser, typed })
  if (!checked.ok) return checked
  return await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const browserHash = deps.digests.sha256(browser)
    const proof = await useProof(tx, { id, purpose: 'contact', browserHash }, now)
    const account = await lockAccount(tx, accountId)
    if (proof === null || account === null) return no(refusal('code_gone'))
    const before = contactsOf(account).find(({ medium }) => medium === proof.medium)
    if (before?.address !== proof.address) {
      const claimed = await claimIdentifiers(tx, accountId, [identifierOf(proof)])
      if (claimed.size === 0) return no(refusal('identifier_taken'))
      if (before !== undefined) {
        await releaseIdentifiers(tx, accountId, [identifierOf(before)])
        const letter = contactChangedLetter(deps, account.locale, {})
        await queueMessage(tx, { ...before, letter, expiresAt: after(now, newsLive) }, deps)
      }
      await deleteRecoveries(tx, accountId)
    }
    await saveContact(tx, accountId, proof)
    const her = { kind: 'account', id: accountId } as const
    const details = { medium: proof.medium, first: before === undefined }
    await recordAct(tx, { what: 'account.contact-changed', by: her, about: her, details }, deps)
    return ok(null)
  })
}
