import type { Locale } from '../../base/locale.ts'
import type { Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import type { Contact } from '../message/message.ts'
import { findAccountId } from './account.sql.ts'
import { sendCode, type SendRefusal } from '../one-time-code/send-code.ts'

export type StartRegistration = {
  readonly to: Contact
  readonly browser: string
  readonly address: string
  readonly locale: Locale
}

/**
 * Sends a code to the address of somebody who wants an account. One that leads to an account already is written to as
 * well, in other words; from outside both look the same.
 */
export async function startRegistration(
  deps: Deps,
  command: StartRegistration,
): Promise<Result<{ readonly id: string }, SendRefusal>> {
  const { medium, address } = command.to
  const known = await findAccountId(deps.db, [{ kind: medium === 'sms' ? 'phone' : 'email', value: address }])
  return await sendCode(deps, {
    ...command,
    purpose: 'register',
    accountId: null,
    gets: known === null ? 'code' : 'taken',
  })
}
