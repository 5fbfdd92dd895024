/** A person or business that signs in. */
import type { Locale } from '../../base/locale.ts'
import type { Instant } from '../../base/time.ts'
import { masked } from '../../base/secret.ts'

export type AccountKind = 'citizen' | 'alien' | 'visitor' | 'diplomat' | 'business'
export type Gender = 'm' | 'f'

/**
 * What an operator can vouch for, having seen a document. Its owner then cannot change it. (An id number is only ever
 * entered by an operator: whoever could claim one herself would be taken for its holder.)
 */
export type Vouched = 'names' | 'gender' | 'born_on'
export const vouchable: readonly Vouched[] = ['names', 'gender', 'born_on']

export type Account = {
  readonly id: string
  /** What legacy clients see as `id`: random, 1 to 2^31 - 1. */
  readonly number: number
  readonly kind: AccountKind
  readonly active: boolean
  readonly demo: boolean
  readonly firstName: string
  readonly lastName: string
  readonly surname: string | null
  /** Null until an operator entered one. */
  readonly idNumber: string | null
  readonly email: string | null
  readonly emailVerified: boolean
  /** E.164 digits without `+`, e.g. `254700000001`. */
  readonly phone: string | null
  readonly phoneVerified: boolean
  readonly gender: Gender | null
  readonly kraPin: string | null
  /** `YYYY-MM-DD`. */
  readonly bornOn: string | null
  readonly vouched: readonly Vouched[]
  readonly locale: Locale
  readonly createdAt: Instant
}

export const accountKinds: readonly AccountKind[] = ['citizen', 'alien', 'visitor', 'diplomat', 'business']

export type IdentifierKind = 'id_number' | 'email' | 'phone'

/** What somebody may type to say who she is. Values are unique by kind across all accounts. */
export type Identifier = { readonly kind: IdentifierKind; readonly value: string }

/** The identifiers that lead to an account. */
export function identifiersOf(account: Pick<Account, 'idNumber' | 'email' | 'phone'>): readonly Identifier[] {
  return [
    ...(account.idNumber === null ? [] : [{ kind: 'id_number', value: account.idNumber } as const]),
    ...(account.email === null ? [] : [{ kind: 'email', value: account.email } as const]),
    ...(account.phone === null ? [] : [{ kind: 'phone', value: account.phone } as const]),
  ]
}

/** Upper case without blanks, as it is printed on the card: people type `a 123 456` for `A123456`. */
export function normalIdNumber(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, '').toUpperCase()
}

/** Mail servers that tell upper from lower case are a curiosity; people who type both are not. */
export function normalEmail(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

export function isIdNumber(text: string): boolean {
  return /^[A-Z0-9][A-Z0-9/.-]{2,31}$/.test(text)
}

/** Loose on purpose: only a message that arrives proves an address. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(text)
}

/** E.164 digits: 7 to 15, none leading that is zero. */
export function isPhone(text: string): boolean {
  return /^[1-9][0-9]{6,14}$/.test(text)
}

/** How pages and applications name the account. A business may have one name only. */
export function accountName(account: Pick<Account, 'firstName' | 'lastName'>): string {
  return `${account.firstName} ${account.lastName}`.trim()
}

/** What its owner may not change: an operator vouches for it, and it is there. */
export function isLocked(account: Pick<Account, 'vouched' | 'gender' | 'bornOn'>, what: Vouched): boolean {
  const isThere = { names: true, gender: account.gender !== null, born_on: account.bornOn !== null }
  return account.vouched.includes(what) && isThere[what]
}

/** Enough to recognise one's own number, too little to use it. */
export function maskedIdNumber(idNumber: string): string {
  return masked(idNumber, 2, 2)
}
