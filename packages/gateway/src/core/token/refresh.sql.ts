/**
 * Refresh tokens: read with all that decides about them, then spent by one statement that also issues what follows and
 * keeps the answer. Whoever comes second finds the token spent and the answer there, in one look.
 */
import { statement, type Row, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import { instant, toDate, type Instant } from '../../base/time.ts'
import { isAllowance } from '../application/allowance.ts'
import type { Application, Releases } from '../application/application.ts'
import { secretEnd, type Known, type Proof } from '../client/client-credentials.ts'
import { authorizedOf, type Authorized, type AuthorizedRow } from '../authorization/authorized.ts'
import { itsFamily, ofFamily, provedColumns, provedItems } from './redeem.sql.ts'
import type { KnownRefresh } from './refresh.ts'
import { splitScopes, type Scope } from '../application/scope.ts'
import type { SigningAlg } from '../signing-key/signing-key.ts'

export type RefreshQuestion = {
  readonly familyId: string
  readonly hash: Uint8Array
  readonly by: Proof
}

/** The application that came, and the refresh token; null where there is none of that name. */
export type RefreshFound = Known & {
  readonly application: Pick<Application, 'allowances' | 'profile'> & {
    readonly idTokenAlg: SigningAlg
    readonly releases: Releases
    readonly keepsSecret: boolean
    /** Whether it may refresh at all. */
    readonly mayRefresh: boolean
  }
  readonly token: FoundRefresh | null
}

export type FoundRefresh = KnownRefresh & {
  readonly authorized: Authorized
  /** The attempt that spent it. */
  readonly usedBy: string | null
  /** When the authorization was given, which bounds how long it can be refreshed. */
  readonly begunAt: Instant
}

type FoundRow = AuthorizedRow & {
  readonly secret_ends_ms: number | null
  readonly place: number
  readonly id_token_alg: SigningAlg
  readonly releases: Releases
  readonly allowances: string
  readonly profile: Application['profile']
  readonly dpop_bound: boolean
  readonly keeps_secret: boolean
  readonly may_refresh: boolean
  readonly client_id: string | null
  readonly active: boolean
  readonly scopes: string
  readonly resources: string
  readonly jkt: string | null
  readonly revoked: boolean
  readonly used_ms: number | null
  readonly used_by: string | null
  readonly expires_ms: number
  readonly begun_ms: number
  readonly asked: string | null
  readonly sealed: Uint8Array | null
  readonly answer_ends_ms: number
}

const questions = recordset('item', {
  place: 'int',
  family_id: 'uuid',
  hash: 'bytea',
  client_id: 'text',
  secret_hash: 'bytea',
  method: 'text',
  asserted: 'boolean',
})
const questionNow = `$${questions.next}::timestamptz`

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`

const find = statement<FoundRow>(
  'refresh_find',
  `with item as materialized (
     select ${provedColumns} from ${questions.from} cross join (select ${questionNow} as now) clock ${provedItems})
   select item.place, item.secret_ends_ms, item.id_token_alg, item.releases, item.profile, item.dpop_bound, item.keeps_secret,
          'refresh_token' = any (item.grants) as may_refresh,
          array_to_string(item.allowances, ' ') as allowances, known.*
     from item
     left join lateral (
       select family.client_id, ${ofFamily}, array_to_string(family.resources, ' ') as resources,
              family.revoked_at is not null as revoked,
              ${ms('family.created_at')} as begun_ms, array_to_string(token.scopes, ' ') as scopes, token.jkt,
              ${ms('token.used_at')} as used_ms, token.used_by, ${ms('token.expires_at')} as expires_ms,
              answer.asked, answer.sealed, ${ms('answer.expires_at')} as answer_ends_ms,
              coalesce((select account.active from account where account.id = family.account_id), true) as active
         from token
         cross join lateral (${itsFamily}) family
         left join refresh_answer answer on answer.family_id = token.family_id and answer.hash = token.hash
        where token.family_id = item.family_id and token.hash = item.hash and token.kind = 'refresh'
        limit 1
     ) known on true`,
)

/** One answer for each question, in their order; null where the application did not prove itself. */
export async function findRefreshes(
  tx: Tx,
  asked: readonly RefreshQuestion[],
  now: Instant,
): Promise<readonly (RefreshFound | null)[]> {
  const rows = asked.map((question, place) => ({
    place,
    family_id: question.familyId,
    hash: question.hash,
    client_id: question.by.clientId,
    secret_hash: question.by.secretHash,
    method: question.by.method,
    asserted: question.by.asserted,
  }))
  const found: (RefreshFound | null)[] = asked.map(() => null)
  for (const row of await tx.query(find, [...questions.values(rows), toDate(now)])) {
    const application = {
      idTokenAlg: row.id_token_alg,
      releases: row.releases,
      keepsSecret: row.keeps_secret,
      mayRefresh: row.may_refresh,
      profile: row.profile,
      allowances: row.allowances.split(' ').filter(isAllowance),
    }
    found[row.place] = { application, secretEndsAt: secretEnd(row), token: tokenOf(row) }
  }
  return found
}

function tokenOf(row: FoundRow): FoundRefresh | null {
  if (row.client_id === null) return null
  const { asked, sealed } = row
  return {
    clientId: row.client_id,
    authorized: authorizedOf(row),
    usedAt: row.used_ms === null ? null : instant(row.used_ms),
    usedBy: row.used_by,
    expiresAt: instant(row.expires_ms),
    begunAt: instant(row.begun_ms),
    revoked: row.revoked,
    accountActive: row.active,
    scopes: splitScopes(row.scopes),
    resources: row.resources === '' ? [] : row.resources.split(' '),
    jkt: row.jkt,
    mustProve: row.dpop_bound,
    answer:
      asked === null || sealed === null ? null : { asked, sealed, expiresAt: instant(row.answer_ends_ms) },
  }
}

export type SpendRefresh = {
  readonly familyId: string
  readonly hash: Uint8Array
  readonly attemptId: string
  readonly accessHash: Uint8Array
  readonly accessExpiresAt: Instant
  readonly scopes: readonly Scope[]
  readonly resources: readonly string[] | null
  readonly jkt: string | null
  /** Null where the token stays good and is not replaced. */
  readonly next: {
    readonly hash: Uint8Array
    /** Binds the next as it bound this one. */
    readonly jkt: string | null
    readonly answer: { readonly asked: string; readonly sealed: Uint8Array; readonly expiresAt: Instant }
  } | null
  /** Of the next refresh token, or of this one where it stays. */
  readonly refreshExpiresAt: Instant
}

const items = recordset('item', {
  place: 'int',
  family_id: 'uuid',
  hash: 'bytea',
  attempt_id: 'uuid',
  access_hash: 'bytea',
  access_ends_ms: 'float8',
  scopes: 'text',
  resources: 'text',
  jkt: 'text',
  next_hash: 'bytea',
  next_jkt: 'text',
  refresh_ends_ms: 'float8',
  asked: 'text',
  sealed: 'bytea',
  answer_ends_ms: 'float8',
})
const now = `$${items.next}::timestamptz`

/** Of several items that replace one token the server takes one, and of several batches one: a row is updated once. */
const spend = statement<Row & { readonly place: number }>(
  'refresh_spend',
  `with item as materialized (select * from ${items.from}
   ), spent as (
     update token
        set used_at = case when item.next_hash is null then null else ${now} end, used_by = item.attempt_id,
            expires_at = case when item.next_hash is null then to_timestamp(item.refresh_ends_ms / 1000)
                              else token.expires_at end
       from item cross join lateral (${itsFamily}) family
      where token.family_id = item.family_id and token.hash = item.hash and token.kind = 'refresh'
        and token.used_at is null and token.expires_at > ${now} and family.revoked_at is null
     returning token.family_id, token.hash, token.used_by, token.scopes as held
   ), winner as (
     select item.*, spent.held from item join spent using (family_id, hash)
      where item.next_hash is null or item.attempt_id = spent.used_by
   ), issued as (
     insert into token (family_id, hash, kind, scopes, issued_at, expires_at, jkt, resources)
     select family_id, access_hash, 'access', string_to_array(scopes, ' '), ${now},
            to_timestamp(access_ends_ms / 1000), jkt, string_to_array(resources, ' ')
       from winner
     union all
     select family_id, next_hash, 'refresh', held, ${now}, to_timestamp(refresh_ends_ms / 1000), next_jkt, null
       from winner where next_hash is not null
   ), kept as (
     insert into refresh_answer (family_id, hash, asked, sealed, expires_at)
     select family_id, hash, asked, sealed, to_timestamp(answer_ends_ms / 1000)
       from winner where next_hash is not null
   )
   select place from winner`,
)

/** For each, whether it was this one that spent the token. */
export async function spendRefreshTokens(
  tx: Tx,
  spends: readonly SpendRefresh[],
  at: Instant,
): Promise<readonly boolean[]> {
  const rows = await tx.query(spend, [...items.values(spends.map(rowOf)), toDate(at)])
  const done = new Set(rows.map(({ place }) => place))
  return spends.map((_, place) => done.has(place))
}

function rowOf(item: SpendRefresh, place: number) {
  return {
    place,
    family_id: item.familyId,
    hash: item.hash,
    attempt_id: item.attemptId,
    access_hash: item.accessHash,
    access_ends_ms: item.accessExpiresAt.epochMs,
    scopes: item.scopes.join(' '),
    resources: item.resources?.join(' ') ?? null,
    jkt: item.jkt,
    next_hash: item.next?.hash ?? null,
    next_jkt: item.next?.jkt ?? null,
    refresh_ends_ms: item.refreshExpiresAt.epochMs,
    asked: item.next?.answer.asked ?? null,
    sealed: item.next?.answer.sealed ?? null,
    answer_ends_ms: item.next?.answer.expiresAt.epochMs ?? null,
  }
}

const deleteMany = statement<Row & { readonly family_id: string }>(
  'refresh_answer_delete_expired',
  `delete from refresh_answer where (family_id, hash) in
     (select family_id, hash from refresh_answer where expires_at < $1 order by expires_at limit $2
         for update skip locked)
   returning family_id`,
)

/** Forgets at most so many whose window is over, and returns how many. */
export async function deleteExpiredAnswers(tx: Tx, at: Instant, most: number): Promise<number> {
  return (await tx.query(deleteMany, [toDate(at), most])).length
}
