import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { guardChangedLetter } from '../message/letters.ts'
import type { Contact, Medium } from '../message/message.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findAccount } from '../account/account.sql.ts'
import type { Account } from '../account/account.ts'
import type { FactorAdded } from './add-authenticator.ts'
import { saveNewCodes } from './create-recovery-codes.ts'
import { lockFactors } from './factor.sql.ts'
import { distrustDevices } from '../session/known-device.sql.ts'
import { saveMessageFactor } from './message-factor.sql.ts'
import { requireOwner } from './require-level.ts'
import { sendNews } from '../account/send-news.ts'
import type { Session } from '../session/session.ts'

/** Where messages certainly reach her, by medium. */
export function provedContact(account: Account, medium: Medium): Contact | null {
  const { email, emailVerified, phone, phoneVerified } = account
  const [address, proved] = medium === 'email' ? [email, emailVerified] : [phone, phoneVerified]
  return address !== null && proved ? { medium, address } : null
}

/**
 * Codes for the second step go to this address from now on, also when the account gets another one later: what guards
 * it changes here alone.
 */
export async function addMessageFactor(
  deps: Deps,
  session: Session,
  medium: Medium,
): Promise<Result<FactorAdded, Refusal<'step_up_required' | 'medium_unavailable'>>> {
  const sure = await requireOwner(deps, session)
  if (!sure.ok) return sure
  const { accountId } = session
  return await deps.db.transaction(async (tx) => {
    const account = await findAccount(tx, accountId)
    const to = account === null ? null : provedContact(account, medium)
    if (to === null || !deps.messages.carries(medium)) return no(refusal('medium_unavailable'))
    const before = await lockFactors(tx, accountId)
    await saveMessageFactor(tx, accountId, to, deps.clock.now())
    await distrustDevices(tx, accountId)
    const her = { kind: 'account', id: accountId } as const
    await recordAct(
      tx,
      { what: 'account.message-codes-added', by: her, about: her, details: { medium } },
      deps,
    )
    await sendNews(deps, tx, accountId, ({ locale }) => guardChangedLetter(deps, locale, {}))
    return ok({ recoveryCodes: before.recoveryCodes > 0 ? null : await saveNewCodes(deps, tx, accountId) })
  })
}
