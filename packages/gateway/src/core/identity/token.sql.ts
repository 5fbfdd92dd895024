import { statement, type Row, type Tx } from '../../base/db.ts'
import { instant, toDate, type Instant } from '../../base/time.ts'
import type { Allowance } from './allowance.ts'
import type { Releases } from './application.ts'
import type { Scope } from './scope.ts'
import type { LiveToken } from './token.ts'

export type TokenName = { readonly familyId: string; readonly hash: Uint8Array }

type LiveRow = Row & {
  readonly place: number
  readonly kind: 'access' | 'refresh'
  readonly scopes: string
  readonly issued_ms: number
  readonly expires_ms: number
  readonly family_id: string
  readonly account_id: string
  readonly client_id: string
  readonly releases: Releases
  readonly allowances: string
}

/** The most read statement of all: its columns are plain texts and numbers, which cost less to read than arrays and dates. */
const findLive = statement<LiveRow>(
  'token_find_live',
  `select item.place::int as place, token.kind, array_to_string(token.scopes, ' ') as scopes,
          (extract(epoch from token.issued_at) * 1000)::float8 as issued_ms,
          (extract(epoch from token.expires_at) * 1000)::float8 as expires_ms,
          token.family_id, family.account_id, family.client_id, application.releases,
          array_to_string(application.allowances, ' ') as allowances
     from unnest($1::uuid[], $2::bytea[]) with ordinality as item (family_id, hash, place)
     join token on token.family_id = item.family_id and token.hash = item.hash
     join token_family family on family.id = item.family_id
     join application on application.client_id = family.client_id
    where token.used_at is null and token.expires_at > $3
      and family.revoked_at is null and application.disabled_at is null`,
)

/** One answer for each name, in their order. */
export async function findLiveTokens(
  tx: Tx,
  names: readonly TokenName[],
  now: Instant,
): Promise<readonly (LiveToken | null)[]> {
  const rows = await tx.query(findLive, [
    names.map(({ familyId }) => familyId),
    names.map(({ hash }) => hash),
    toDate(now),
  ])
  const found = new Map(rows.map((row) => [row.place, row]))
  return names.map((_name, place) => {
    const row = found.get(place + 1)
    return row === undefined ? null : liveToken(row)
  })
}

function liveToken(row: LiveRow): LiveToken {
  return {
    kind: row.kind,
    scopes: words<Scope>(row.scopes),
    issuedAt: instant(row.issued_ms),
    expiresAt: instant(row.expires_ms),
    familyId: row.family_id,
    accountId: row.account_id,
    clientId: row.client_id,
    releases: row.releases,
    allowances: words<Allowance>(row.allowances),
  }
}

/** None of ours holds a blank. */
function words<Word extends string>(joined: string): readonly Word[] {
  return joined === '' ? [] : (joined.split(' ') as Word[])
}

const expireOne = statement(
  'token_expire_one',
  `update token set expires_at = $4
    where family_id = $1 and hash = $2 and expires_at > $4
      and exists (select from token_family family where family.id = $1 and family.client_id = $3)`,
)

/** Ends one token, if it is the client's. */
export async function expireToken(tx: Tx, name: TokenName, clientId: string, now: Instant): Promise<void> {
  await tx.query(expireOne, [name.familyId, name.hash, clientId, toDate(now)])
}

const deleteTokens = statement<Row & { family_id: string }>(
  'token_delete_expired',
  `delete from token where (family_id, hash) in
     (select family_id, hash from token where expires_at < $1 order by expires_at limit $2 for update skip locked)
   returning family_id`,
)

const deleteCodes = statement<Row & { family_id: string }>(
  'code_delete_expired',
  `delete from code where (family_id, hash) in
     (select family_id, hash from code where expires_at < $1 order by expires_at limit $2 for update skip locked)
   returning family_id`,
)

/** Deletes at most `limit` of each that ended before, and returns whose they were. */
export async function deleteExpired(tx: Tx, before: Instant, limit: number): Promise<readonly string[]> {
  const tokens = await tx.query(deleteTokens, [toDate(before), limit])
  const codes = await tx.query(deleteCodes, [toDate(before), limit])
  return [...tokens, ...codes].map((row) => row.family_id)
}
