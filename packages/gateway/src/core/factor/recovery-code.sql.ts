import { statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'

const replaceAll = statement(
  'recovery_code_replace',
  `with before as (delete from recovery_code where account_id = $1)
   insert into recovery_code (account_id, hash, created_at) select $1, hash, $3 from unnest($2::bytea[]) as made (hash)`,
)

/** These and no other from now on. */
export async function replaceRecoveryCodes(
  tx: Tx,
  accountId: string,
  hashes: readonly Uint8Array[],
  at: Instant,
): Promise<void> {
  await tx.query(replaceAll, [accountId, hashes, toDate(at)])
}

const use = statement<Row & { hash: Uint8Array }>(
  'recovery_code_use',
  `update recovery_code set used_at = $3 where account_id = $1 and hash = $2 and used_at is null returning hash`,
)

/** False when it is none of the account's or was used: of two uses at once one succeeds. */
export async function takeRecoveryCode(
  tx: Tx,
  accountId: string,
  hash: Uint8Array,
  at: Instant,
): Promise<boolean> {
  return (await tx.query(use, [accountId, hash, toDate(at)])).length === 1
}

const removeAll = statement('recovery_code_delete_all', 'delete from recovery_code where account_id = $1')

export async function deleteRecoveryCodes(tx: Tx, accountId: string): Promise<void> {
  await tx.query(removeAll, [accountId])
}
