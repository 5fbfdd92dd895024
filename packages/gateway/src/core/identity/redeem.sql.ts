/**
 * Codes and refresh tokens are spent, and what they give is issued, in one statement over arrays: there is no moment
 * in which one is spent and nothing issued, or issued twice. It proves the application on the way, so that what was
 * switched off or rotated counts at once. Each item carries the id of its attempt, which is stored with the effect: an
 * attempt that is run again, because the connection died around COMMIT, gets its first answer.
 */
import { statement, type Row, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import { instant, toDate, type Instant, type Seconds } from '../../base/time.ts'
import type { Releases } from './application.ts'
import type { Proof } from './client-credentials.ts'
import { isAuthenticationMethod, type AuthenticationMethod } from './assurance.ts'
import type { ClaimsRequest } from './claims-request.ts'
import { splitScopes, type Scope } from './scope.ts'
import type { SigningAlg } from './signing-key.ts'

type Spend = {
  readonly familyId: string
  readonly hash: Uint8Array
  readonly by: Proof
  readonly attemptId: string
  readonly accessHash: Uint8Array
  readonly accessExpiresAt: Instant
  /** Null where none is given, whatever was asked for. */
  readonly refreshHash: Uint8Array | null
  readonly refreshExpiresAt: Instant
}

export type SpendCode = Spend & {
  /** The one of the request; by an allowance of the application any registered one will do. */
  readonly redirectUri: string
  /** Made from the verifier; null when none came. A code with another, or with one where none came, stays unspent. */
  readonly challenge: string | null
}

export type SpendRefresh = Spend & {
  /** Null for all that the refresh token holds. */
  readonly scopes: readonly Scope[] | null
  /** Seconds from the authorization after which no refresh token lives. */
  readonly familyLives: Seconds
}

/** What is known of the application that came, and what it got; null where the code or token was not good for it. */
export type Spent = {
  readonly idTokenAlg: SigningAlg
  readonly releases: Releases
  readonly granted: Granted | null
}

/** The grant whose code or refresh token was spent. */
export type Granted = {
  readonly accountId: string
  readonly accountActive: boolean
  /** Of the access token. */
  readonly scopes: readonly Scope[]
  readonly nonce: string | null
  readonly signedInAt: Instant
  readonly methods: readonly AuthenticationMethod[]
  /** Who she is to the application. */
  readonly subject: string
  readonly claims: ClaimsRequest | null
  /** Whether the refresh token was given. */
  readonly refreshes: boolean
}

type SpentRow = Row & {
  readonly place: number
  readonly id_token_alg: SigningAlg
  readonly releases: Releases
  readonly account_id: string | null
  readonly active: boolean
  readonly scopes: string
  readonly nonce: string | null
  readonly signed_in_ms: number
  readonly methods: string
  readonly subject: string
  readonly claims: ClaimsRequest | null
  readonly refreshes: boolean
}

/** Times travel as numbers, and lists as texts: dates and arrays cost more to read than all the rest of a row. */
const spendColumns = {
  place: 'int',
  family_id: 'uuid',
  hash: 'bytea',
  client_id: 'text',
  secret_hash: 'bytea',
  method: 'text',
  asserted: 'boolean',
  attempt_id: 'uuid',
  access_hash: 'bytea',
  access_ends_ms: 'float8',
  refresh_hash: 'bytea',
  refresh_ends_ms: 'float8',
} as const

/**
 * `offset 0` and `limit 1` keep look-ups what they are: as joins they were planned over whole tables while those were
 * young.
 */
const itsFamily = 'select * from token_family where token_family.id = item.family_id limit 1'

/**
 * The items whose application is live and proved itself in the way that it is registered for: by a secret, or before by
 * a signed assertion; a public one has neither (RFC 6749 section 2.1).
 */
const proved = (from: string, now: string): string => `
  select item.*, caller.id_token_alg, caller.releases, caller.allowances, caller.redirect_uris
    from ${from}
    cross join lateral (
      select * from application where application.client_id = item.client_id and application.disabled_at is null limit 1
    ) caller
   where (caller.auth_method is null or caller.auth_method = item.method)
     and case when caller.auth_method = 'private_key_jwt' then item.asserted
         when caller.kind in ('web', 'machine')
           then exists (select from application_secret secret
                         where secret.client_id = item.client_id and secret.hash = item.secret_hash
                           and (secret.retires_at is null or secret.retires_at > ${now}) offset 0)
           else item.secret_hash is null end`

const ofFamily = `family.account_id, family.nonce, (extract(epoch from family.signed_in_at) * 1000)::float8 as signed_in_ms,
  array_to_string(family.methods, ' ') as methods, coalesce(family.subject, family.account_id::text) as subject, family.claims`

/** One row for each proved item, with what was given to it if anything was. */
const answers = (given: string): string => `
  select item.place, item.id_token_alg, item.releases, given.account_id, given.nonce, given.signed_in_ms, given.methods,
         given.subject, given.claims,
         array_to_string(given.scopes, ' ') as scopes, given.refreshes,
         (select account.active from account where account.id = given.account_id) as active
    from item left join (${given}) given on given.place = item.place`

const codeItems = recordset('item', {
  ...spendColumns,
  redirect_uri: 'text',
  challenge: 'text',
})
const codeNow = `$${codeItems.next}::timestamptz`

const codes = statement<SpentRow>(
  'code_redeem',
  `with item as materialized (${proved(codeItems.from, codeNow)}
   ), spent as (
     update code set used_at = ${codeNow}, used_by = item.attempt_id
       from item cross join lateral (${itsFamily}) family
      where code.family_id = item.family_id and code.hash = item.hash
        and code.used_at is null and code.expires_at > ${codeNow}
        and family.client_id = item.client_id and family.revoked_at is null
        and (item.redirect_uri = family.redirect_uri
          or 'other-registered-redirect-at-token' = any (item.allowances)
            and item.redirect_uri = any (item.redirect_uris))
        and item.challenge is not distinct from code.challenge
     returning item.*, ${ofFamily}, family.scopes,
               item.refresh_hash is not null and 'offline_access' = any (family.scopes) as refreshes
   ), issued as (
     insert into token (family_id, hash, kind, scopes, issued_at, expires_at)
     select family_id, access_hash, 'access', scopes, ${codeNow}, to_timestamp(access_ends_ms / 1000) from spent
     union all
     select family_id, refresh_hash, 'refresh', scopes, ${codeNow}, to_timestamp(refresh_ends_ms / 1000)
       from spent where refreshes
   )
   ${answers(`
     select place, account_id, nonce, signed_in_ms, methods, subject, claims, scopes, refreshes from spent
     union all
     select item.place, ${ofFamily}, family.scopes,
            item.refresh_hash is not null and 'offline_access' = any (family.scopes)
       from item
       cross join lateral (select from code where code.family_id = item.family_id and code.hash = item.hash
                              and code.used_by = item.attempt_id limit 1) before
       cross join lateral (${itsFamily}) family`)}`,
)

/** One answer for each item, in their order; null where the application did not prove itself. */
export async function spendCodes(
  tx: Tx,
  items: readonly SpendCode[],
  now: Instant,
): Promise<readonly (Spent | null)[]> {
  const rows = items.map((item, place) => ({
    ...spendRow(item, place),
    redirect_uri: item.redirectUri,
    challenge: item.challenge,
  }))
  return inOrder(items, await tx.query(codes, [...codeItems.values(rows), toDate(now)]))
}

const refreshItems = recordset('item', { ...spendColumns, wanted: 'text', family_lives: 'float8' })
const refreshNow = `$${refreshItems.next}::timestamptz`

const refreshes = statement<SpentRow>(
  'token_refresh',
  `with item as materialized (${proved(refreshItems.from, refreshNow)}
   ), spent as (
     update token set used_at = ${refreshNow}, used_by = item.attempt_id
       from item cross join lateral (${itsFamily}) family
      where token.family_id = item.family_id and token.hash = item.hash and token.kind = 'refresh'
        and token.used_at is null and token.expires_at > ${refreshNow}
        and family.client_id = item.client_id and family.revoked_at is null
        and (item.wanted is null or string_to_array(item.wanted, ' ') <@ token.scopes)
     returning item.*, ${ofFamily}, token.scopes as held,
               family.created_at + make_interval(secs => item.family_lives) as ends_at,
               coalesce(string_to_array(item.wanted, ' '), token.scopes) as scopes
   ), issued as (
     insert into token (family_id, hash, kind, scopes, issued_at, expires_at)
     select family_id, access_hash, 'access', scopes, ${refreshNow}, to_timestamp(access_ends_ms / 1000) from spent
     union all
     select family_id, refresh_hash, 'refresh', held, ${refreshNow},
            least(to_timestamp(refresh_ends_ms / 1000), ends_at)
       from spent where refresh_hash is not null
   )
   ${answers(`
     select place, account_id, nonce, signed_in_ms, methods, subject, claims, scopes,
            refresh_hash is not null as refreshes from spent
     union all
     select item.place, ${ofFamily}, coalesce(string_to_array(item.wanted, ' '), before.scopes),
            item.refresh_hash is not null
       from item
       cross join lateral (select token.scopes from token where token.family_id = item.family_id
                              and token.hash = item.hash and token.used_by = item.attempt_id limit 1) before
       cross join lateral (${itsFamily}) family`)}`,
)

/** As spendCodes, for refresh tokens: each is good once, and its successor holds the same scopes. */
export async function spendRefreshTokens(
  tx: Tx,
  items: readonly SpendRefresh[],
  now: Instant,
): Promise<readonly (Spent | null)[]> {
  const rows = items.map((item, place) => ({
    ...spendRow(item, place),
    wanted: item.scopes?.join(' ') ?? null,
    family_lives: item.familyLives.seconds,
  }))
  return inOrder(items, await tx.query(refreshes, [...refreshItems.values(rows), toDate(now)]))
}

function spendRow(item: Spend, place: number) {
  return {
    place,
    family_id: item.familyId,
    hash: item.hash,
    client_id: item.by.clientId,
    secret_hash: item.by.secretHash,
    method: item.by.method,
    asserted: item.by.asserted,
    attempt_id: item.attemptId,
    access_hash: item.accessHash,
    access_ends_ms: item.accessExpiresAt.epochMs,
    refresh_hash: item.refreshHash,
    refresh_ends_ms: item.refreshExpiresAt.epochMs,
  }
}

function inOrder(items: readonly Spend[], rows: readonly SpentRow[]): readonly (Spent | null)[] {
  const found: (Spent | null)[] = items.map(() => null)
  for (const row of rows) {
    found[row.place] = { idTokenAlg: row.id_token_alg, releases: row.releases, granted: grantedOf(row) }
  }
  return found
}

function grantedOf(row: SpentRow): Granted | null {
  if (row.account_id === null) return null
  return {
    accountId: row.account_id,
    accountActive: row.active,
    scopes: splitScopes(row.scopes),
    nonce: row.nonce,
    signedInAt: instant(row.signed_in_ms),
    methods: row.methods.split(' ').filter(isAuthenticationMethod),
    subject: row.subject,
    claims: row.claims,
    refreshes: row.refreshes,
  }
}
