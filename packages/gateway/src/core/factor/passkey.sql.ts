import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Passkey } from './passkey.ts'

type PasskeyRow = Row & {
  readonly account_id: string
  readonly credential_id: string
  readonly public_key: Uint8Array
  readonly sign_count: bigint
  readonly transports: readonly string[]
  readonly name: string
  readonly backed_up: boolean
  readonly created_at: Date
  readonly used_at: Date | null
}

const columns = `passkey.account_id, passkey.credential_id, passkey.public_key, passkey.sign_count, passkey.transports,
  passkey.name, passkey.backed_up, passkey.created_at, passkey.used_at`

const list = statement<PasskeyRow>(
  'passkey_list',
  `select ${columns} from passkey where account_id = $1 order by created_at, credential_id`,
)

export async function listPasskeys(tx: Tx, accountId: string): Promise<readonly Passkey[]> {
  return (await tx.query(list, [accountId])).map(passkey)
}

const find = statement<PasskeyRow>(
  'passkey_find',
  `select ${columns} from passkey join account on account.id = passkey.account_id and account.active
    where passkey.account_id = $1 and passkey.credential_id = $2`,
)

/** A key of an account that may sign in. */
export async function findPasskey(tx: Tx, accountId: string, credentialId: string): Promise<Passkey | null> {
  const row = only(await tx.query(find, [accountId, credentialId]))
  return row === null ? null : passkey(row)
}

const insert = statement<Row & { credential_id: string }>(
  'passkey_insert',
  `insert into passkey (account_id, credential_id, public_key, sign_count, transports, name, backed_up, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (account_id, credential_id) do nothing
   returning credential_id`,
)

/** False when the account has this key already. */
export async function insertPasskey(tx: Tx, made: Passkey): Promise<boolean> {
  const rows = await tx.query(insert, [
    made.accountId,
    made.credentialId,
    made.publicKey,
    BigInt(made.signCount),
    made.transports,
    made.name,
    made.backedUp,
    toDate(made.createdAt),
  ])
  return rows.length === 1
}

const use = statement<Row & { credential_id: string }>(
  'passkey_use',
  `update passkey set sign_count = $3, backed_up = $4, used_at = $5
    where account_id = $1 and credential_id = $2 and (sign_count < $3 or (sign_count = 0 and $3 = 0))
   returning credential_id`,
)

/**
 * Notes that the key signed. False when its count did not go up, which means that there are two of it (WebAuthn level 3,
 * section 6.1.1), or when it is gone. Of two answers with one count the second is refused.
 */
export async function usePasskey(
  tx: Tx,
  used: Pick<Passkey, 'accountId' | 'credentialId' | 'signCount' | 'backedUp'>,
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(use, [
    used.accountId,
    used.credentialId,
    BigInt(used.signCount),
    used.backedUp,
    toDate(at),
  ])
  return rows.length === 1
}

const rename = statement<Row & { credential_id: string }>(
  'passkey_rename',
  'update passkey set name = $3 where account_id = $1 and credential_id = $2 returning credential_id',
)

export async function renamePasskey(
  tx: Tx,
  accountId: string,
  credentialId: string,
  name: string,
): Promise<boolean> {
  return (await tx.query(rename, [accountId, credentialId, name])).length === 1
}

const remove = statement<Row & { name: string }>(
  'passkey_delete',
  'delete from passkey where account_id = $1 and credential_id = $2 returning name',
)

/** Returns its name, or null when there was none. */
export async function deletePasskey(tx: Tx, accountId: string, credentialId: string): Promise<string | null> {
  return only(await tx.query(remove, [accountId, credentialId]))?.name ?? null
}

function passkey(row: PasskeyRow): Passkey {
  return {
    accountId: row.account_id,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    signCount: Number(row.sign_count),
    transports: row.transports,
    name: row.name,
    backedUp: row.backed_up,
    createdAt: fromDate(row.created_at),
    usedAt: row.used_at === null ? null : fromDate(row.used_at),
  }
}
