/** Another e-mail address or phone number for an account. */
import type { Contact } from '../message/message.ts'
import type { Identifier } from './account.ts'
import type { Session } from '../session/session.ts'

/** The code comes back through the very session that asked for it. */
export function browserOfSession({ id }: Pick<Session, 'id'>): string {
  return `session ${id}`
}

export function identifierOf({ medium, address }: Contact): Identifier {
  return { kind: medium === 'sms' ? 'phone' : 'email', value: address }
}
