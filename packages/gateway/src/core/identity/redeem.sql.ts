/**
 * Codes and refresh tokens are spent, and what they give is issued, in one statement over arrays: there is no moment
 * in which one is spent and nothing issued, or issued twice. Each item carries the id of its attempt, which is stored
 * with the effect: an attempt that is run again, because the connection died around COMMIT, gets its first answer.
 */
import { statement, type Row, type Tx } from '../../base/db.ts'
import { instant, toDate, type Instant, type Seconds } from '../../base/time.ts'
import type { Scope } from './scope.ts'

type Spend = {
  readonly familyId: string
  readonly hash: Uint8Array
  readonly clientId: string
  readonly attemptId: string
  readonly accessHash: Uint8Array
  readonly accessExpiresAt: Instant
  /** Null where none is given, whatever was asked for. */
  readonly refreshHash: Uint8Array | null
  readonly refreshExpiresAt: Instant
}

export type SpendCode = Spend & {
  /** Null where it was already found good enough. */
  readonly redirectUri: string | null
  /** Made from the verifier; null when none came. A code with another, or with one where none came, stays unspent. */
  readonly challenge: string | null
}

export type SpendRefresh = Spend & {
  /** Null for all that the refresh token holds. */
  readonly scopes: readonly Scope[] | null
  /** Seconds from the authorization after which no refresh token lives. */
  readonly familyLives: Seconds
}

/** The grant whose code or refresh token was spent. */
export type Granted = {
  readonly accountId: string
  /** Of the access token. */
  readonly scopes: readonly Scope[]
  readonly nonce: string | null
  readonly signedInAt: Instant
  /** Whether the refresh token was given. */
  readonly refreshes: boolean
}

type GrantedRow = Row & {
  readonly place: number
  readonly account_id: string
  readonly scopes: readonly Scope[]
  readonly nonce: string | null
  readonly signed_in_ms: number
  readonly refreshes: boolean
}

/** `limit 1` keeps it a look-up by key: as a join it was planned over all families of a client while statistics were young. */
const itsFamily = 'select * from token_family where token_family.id = item.family_id limit 1'

/** Times travel as numbers: dates cost more to write and read than all the rest of a row. */
const signedInMs = '(extract(epoch from family.signed_in_at) * 1000)::float8 as signed_in_ms'

const codes = statement<GrantedRow>(
  'code_redeem',
  `with item as (
     select * from unnest($1::uuid[], $2::bytea[], $3::text[], $4::uuid[], $5::bytea[], $6::float8[],
                          $7::bytea[], $8::float8[], $9::text[], $10::text[]) with ordinality
       as item (family_id, hash, client_id, attempt_id, access_hash, access_ends_ms,
                refresh_hash, refresh_ends_ms, redirect_uri, challenge, place)
   ), spent as (
     update code set used_at = $11, used_by = item.attempt_id
       from item cross join lateral (${itsFamily}) family
      where code.family_id = item.family_id and code.hash = item.hash
        and code.used_at is null and code.expires_at > $11
        and family.client_id = item.client_id and family.revoked_at is null
        and (item.redirect_uri is null or item.redirect_uri = family.redirect_uri)
        and item.challenge is not distinct from code.challenge
     returning item.*, family.account_id, family.scopes, family.nonce, ${signedInMs},
               item.refresh_hash is not null and 'offline_access' = any (family.scopes) as refreshes
   ), issued as (
     insert into token (family_id, hash, kind, scopes, issued_at, expires_at)
     select family_id, access_hash, 'access', scopes, $11, to_timestamp(access_ends_ms / 1000) from spent
     union all
     select family_id, refresh_hash, 'refresh', scopes, $11, to_timestamp(refresh_ends_ms / 1000) from spent where refreshes
   )
   select place::int as place, account_id, scopes, nonce, signed_in_ms, refreshes from spent
   union all
   select item.place::int, family.account_id, family.scopes, family.nonce, ${signedInMs},
          item.refresh_hash is not null and 'offline_access' = any (family.scopes)
     from item
     join code on code.family_id = item.family_id and code.hash = item.hash and code.used_by = item.attempt_id
     join token_family family on family.id = item.family_id`,
)

/** One answer for each item, in their order; null where the code was not good for it and stays as it was. */
export async function spendCodes(
  tx: Tx,
  items: readonly SpendCode[],
  now: Instant,
): Promise<readonly (Granted | null)[]> {
  const rows = await tx.query(codes, [
    ...columns(items),
    items.map(({ redirectUri }) => redirectUri),
    items.map(({ challenge }) => challenge),
    toDate(now),
  ])
  return inOrder(items, rows)
}

const refreshes = statement<GrantedRow>(
  'token_refresh',
  `with item as (
     select * from unnest($1::uuid[], $2::bytea[], $3::text[], $4::uuid[], $5::bytea[], $6::float8[],
                          $7::bytea[], $8::float8[], $9::text[], $10::float8[]) with ordinality
       as item (family_id, hash, client_id, attempt_id, access_hash, access_ends_ms,
                refresh_hash, refresh_ends_ms, wanted, family_lives, place)
   ), spent as (
     update token set used_at = $11, used_by = item.attempt_id
       from item cross join lateral (${itsFamily}) family
      where token.family_id = item.family_id and token.hash = item.hash and token.kind = 'refresh'
        and token.used_at is null and token.expires_at > $11
        and family.client_id = item.client_id and family.revoked_at is null
        and (item.wanted is null or string_to_array(item.wanted, ' ') <@ token.scopes)
     returning item.*, family.account_id, family.nonce, ${signedInMs}, token.scopes as held,
               family.created_at + make_interval(secs => item.family_lives) as ends_at,
               coalesce(string_to_array(item.wanted, ' '), token.scopes) as scopes
   ), issued as (
     insert into token (family_id, hash, kind, scopes, issued_at, expires_at)
     select family_id, access_hash, 'access', scopes, $11, to_timestamp(access_ends_ms / 1000) from spent
     union all
     select family_id, refresh_hash, 'refresh', held, $11, least(to_timestamp(refresh_ends_ms / 1000), ends_at)
       from spent where refresh_hash is not null
   )
   select place::int as place, account_id, scopes, nonce, signed_in_ms, refresh_hash is not null as refreshes from spent
   union all
   select item.place::int, family.account_id, coalesce(string_to_array(item.wanted, ' '), token.scopes),
          family.nonce, ${signedInMs}, item.refresh_hash is not null
     from item
     join token on token.family_id = item.family_id and token.hash = item.hash and token.used_by = item.attempt_id
     join token_family family on family.id = item.family_id`,
)

/** As spendCodes, for refresh tokens: each is good once, and its successor holds the same scopes. */
export async function spendRefreshTokens(
  tx: Tx,
  items: readonly SpendRefresh[],
  now: Instant,
): Promise<readonly (Granted | null)[]> {
  const wanted = items.map(({ scopes }) => scopes?.join(' ') ?? null)
  return inOrder(
    items,
    await tx.query(refreshes, [
      ...columns(items),
      wanted,
      items.map(({ familyLives }) => familyLives.seconds),
      toDate(now),
    ]),
  )
}

function columns(items: readonly Spend[]): readonly unknown[] {
  return [
    items.map((item) => item.familyId),
    items.map((item) => item.hash),
    items.map((item) => item.clientId),
    items.map((item) => item.attemptId),
    items.map((item) => item.accessHash),
    items.map((item) => item.accessExpiresAt.epochMs),
    items.map((item) => item.refreshHash),
    items.map((item) => item.refreshExpiresAt.epochMs),
  ]
}

function inOrder(items: readonly Spend[], rows: readonly GrantedRow[]): readonly (Granted | null)[] {
  const found = new Map(rows.map((row) => [row.place, row]))
  return items.map((_item, place) => {
    const row = found.get(place + 1)
    if (row === undefined) return null
    return {
      accountId: row.account_id,
      scopes: row.scopes,
      nonce: row.nonce,
      signedInAt: instant(row.signed_in_ms),
      refreshes: row.refreshes,
    }
  })
}
