import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Credential } from './credential.ts'

const find = statement<Row & { hash: string; changed_at: Date }>(
  'credential_find',
  `select credential.hash, credential.changed_at
     from credential join account on account.id = credential.account_id and account.active
    where credential.account_id = $1 and credential.kind = 'password'`,
)

/** The password of an account that may sign in. */
export async function findPassword(tx: Tx, accountId: string): Promise<Credential | null> {
  const row = only(await tx.query(find, [accountId]))
  return row === null ? null : { hash: row.hash, changedAt: fromDate(row.changed_at) }
}

const lock = statement(
  'credential_lock',
  `with holder as (select id from account where id = $1 for no key update)
   select credential.account_id from holder join credential on credential.account_id = holder.id for update of credential`,
)

/** Holds the account and its password, if it has one: whoever else would set a password waits, and then sees this one. */
export async function lockPassword(tx: Tx, accountId: string): Promise<void> {
  await tx.query(lock, [accountId])
}

const save = statement(
  'credential_save',
  `insert into credential (account_id, kind, hash, changed_at) values ($1, 'password', $2, $3)
   on conflict (account_id, kind) do update set hash = excluded.hash, changed_at = excluded.changed_at`,
)

export async function savePassword(tx: Tx, accountId: string, hash: string, at: Instant): Promise<void> {
  await tx.query(save, [accountId, hash, toDate(at)])
}

const replace = statement<Row & { account_id: string }>(
  'credential_replace',
  `update credential set hash = $2, changed_at = $4
    where account_id = $1 and kind = 'password' and hash = $3
   returning account_id`,
)

/** False when the password is no longer the one that was verified: of two changes at once the second is refused. */
export async function replacePassword(
  tx: Tx,
  change: { readonly accountId: string; readonly hash: string; readonly instead: string },
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(replace, [change.accountId, change.hash, change.instead, toDate(at)])
  return rows.length === 1
}

const renew = statement<Row & { account_id: string }>(
  'credential_renew_hash',
  `update credential set hash = $2 where account_id = $1 and kind = 'password' and hash = $3
   returning account_id`,
)

/** Another hash of the same password; false when the one it replaces is no longer there. */
export async function renewHash(
  tx: Tx,
  change: { readonly accountId: string; readonly hash: string; readonly instead: string },
): Promise<boolean> {
  return (await tx.query(renew, [change.accountId, change.hash, change.instead])).length === 1
}
