import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Chance } from '../../base/id.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator, type Actor } from '../audit/act.ts'
import type { Passwords, Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import {
  isEmail,
  isIdNumber,
  isPhone,
  identifiersOf,
  normalEmail,
  normalIdNumber,
  type Account,
} from './account.ts'
import { claimIdentifiers, findAccount, insertAccount, releaseIdentifiers } from './account.sql.ts'
import { choosePassword } from './credential.ts'
import { savePassword } from './credential.sql.ts'

/** A new account; `id` and `number` are given by who moves in with accounts that applications already know. */
export type CreateAccount = Omit<Account, 'id' | 'number' | 'active' | 'createdAt'> & {
  readonly id?: string
  readonly number?: number
  /** Null makes an account that cannot sign in by password yet. */
  readonly password: string | null
  /** Who makes it; whoever holds the machine, when nobody is named. */
  readonly by?: Actor
}

type CreateRefusal = Refusal<'field_invalid' | 'identifier_taken' | 'password_weak'>

/** Largest `number`: legacy clients keep it in a signed 32-bit integer. */
const largestNumber = 2 ** 31 - 1

type Needs = Ports & { readonly passwords: Passwords }

export async function createAccount(
  deps: Needs,
  command: CreateAccount,
): Promise<Result<Account, CreateRefusal>> {
  const wanted = tidy(command)
  const fault = faultOf(wanted)
  if (fault !== null) return no(fault)
  const hash = await hashOf(deps, wanted)
  if (!hash.ok) return hash
  return await deps.db.transaction(async (tx) => {
    const id = wanted.id ?? deps.ids.next()
    const identifiers = identifiersOf(wanted)
    const claimed = await claimIdentifiers(tx, id, identifiers)
    const taken = identifiers.find((one) => !claimed.has(one.kind))
    const account = taken === undefined ? await insertNumbered(deps, tx, wanted, id) : null
    if (account === null) {
      await releaseIdentifiers(
        tx,
        id,
        identifiers.filter((one) => claimed.has(one.kind)),
      )
      return no(refusal('identifier_taken', { field: taken?.kind ?? (await takenKey(tx, wanted)) }))
    }
    if (hash.value !== null) await savePassword(tx, id, hash.value, account.createdAt)
    const by = wanted.by ?? operator
    await recordAct(tx, { what: 'account.created', by, about: { kind: 'account', id } }, deps)
    return ok(account)
  })
}

function tidy(command: CreateAccount): CreateAccount {
  return {
    ...command,
    firstName: command.firstName.normalize('NFC').trim(),
    lastName: command.lastName.normalize('NFC').trim(),
    surname: command.surname?.normalize('NFC').trim() ?? null,
    idNumber: normalIdNumber(command.idNumber),
    email: command.email === null ? null : normalEmail(command.email),
    kraPin: command.kraPin?.trim().toUpperCase() ?? null,
  }
}

/** One rule a field, in the order in which a form would ask. */
const rules: readonly (readonly [
  field: string,
  because: string,
  holds: (wanted: CreateAccount) => boolean,
])[] = [
  [
    'first_name',
    'give one, of at most 100 characters',
    (one) => isName(one.firstName) && one.firstName !== '',
  ],
  ['last_name', 'give at most 100 characters', (one) => isName(one.lastName)],
  ['surname', 'give at most 100 characters', (one) => isName(one.surname ?? '')],
  ['id_number', 'give 3 to 32 letters, digits, dots, dashes or slashes', (one) => isIdNumber(one.idNumber)],
  ['email', 'give an e-mail address', (one) => one.email === null || isEmail(one.email)],
  ['phone', 'give the digits with the country code', (one) => one.phone === null || isPhone(one.phone)],
  ['kra_pin', 'give letters and digits', (one) => one.kraPin === null || /^[A-Z0-9]{5,16}$/.test(one.kraPin)],
  ['born_on', 'give a day as YYYY-MM-DD', (one) => one.bornOn === null || isDay(one.bornOn)],
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

function faultOf(wanted: CreateAccount): Refusal<'field_invalid'> | null {
  const broken = rules.find(([, , holds]) => !holds(wanted))
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

async function hashOf(
  deps: Needs,
  wanted: CreateAccount,
): Promise<Result<string | null, Refusal<'password_weak'>>> {
  if (wanted.password === null) return ok(null)
  const known = identifiersOf(wanted).map((one) => one.value)
  const chosen = choosePassword(wanted.password, known)
  return chosen.ok ? ok(await deps.passwords.hash(chosen.value)) : chosen
}

/** Numbers are random, so that they tell nothing; two accounts meet in one number about never, and then draw again. */
async function insertNumbered(
  deps: Needs,
  tx: Tx,
  wanted: CreateAccount,
  id: string,
): Promise<Account | null> {
  const { password: _password, by: _by, ...attributes } = wanted
  for (let tries = wanted.number === undefined ? 8 : 1; tries > 0; tries -= 1) {
    const number = wanted.number ?? randomNumber(deps.chance)
    const account: Account = { ...attributes, id, number, active: true, createdAt: deps.clock.now() }
    if (await insertAccount(tx, account)) return account
  }
  return null
}

function randomNumber(chance: Chance): number {
  const [a = 0, b = 0, c = 0, d = 0] = chance.bytes(4)
  return ((a & 0x7f) << 24) | (b << 16) | (c << 8) | d || 1
}

async function takenKey(tx: Tx, wanted: CreateAccount): Promise<'id' | 'number'> {
  return wanted.id !== undefined && (await findAccount(tx, wanted.id)) !== null ? 'id' : 'number'
}
