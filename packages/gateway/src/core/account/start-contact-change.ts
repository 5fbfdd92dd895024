import type { Locale } from '../../base/locale.ts'
import type { Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import type { Contact } from '../message/message.ts'
import type { Refusal } from '../refusal.ts'
import { findAccountId } from './account.sql.ts'
import { browserOfSession } from './contact-change.ts'
import { requireOwner } from '../factor/require-level.ts'
import { sendCode, type SendRefusal } from '../one-time-code/send-code.ts'
import type { Session } from '../session/session.ts'

export type StartContactChange = {
  readonly to: Contact
  readonly address: string
  readonly locale: Locale
}

/**
 * Sends a code to the address that somebody wants on her account. Nothing changes yet. An address of another account is
 * written to in other words, and looks the same from here.
 */
export async function startContactChange(
  deps: Deps,
  session: Session,
  { to, address, locale }: StartContactChange,
): Promise<Result<{ readonly id: string }, SendRefusal | Refusal<'step_up_required'>>> {
  const owner = await requireOwner(deps, session)
  if (!owner.ok) return owner
  const { accountId } = session
  const kind = to.medium === 'sms' ? 'phone' : 'email'
  const holder = await findAccountId(deps.db, [{ kind, value: to.address }])
  const gets = holder === null || holder === accountId ? 'code' : 'taken'
  const browser = browserOfSession(session)
  return await sendCode(deps, { purpose: 'contact', to, address, locale, browser, accountId, gets })
}
