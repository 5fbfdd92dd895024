import { statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { PublicJwk, SigningAlg, StoredKey } from './signing-key.ts'

type KeyRow = Row & {
  readonly kid: string
  readonly alg: SigningAlg
  readonly public_jwk: PublicJwk
  readonly sealed: Uint8Array
  readonly signs_from: Date
  readonly retires_at: Date | null
}

const list = statement<KeyRow>(
  'signing_key_list',
  `select kid, alg, public_jwk, sealed, signs_from, retires_at from signing_key
    where retires_at is null or retires_at > $1
    order by signs_from, kid`,
)

/** All that are still published. */
export async function listSigningKeys(tx: Tx, now: Instant): Promise<readonly StoredKey[]> {
  return (await tx.query(list, [toDate(now)])).map((row) => ({
    kid: row.kid,
    alg: row.alg,
    publicJwk: row.public_jwk,
    sealed: row.sealed,
    signsFrom: fromDate(row.signs_from),
    retiresAt: row.retires_at === null ? null : fromDate(row.retires_at),
  }))
}

const lock = statement(
  'signing_key_lock',
  `select kid from signing_key where alg = $1 order by kid for update`,
)

/** Makes whoever wants to replace a key of this algorithm wait for whoever does. */
export async function lockSigningKeys(tx: Tx, alg: SigningAlg): Promise<void> {
  await tx.query(lock, [alg])
}

const insert = statement(
  'signing_key_insert',
  `insert into signing_key (kid, alg, public_jwk, sealed, created_at, signs_from)
   values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
)

export async function insertSigningKey(tx: Tx, key: StoredKey, now: Instant): Promise<void> {
  await tx.query(insert, [key.kid, key.alg, key.publicJwk, key.sealed, toDate(now), toDate(key.signsFrom)])
}

const retire = statement(
  'signing_key_retire',
  `update signing_key set retires_at = $3 where alg = $1 and kid <> $2 and retires_at is null`,
)

export async function retireOtherKeys(
  tx: Tx,
  kept: Pick<StoredKey, 'alg' | 'kid'>,
  at: Instant,
): Promise<void> {
  await tx.query(retire, [kept.alg, kept.kid, toDate(at)])
}
