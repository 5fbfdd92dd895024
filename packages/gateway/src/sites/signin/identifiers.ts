import type { Deps } from '../../core/deps.ts'
import {
  isEmail,
  isIdNumber,
  normalEmail,
  normalIdNumber,
  type Identifier,
} from '../../core/account/account.ts'

export type Identifiers = readonly [Identifier, ...Identifier[]]

/**
 * What may be meant by what was typed into the one field. The first names the budget of tries, so it is the one that
 * stays the same however the number is written: a phone number before an id number of the same digits.
 */
export function readIdentifiers({ phones }: Pick<Deps, 'phones'>, typed: string): Identifiers | null {
  const [email, phone, idNumber] = [normalEmail(typed), phones.read(typed), normalIdNumber(typed)]
  const [first, ...more]: Identifier[] = [
    ...(isEmail(email) ? [{ kind: 'email', value: email } as const] : []),
    ...(phone === null ? [] : [{ kind: 'phone', value: phone } as const]),
    ...(isIdNumber(idNumber) ? [{ kind: 'id_number', value: idNumber } as const] : []),
  ]
  return first === undefined ? null : [first, ...more]
}
