/** A way back into an account for whoever lost the password: a link, or the code beside it, to an address that it has. */
import { minutes } from '../../base/time.ts'
import type { Contact } from '../message/message.ts'
import type { Account, Identifier } from './account.ts'

export const recoveryLives = minutes(15)

/** A link as it is stored. */
export type Recovery = Contact & { readonly accountId: string; readonly id: string }

/**
 * Where the link goes. Whoever types an address gets it there; an id number leads to the e-mail address, because
 * a link fits there, else to the phone. Null: the account has none that it could go to.
 */
export function recoveryContact(
  account: Pick<Account, 'email' | 'phone' | 'active'> | null,
  typed: Identifier,
): Contact | null {
  if (account?.active !== true) return null
  const email = account.email === null ? null : ({ medium: 'email', address: account.email } as const)
  const phone = account.phone === null ? null : ({ medium: 'sms', address: account.phone } as const)
  return { email, phone, id_number: email ?? phone }[typed.kind]
}

/** Every address of an account, for news that all of them should hear. */
export function contactsOf(account: Pick<Account, 'email' | 'phone'>): readonly Contact[] {
  return [
    ...(account.email === null ? [] : [{ medium: 'email', address: account.email } as const]),
    ...(account.phone === null ? [] : [{ medium: 'sms', address: account.phone } as const]),
  ]
}
