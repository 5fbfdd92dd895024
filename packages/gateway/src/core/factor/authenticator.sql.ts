import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'

/** An app that makes one-time codes. */
export type Authenticator = {
  /** Its secret, sealed for `authenticatorPurpose`. */
  readonly sealed: Uint8Array
  readonly createdAt: Instant
  readonly usedAt: Instant | null
}

const find = statement<Row & { sealed: Uint8Array; created_at: Date; used_at: Date | null }>(
  'authenticator_find',
  'select sealed, created_at, used_at from authenticator where account_id = $1',
)

export async function findAuthenticator(tx: Tx, accountId: string): Promise<Authenticator | null> {
  const row = only(await tx.query(find, [accountId]))
  if (row === null) return null
  const { sealed, created_at, used_at } = row
  return {
    sealed,
    createdAt: fromDate(created_at),
    usedAt: used_at === null ? null : fromDate(used_at),
  }
}

const save = statement(
  'authenticator_save',
  `insert into authenticator (account_id, sealed, last_step, created_at) values ($1, $2, $3, $4)
   on conflict (account_id) do update
     set sealed = excluded.sealed, last_step = excluded.last_step, created_at = excluded.created_at, used_at = null`,
)

/** The one app of the account from now on; the step whose code confirmed it is taken. */
export async function saveAuthenticator(
  tx: Tx,
  accountId: string,
  made: { readonly sealed: Uint8Array; readonly step: number },
  at: Instant,
): Promise<void> {
  await tx.query(save, [accountId, made.sealed, BigInt(made.step), toDate(at)])
}

const take = statement<Row & { account_id: string }>(
  'authenticator_take_step',
  `update authenticator set last_step = $3, used_at = $4
    where account_id = $1 and sealed = $2 and last_step < $3
   returning account_id`,
)

/** Takes the code of a step; false when it or a later one was taken before, or the app is another by now. */
export async function takeStep(
  tx: Tx,
  accountId: string,
  taken: { readonly sealed: Uint8Array; readonly step: number },
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(take, [accountId, taken.sealed, BigInt(taken.step), toDate(at)])
  return rows.length === 1
}

const remove = statement<Row & { account_id: string }>(
  'authenticator_delete',
  'delete from authenticator where account_id = $1 returning account_id',
)

export async function deleteAuthenticator(tx: Tx, accountId: string): Promise<boolean> {
  return (await tx.query(remove, [accountId])).length === 1
}
