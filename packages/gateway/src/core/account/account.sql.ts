import { only, statement, type Row, type Tx } from '../../base/db.ts'
import type { Locale } from '../../base/locale.ts'
import { fromDate, toDate } from '../../base/time.ts'
import type { Contact } from '../message/message.ts'
import type { Account, AccountKind, Gender, Identifier, IdentifierKind, Vouched } from './account.ts'

const columns = `account.id, account.number, account.kind, account.active, account.demo, account.first_name,
  account.last_name, account.surname, account.id_number, account.email, account.email_verified, account.phone,
  account.phone_verified, account.gender, account.kra_pin, to_char(account.born_on, 'YYYY-MM-DD') as born_on,
  account.vouched, account.locale, account.created_at`

type AccountRow = Row & {
  readonly id: string
  readonly number: number
  readonly kind: AccountKind
  readonly active: boolean
  readonly demo: boolean
  readonly first_name: string
  readonly last_name: string
  readonly surname: string | null
  readonly id_number: string
  readonly email: string | null
  readonly email_verified: boolean
  readonly phone: string | null
  readonly phone_verified: boolean
  readonly gender: Gender | null
  readonly kra_pin: string | null
  readonly born_on: string | null
  readonly vouched: readonly Vouched[]
  readonly locale: Locale
  readonly created_at: Date
}

const findById = statement<AccountRow>('account_find', `select ${columns} from account where id = $1`)

export async function findAccount(tx: Tx, id: string): Promise<Account | null> {
  const row = only(await tx.query(findById, [id]))
  return row === null ? null : account(row)
}

const findMany = statement<AccountRow>(
  'account_find_many',
  `select ${columns} from account where id = any ($1::uuid[])`,
)

/** In no order; those that do not exist are missing. */
export async function findAccounts(tx: Tx, ids: readonly string[]): Promise<readonly Account[]> {
  return (await tx.query(findMany, [ids])).map(account)
}

const findByNumber = statement<AccountRow>(
  'account_find_by_number',
  `select ${columns} from account where number = any ($1::int[])`,
)

export async function findAccountsByNumber(tx: Tx, numbers: readonly number[]): Promise<readonly Account[]> {
  return (await tx.query(findByNumber, [numbers])).map(account)
}

const holders = statement<Row & { kind: IdentifierKind; value: string; account_id: string }>(
  'account_identifier_holders',
  `select kind, value, account_id from account_identifier
    where (kind, value) in (select * from unnest($1::text[], $2::text[]))`,
)

/** Those of the identifiers that lead to somebody, each with whom. */
export async function findHolders(
  tx: Tx,
  any: readonly Identifier[],
): Promise<readonly (Identifier & { readonly accountId: string })[]> {
  const rows = await tx.query(holders, [any.map((one) => one.kind), any.map((one) => one.value)])
  return rows.map(({ kind, value, account_id: accountId }) => ({ kind, value, accountId }))
}

const findByIdentifier = statement<Row & { account_id: string }>(
  'account_identifier_find',
  `select account_id from account_identifier
    where (kind, value) in (select * from unnest($1::text[], $2::text[]))
    order by array_position(array['id_number', 'email', 'phone'], kind)
    limit 1`,
)

/** The account that one of these leads to; an id number goes before a phone number of the same digits. */
export async function findAccountId(tx: Tx, any: readonly Identifier[]): Promise<string | null> {
  const rows = await tx.query(findByIdentifier, [any.map((one) => one.kind), any.map((one) => one.value)])
  return only(rows)?.account_id ?? null
}

const insertOne = statement<Row & { id: string }>(
  'account_insert',
  `insert into account (id, number, kind, active, demo, first_name, last_name, surname, id_number, email,
     email_verified, phone, phone_verified, gender, kra_pin, born_on, locale, created_at, vouched)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::date, $17, $18, $19)
   on conflict do nothing
   returning id`,
)

/** False when the id or the number is taken. */
export async function insertAccount(tx: Tx, made: Account): Promise<boolean> {
  const rows = await tx.query(insertOne, [
    made.id,
    made.number,
    made.kind,
    made.active,
    made.demo,
    made.firstName,
    made.lastName,
    made.surname,
    made.idNumber ?? '',
    made.email,
    made.emailVerified,
    made.phone,
    made.phoneVerified,
    made.gender,
    made.kraPin,
    made.bornOn,
    made.locale,
    toDate(made.createdAt),
    made.vouched,
  ])
  return rows.length === 1
}

const claim = statement<Row & { kind: IdentifierKind }>(
  'account_identifier_claim',
  `insert into account_identifier (kind, value, account_id)
   select kind, value, $3 from unnest($1::text[], $2::text[]) as wanted (kind, value) order by kind, value
   on conflict do nothing
   returning kind`,
)

/** Returns the kinds that now lead to the account; one that is missing leads to another. */
export async function claimIdentifiers(
  tx: Tx,
  accountId: string,
  wanted: readonly Identifier[],
): Promise<ReadonlySet<IdentifierKind>> {
  const rows = await tx.query(claim, [
    wanted.map((one) => one.kind),
    wanted.map((one) => one.value),
    accountId,
  ])
  return new Set(rows.map((row) => row.kind))
}

const release = statement(
  'account_identifier_release',
  `delete from account_identifier
    where account_id = $3 and (kind, value) in (select * from unnest($1::text[], $2::text[]))`,
)

/** Gives back what claimIdentifiers took, when the account is refused after all. */
export async function releaseIdentifiers(
  tx: Tx,
  accountId: string,
  held: readonly Identifier[],
): Promise<void> {
  await tx.query(release, [held.map((one) => one.kind), held.map((one) => one.value), accountId])
}

const verify = statement(
  'account_mark_verified',
  `update account set email_verified = email_verified or ($2 = 'email' and email = $3),
     phone_verified = phone_verified or ($2 = 'sms' and phone = $3)
    where id = $1`,
)

/** Somebody proved that she reads what arrives at this address, if it still is the account's. */
export async function markVerified(tx: Tx, accountId: string, { medium, address }: Contact): Promise<void> {
  await tx.query(verify, [accountId, medium, address])
}

const lockOne = statement<AccountRow>(
  'account_lock',
  `select ${columns} from account where id = $1 for no key update`,
)

export async function lockAccount(tx: Tx, id: string): Promise<Account | null> {
  const row = only(await tx.query(lockOne, [id]))
  return row === null ? null : account(row)
}

const setProfile = statement(
  'account_set_profile',
  `update account set first_name = $2, last_name = $3, surname = $4, gender = $5, born_on = $6::date, vouched = $7
    where id = $1`,
)

type Profile = Pick<Account, 'firstName' | 'lastName' | 'surname' | 'gender' | 'bornOn' | 'vouched'>

export async function saveProfile(tx: Tx, id: string, to: Profile): Promise<void> {
  await tx.query(setProfile, [id, to.firstName, to.lastName, to.surname, to.gender, to.bornOn, to.vouched])
}

const setContact = statement(
  'account_set_contact',
  `update account set
     email = case when $2 = 'email' then $3 else email end,
     email_verified = email_verified or $2 = 'email',
     phone = case when $2 = 'sms' then $3 else phone end,
     phone_verified = phone_verified or $2 = 'sms'
    where id = $1`,
)

/** Puts a proved address on the account. */
export async function saveContact(tx: Tx, id: string, { medium, address }: Contact): Promise<void> {
  await tx.query(setContact, [id, medium, address])
}

const setLocale = statement('account_set_locale', 'update account set locale = $2 where id = $1')

export async function updateLocale(tx: Tx, accountId: string, locale: Locale): Promise<void> {
  await tx.query(setLocale, [accountId, locale])
}

function account(row: AccountRow): Account {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    active: row.active,
    demo: row.demo,
    firstName: row.first_name,
    lastName: row.last_name,
    surname: row.surname,
    idNumber: row.id_number === '' ? null : row.id_number,
    email: row.email,
    emailVerified: row.email_verified,
    phone: row.phone,
    phoneVerified: row.phone_verified,
    gender: row.gender,
    kraPin: row.kra_pin,
    bornOn: row.born_on,
    vouched: row.vouched,
    locale: row.locale,
    createdAt: fromDate(row.created_at),
  }
}
