import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { Contact } from '../message/message.ts'
import type { Recovery } from './recovery.ts'

const insertOne = statement(
  'recovery_insert',
  `insert into recovery (account_id, id, secret_hash, medium, address, password_changed_at, created_at, expires_at)
   values ($1, $2, $3, $4, $5, (select changed_at from credential where account_id = $1 and kind = 'password'), $6, $7)`,
)

/** Keeps the hash of a link, and against which password it was asked. */
export async function insertRecovery(
  tx: Tx,
  made: Recovery & { readonly secretHash: Uint8Array; readonly expiresAt: Instant },
  now: Instant,
): Promise<void> {
  const { accountId, id, secretHash, medium, address, expiresAt } = made
  const values = [accountId, id, secretHash, medium, address, toDate(now), toDate(expiresAt)]
  await tx.query(insertOne, values)
}

/** What a link is asked for by. */
export type RecoveryKey = {
  readonly accountId: string
  readonly id: string
  readonly secretHash: Uint8Array
}

// Bound to the state of the account: active, and with the very password that it had when the link was asked for.
const alive = `recovery.account_id = $1 and recovery.id = $2 and recovery.secret_hash = $3
  and recovery.used_at is null and recovery.expires_at > $4
  and exists (select from account where account.id = recovery.account_id and account.active)
  and recovery.password_changed_at is not distinct from
    (select changed_at from credential where credential.account_id = recovery.account_id and kind = 'password')`

const find = statement<Row & Contact>('recovery_find', `select medium, address from recovery where ${alive}`)

/** Where a link that still works went, else null. */
export async function findRecovery(tx: Tx, key: RecoveryKey, now: Instant): Promise<Contact | null> {
  return only(await tx.query(find, [key.accountId, key.id, key.secretHash, toDate(now)]))
}

const use = statement<Row & Contact>(
  'recovery_use',
  `update recovery set used_at = $4 where ${alive} returning medium, address`,
)

/** Uses a link, once: of two uses at once the second finds it used. */
export async function useRecovery(tx: Tx, key: RecoveryKey, now: Instant): Promise<Contact | null> {
  return only(await tx.query(use, [key.accountId, key.id, key.secretHash, toDate(now)]))
}

const deleteOfAccount = statement('recovery_delete_of_account', 'delete from recovery where account_id = $1')

/** Every link of an account is dead: one of its addresses is another now. */
export async function deleteRecoveries(tx: Tx, accountId: string): Promise<void> {
  await tx.query(deleteOfAccount, [accountId])
}

const deleteOld = statement<Row & { id: string }>(
  'recovery_delete_old',
  `delete from recovery where (account_id, id) in (
     select account_id, id from recovery where expires_at < $1 limit $2 for update skip locked)
   returning id`,
)

/** Returns how many. */
export async function deleteOldRecoveries(tx: Tx, now: Instant, most: number): Promise<number> {
  return (await tx.query(deleteOld, [toDate(now), most])).length
}
