/** A row of `lango account import` as an account. */
import { locales } from '../base/locale.ts'
import { no, ok, type Result } from '../base/result.ts'
import { accountKinds, vouchable, type Gender, type Vouched } from '../core/account/account.ts'
import type { ImportRow } from '../core/account/import-accounts.ts'
import { refusal, type Refusal } from '../core/refusal.ts'
import { worldPhones } from '../outside/phones.ts'
import type { Fields } from './rows/read-rows.ts'

/** Each with what it holds, as the help and the document say it. */
export const accountFields = {
  id: 'the UUID that it has already',
  number: 'the `id` that applications know it by, 1 to 2147483647',
  kind: `${accountKinds.join(', ')}; citizen if not given`,
  first_name: 'or the name of a business; needed',
  last_name: '',
  surname: 'a further name',
  id_number: 'of the identity document',
  email: '',
  email_verified: 'true: she proved that she reads it',
  phone: '',
  phone_verified: 'true: she proved that she reads it',
  gender: 'm or f',
  kra_pin: 'the tax PIN',
  born_on: 'YYYY-MM-DD',
  verified: `what somebody saw a document for, with blanks between: ${vouchable.join(', ')}`,
  locale: `the language of its pages, ${locales.join(', ')}; en if not given`,
  password_hash: 'argon2, scrypt or PBKDF2; without one she chooses a password by recovery',
} as const

type Field = keyof typeof accountFields

export const accountFieldNames = Object.keys(accountFields) as readonly Field[]

type Fault = Refusal<'field_invalid'>

export function readAccountRow(fields: Fields): ImportRow {
  const unknown = Object.keys(fields).find((name) => !accountFieldNames.some((known) => known === name))
  if (unknown !== undefined) return no(unknownField(unknown))
  const texts = readTexts(fields)
  return texts.ok ? accountOf(texts.value) : texts
}

function unknownField(name: string): Fault {
  return invalid(
    name.slice(0, 50),
    name === 'password'
      ? 'a file holds no passwords: bring password_hash, or nothing'
      : `there is no such field: ${accountFieldNames.join(', ')}`,
  )
}

type Texts = Readonly<Partial<Record<Field, string>>>

/** Numbers and booleans of JSON as texts, lists joined; blank is not given. */
function readTexts(fields: Fields): Result<Texts, Fault> {
  const texts: Partial<Record<Field, string>> = {}
  for (const field of accountFieldNames) {
    const text = textOf(fields[field])
    if (text === null) return no(invalid(field, 'give a text'))
    if (text.includes('\0')) return no(invalid(field, 'leave control characters out'))
    if (text !== '') texts[field] = text
  }
  return ok(texts)
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value.isWellFormed() ? value.trim() : null
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isSafeInteger(value)))
    return String(value)
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string')
  return isList ? value.join(' ').trim() : null
}

/** What a text may be read as besides itself; the first that cannot is the row's refusal. */
function accountOf(texts: Texts): ImportRow {
  const read = all({
    kind: oneOf('kind', texts.kind ?? 'citizen', accountKinds),
    gender: genderOf(texts.gender),
    locale: oneOf('locale', texts.locale ?? 'en', locales),
    phone: phoneOf(texts.phone),
    readsEmail: truth('email_verified', texts.email_verified),
    readsPhone: truth('phone_verified', texts.phone_verified),
    vouched: vouchedOf(texts.verified),
  })
  if (!read.ok) return read
  const { readsEmail, readsPhone, ...attributes } = read.value
  return ok({
    ...attributes,
    ...(texts.id === undefined ? {} : { id: texts.id.toLowerCase() }),
    ...(texts.number === undefined ? {} : { number: Number(texts.number) }),
    ...(texts.password_hash === undefined ? {} : { passwordHash: texts.password_hash }),
    demo: false,
    firstName: texts.first_name ?? '',
    lastName: texts.last_name ?? '',
    surname: texts.surname ?? null,
    idNumber: texts.id_number ?? null,
    email: texts.email ?? null,
    emailVerified: texts.email !== undefined && readsEmail,
    phoneVerified: attributes.phone !== null && readsPhone,
    kraPin: texts.kra_pin ?? null,
    bornOn: texts.born_on ?? null,
    password: null,
  })
}

type Read<Value> = Result<Value, Fault>

/** Every value, or the first refusal. */
function all<Values extends Readonly<Record<string, unknown>>>(reads: {
  readonly [Name in keyof Values]: Read<Values[Name]>
}): Read<Values> {
  const values: Partial<Values> = {}
  for (const name of Object.keys(reads) as (keyof Values)[]) {
    const read = reads[name]
    if (!read.ok) return read
    values[name] = read.value
  }
  return ok(values as Values)
}

function oneOf<Word extends string>(field: Field, text: string, words: readonly Word[]): Read<Word> {
  const word = words.find((one) => one === text)
  return word === undefined ? no(invalid(field, `one of ${words.join(', ')}`)) : ok(word)
}

function genderOf(text: string | undefined): Read<Gender | null> {
  return text === undefined ? ok(null) : oneOf<Gender>('gender', text.toLowerCase(), ['m', 'f'])
}

function truth(field: Field, text = 'false'): Read<boolean> {
  const value = truths[text.toLowerCase()]
  return value === undefined ? no(invalid(field, 'true or false')) : ok(value)
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  '1': true,
  '0': false,
}

function phoneOf(typed: string | undefined): Read<string | null> {
  if (typed === undefined) return ok(null)
  const digits = worldPhones.read(typed)
  return digits === null
    ? no(invalid('phone', 'no phone number: give it with its country code, as +254700000001'))
    : ok(digits)
}

function vouchedOf(text = ''): Read<readonly Vouched[]> {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const vouched = vouchable.filter((one) => words.includes(one))
  return words.every((word) => vouchable.some((one) => one === word))
    ? ok(vouched)
    : no(invalid('verified', `any of ${vouchable.join(', ')}, with blanks between`))
}

function invalid(field: string, because: string): Fault {
  return refusal('field_invalid', { field, because })
}
