import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'

const find = statement<{ readonly sealed: Uint8Array | null; readonly fresh: boolean }>(
  'find_provider_token',
  'select sealed, expires_at > $2 as fresh from provider_token where name_hash = $1',
)

/** The shared token, still sealed; null when there is none that lives. */
export async function findProviderToken(
  tx: Tx,
  nameHash: Uint8Array,
  now: Instant,
): Promise<Uint8Array | null> {
  const row = only(await tx.query(find, [nameHash, toDate(now)]))
  return row?.fresh === true ? row.sealed : null
}

const lease = statement<{ readonly name_hash: Uint8Array }>(
  'lease_provider_token',
  `insert into provider_token as held (name_hash, expires_at, leased_until) values ($1, $2, $3)
   on conflict (name_hash) do update set leased_until = excluded.leased_until
     where held.leased_until <= $2 and (held.expires_at <= $2 or held.sealed = $4)
   returning name_hash`,
)

/**
 * Takes the right to fetch a token: true for one caller at a time, and only while there is none that lives, or while
 * the stored one is still that which the provider refused.
 */
export async function leaseProviderToken(
  tx: Tx,
  nameHash: Uint8Array,
  asked: { readonly now: Instant; readonly until: Instant; readonly refused: Uint8Array | null },
): Promise<boolean> {
  const rows = await tx.query(lease, [nameHash, toDate(asked.now), toDate(asked.until), asked.refused])
  return rows.length === 1
}

const save = statement<Row>(
  'save_provider_token',
  'update provider_token set sealed = $2, expires_at = $3, leased_until = $4 where name_hash = $1',
)

/** Stores what was fetched and gives the right back; null: nothing was. */
export async function saveProviderToken(
  tx: Tx,
  nameHash: Uint8Array,
  fetched: { readonly sealed: Uint8Array | null; readonly expiresAt: Instant; readonly now: Instant },
): Promise<void> {
  await tx.query(save, [nameHash, fetched.sealed, toDate(fetched.expiresAt), toDate(fetched.now)])
}
