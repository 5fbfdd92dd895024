/** What an account may consist of: one list of rules for whoever makes one and whoever edits her own. */
import { refusal, type Refusal } from '../refusal.ts'
import type { Actor } from '../audit/act.ts'
import {
  isEmail,
  isIdNumber,
  isPhone,
  normalEmail,
  normalIdNumber,
  type Account,
  type Vouched,
} from './account.ts'

/** A new account; `id` and `number` are given by who moves in with accounts that applications already know. */
export type CreateAccount = Omit<Account, 'id' | 'number' | 'active' | 'createdAt' | 'vouched'> & {
  readonly id?: string
  readonly number?: number
  /** Default: all of it, because an operator enters it. */
  readonly vouched?: readonly Vouched[]
  /** Null makes an account that cannot sign in by password yet. */
  readonly password: string | null
  /** Instead of a password: what another system kept of it, in a form that kept-hash.ts reads. */
  readonly passwordHash?: string
  /** Who makes it; whoever holds the machine, when nobody is named. `self`: the person whose account it becomes. */
  readonly by?: Actor | 'self'
}

/** Largest `number`: legacy clients keep it in a signed 32-bit integer. */
const largestNumber = 2 ** 31 - 1

/** Blanks that nobody meant, and one encoding for each letter. */
export function tidyName(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
}

export function tidyAccount(command: CreateAccount): CreateAccount {
  return {
    ...command,
    firstName: tidyName(command.firstName),
    lastName: tidyName(command.lastName),
    surname: command.surname === null ? null : tidyName(command.surname),
    idNumber: command.idNumber === null ? null : normalIdNumber(command.idNumber),
    email: command.email === null ? null : normalEmail(command.email),
    kraPin: command.kraPin?.trim().toUpperCase() ?? null,
  }
}

type Attributes = Omit<CreateAccount, 'password'>
type Rule<Of> = readonly [field: string, because: string, holds: (wanted: Of) => boolean]

/** What an owner may edit herself, in the order in which a form would ask. */
export type EditableAttributes = Pick<Account, 'firstName' | 'lastName' | 'surname' | 'bornOn'>

const editableRules: readonly Rule<EditableAttributes>[] = [
  [
    'first_name',
    'give one, of at most 100 characters',
    (one) => isName(one.firstName) && one.firstName !== '',
  ],
  ['last_name', 'give at most 100 characters', (one) => isName(one.lastName)],
  ['surname', 'give at most 100 characters', (one) => isName(one.surname ?? '')],
  ['born_on', 'give a day as YYYY-MM-DD', (one) => one.bornOn === null || isDay(one.bornOn)],
]

const rules: readonly Rule<Attributes>[] = [
  ...editableRules,
  [
    'id_number',
    'give 3 to 32 letters, digits, dots, dashes or slashes',
    (one) => one.idNumber === null || isIdNumber(one.idNumber),
  ],
  ['email', 'give an e-mail address', (one) => one.email === null || isEmail(one.email)],
  ['phone', 'give the digits with the country code', (one) => one.phone === null || isPhone(one.phone)],
  ['kra_pin', 'give letters and digits', (one) => one.kraPin === null || /^[A-Z0-9]{5,16}$/.test(one.kraPin)],
  [
    'number',
    'give a whole number from 1 to 2147483647',
    (one) => one.number === undefined || isNumber(one.number),
  ],
  [
    'id',
    'give a UUID',
    (one) => one.id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(one.id),
  ],
]

export function faultOfAccount(wanted: Attributes): Refusal<'field_invalid'> | null {
  return firstBroken(rules, wanted)
}

export function faultOfEdit(wanted: EditableAttributes): Refusal<'field_invalid'> | null {
  return firstBroken(editableRules, wanted)
}

function firstBroken<Of>(all: readonly Rule<Of>[], wanted: Of): Refusal<'field_invalid'> | null {
  const broken = all.find(([, , holds]) => !holds(wanted))
  return broken === undefined ? null : refusal('field_invalid', { field: broken[0], because: broken[1] })
}

function isName(text: string): boolean {
  return text.length <= 100 && !/\p{Cc}/u.test(text)
}

function isDay(text: string): boolean {
  if (!/^(18|19|20)\d\d-\d\d-\d\d$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

function isNumber(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= largestNumber
}
