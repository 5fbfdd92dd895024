import { statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { Jwk } from './signatures.ts'

export type LentKey = { readonly clientId: string; readonly kid: string; readonly publicJwk: Jwk }

const lend = statement(
  'lent_key_insert',
  `with over as (delete from lent_key where client_id = $1 and ends_at <= $4)
   insert into lent_key (client_id, kid, jwk, ends_at) values ($1, $2, $3, $5)`,
)

/** Until it is dropped, or its time is over; the next one takes away what was left of others. */
export async function lendKey(
  tx: Tx,
  { clientId, kid, publicJwk }: LentKey,
  { at, until }: { readonly at: Instant; readonly until: Instant },
): Promise<void> {
  await tx.query(lend, [clientId, kid, publicJwk, toDate(at), toDate(until)])
}

const drop = statement('lent_key_drop', 'delete from lent_key where client_id = $1 and kid = $2')

export async function dropKey(tx: Tx, { clientId, kid }: Pick<LentKey, 'clientId' | 'kid'>): Promise<void> {
  await tx.query(drop, [clientId, kid])
}

const find = statement<Row & { readonly jwk: Jwk }>(
  'lent_key_find',
  'select jwk from lent_key where client_id = $1 and ends_at > $2',
)

export async function findLentKeys(tx: Tx, clientId: string, now: Instant): Promise<readonly Jwk[]> {
  return (await tx.query(find, [clientId, toDate(now)])).map(({ jwk }) => jwk)
}
