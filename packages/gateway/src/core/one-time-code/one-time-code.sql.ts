import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { after, toDate, type Instant } from '../../base/time.ts'
import type { Contact, Medium } from '../message/message.ts'
import {
  mostCodeTries,
  proofLives,
  type CodePurpose,
  type CodeView,
  type Proof,
  type StoredCode,
} from './one-time-code.ts'

const insertOne = statement(
  'one_time_code_insert',
  `insert into one_time_code (id, purpose, browser_hash, medium, address, account_id, code_hash, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
)

export async function insertCode(tx: Tx, made: StoredCode, now: Instant): Promise<void> {
  await tx.query(insertOne, [
    made.id,
    made.purpose,
    made.browserHash,
    made.medium,
    made.address,
    made.accountId,
    made.codeHash,
    toDate(now),
    toDate(made.expiresAt),
  ])
}

/** What a code has to be asked for by: its id alone opens nothing. */
export type CodeKey = {
  readonly id: string
  readonly purpose: CodePurpose
  readonly browserHash: Uint8Array
}

const find = statement<Row & Contact & { readonly tries: number; readonly proved: boolean }>(
  'one_time_code_find',
  `select medium, address, tries, proved_at is not null as proved from one_time_code
    where id = $1 and purpose = $2 and browser_hash = $3 and used_at is null and expires_at > $4`,
)

/** A code that may still be typed or used, else null. */
export async function findCode(tx: Tx, key: CodeKey, now: Instant): Promise<CodeView | null> {
  const row = only(await tx.query(find, [key.id, key.purpose, key.browserHash, toDate(now)]))
  if (row === null) return null
  const { medium, address, tries, proved } = row
  return { id: key.id, medium, address, proved, triesLeft: mostCodeTries - tries }
}

type TryRow = Row & Contact & { account_id: string | null; tries: number; right: boolean }

const spendTry = statement<TryRow>(
  'one_time_code_spend_try',
  `update one_time_code set tries = tries + 1,
     proved_at = case when code_hash = $4 then $5::timestamptz end,
     expires_at = case when code_hash = $4 then $6 else expires_at end
    where id = $1 and purpose = $2 and browser_hash = $3
      and tries < $7 and proved_at is null and expires_at > $5
   returning medium, address, account_id, tries, code_hash = $4 as right`,
)

export type CodeTry = Proof & { readonly right: boolean; readonly triesLeft: number }

/**
 * Spends one try and compares in the same statement: of tries at the same time each waits for the one before it, so
 * that no more than are left can ever be made. Null: the code is none, in another browser, expired, used up or proved.
 * The hashes are keyed, so that the time of the comparison tells nothing about the code.
 */
export async function spendCodeTry(
  tx: Tx,
  key: CodeKey,
  hash: Uint8Array,
  now: Instant,
): Promise<CodeTry | null> {
  const provedUntil = toDate(after(now, proofLives))
  const values = [key.id, key.purpose, key.browserHash, hash, toDate(now), provedUntil, mostCodeTries]
  const row = only(await tx.query(spendTry, values))
  if (row === null) return null
  const { medium, address, account_id: accountId, right, tries } = row
  return { medium, address, accountId, right, triesLeft: mostCodeTries - tries }
}

const use = statement<Row & { medium: Medium; address: string; account_id: string | null }>(
  'one_time_code_use',
  `update one_time_code set used_at = $4
    where id = $1 and purpose = $2 and browser_hash = $3
      and proved_at is not null and used_at is null and expires_at > $4
   returning medium, address, account_id`,
)

/** Uses what a right code proved, once; null when there is nothing to use any more. */
export async function useProof(tx: Tx, key: CodeKey, now: Instant): Promise<Proof | null> {
  const row = only(await tx.query(use, [key.id, key.purpose, key.browserHash, toDate(now)]))
  return row === null ? null : { medium: row.medium, address: row.address, accountId: row.account_id }
}

const deleteOld = statement<Row & { id: string }>(
  'one_time_code_delete_old',
  `delete from one_time_code
    where id = any (array(select id from one_time_code where expires_at < $1 limit $2 for update skip locked))
   returning id`,
)

/** Returns how many. */
export async function deleteOldCodes(tx: Tx, now: Instant, most: number): Promise<number> {
  return (await tx.query(deleteOld, [toDate(now), most])).length
}
