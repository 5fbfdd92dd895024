import { statement, type Row, type Tx } from '../../base/db.ts'
import { instant, toDate, type Instant } from '../../base/time.ts'
import { isAllowance } from '../application/allowance.ts'
import type { Releases } from '../application/application.ts'
import { secretEnd, type Known, type Proof } from '../client/client-credentials.ts'
import type { ClaimsAsked } from '../authorization/claims-request.ts'
import { splitScopes, type Scope } from '../application/scope.ts'
import type { LiveToken } from './token.ts'

export type TokenName = { readonly familyId: string; readonly hash: Uint8Array }

/** A look-up: which token, if it can be one at all, and who says to ask, if anybody does. */
export type TokenQuestion = {
  readonly name: TokenName | null
  readonly caller: Proof | null
}

export type TokenFound = Known & {
  readonly token: LiveToken | null
  /** Whether the caller is an application that is not switched off and can prove it; a public one cannot. */
  readonly proved: boolean
  /** Whether the caller is a resource server that the token is for, and then the scopes that it may know of. */
  readonly serves: 'all' | readonly Scope[] | null
}

/** For a text that names no token, from nobody who can be known. */
export const nothingFound: TokenFound = { token: null, proved: false, secretEndsAt: null, serves: null }

type FoundRow = Row & {
  readonly place: number
  readonly proved: boolean
  readonly secret_ends_ms: number | null
  readonly kind: 'access' | 'refresh' | null
  readonly scopes: string
  readonly issued_ms: number
  readonly expires_ms: number
  readonly family_id: string
  readonly account_id: string | null
  readonly subject: string
  readonly claims: ClaimsAsked | null
  readonly resources: string
  readonly jkt: string | null
  readonly serves: string | null
  readonly client_id: string
  readonly releases: Releases
  readonly allowances: string
}

/**
 * The most asked statement of all. It proves the caller on the way, instead of in a question of its own, and its
 * columns are plain texts and numbers, which cost less to read than arrays and dates. `limit 1` keeps it a look-up by
 * key for each item: as a join it was planned over all families of an application while statistics were young.
 */
const find = statement<FoundRow>(
  'token_find_live',
  `select item.place::int as place,
          exists (select from application caller
                   where caller.client_id = item.caller_id and caller.disabled_at is null
                     and (caller.auth_method is null or caller.auth_method = item.method)
                     and case when caller.auth_method = 'private_key_jwt' then item.asserted else secret.hash is not null end) as proved,
          (extract(epoch from secret.retires_at) * 1000)::float8 as secret_ends_ms,
          live.*
     from unnest($1::uuid[], $2::bytea[], $3::text[], $4::bytea[], $6::text[], $7::boolean[]) with ordinality
            as item (family_id, hash, caller_id, secret_hash, method, asserted, place)
     left join lateral (
       select secret.hash, secret.retires_at from application_secret secret
        where secret.client_id = item.caller_id and secret.hash = item.secret_hash
          and (secret.retires_at is null or secret.retires_at > $5)
        limit 1
     ) secret on true
     left join lateral (
       select token.kind, array_to_string(token.scopes, ' ') as scopes,
              (extract(epoch from token.issued_at) * 1000)::float8 as issued_ms,
              (extract(epoch from token.expires_at) * 1000)::float8 as expires_ms,
              token.family_id, family.account_id, family.client_id, application.releases, token.jkt,
              coalesce(family.subject, family.account_id::text, family.client_id) as subject, family.claims -> 'userinfo' as claims,
              array_to_string(coalesce(token.resources, family.resources), ' ') as resources,
              (select string_agg(array_to_string(server.scopes, ' '), ' ') from resource_server server
                where server.identifier = any (coalesce(token.resources, family.resources))
                  and server.client_id = item.caller_id) as serves,
              array_to_string(application.allowances, ' ') as allowances
         from token
         join token_family family on family.id = token.family_id
         join application on application.client_id = family.client_id
        where token.family_id = item.family_id and token.hash = item.hash
          and token.used_at is null and token.expires_at > $5
          and family.revoked_at is null and application.disabled_at is null
        limit 1
     ) live on true`,
)

/** One answer for each question, in their order. */
export async function findLiveTokens(
  tx: Tx,
  questions: readonly TokenQuestion[],
  now: Instant,
): Promise<readonly TokenFound[]> {
  const rows = await tx.query(find, [
    questions.map(({ name }) => name?.familyId ?? null),
    questions.map(({ name }) => name?.hash ?? null),
    questions.map(({ caller }) => caller?.clientId ?? null),
    questions.map(({ caller }) => caller?.secretHash ?? null),
    toDate(now),
    questions.map(({ caller }) => caller?.method ?? null),
    questions.map(({ caller }) => caller?.asserted ?? false),
  ])
  const found: TokenFound[] = questions.map(() => nothingFound)
  for (const row of rows)
    found[row.place - 1] = {
      token: liveToken(row),
      proved: row.proved,
      secretEndsAt: secretEnd(row),
      serves: servesOf(row),
    }
  return found
}

/** A server that names no scopes as its own hears of all. */
function servesOf({ serves }: FoundRow): TokenFound['serves'] {
  if (serves === null) return null
  return serves.trim() === '' ? 'all' : splitScopes(serves)
}

function liveToken(row: FoundRow): LiveToken | null {
  if (row.kind === null) return null
  return {
    kind: row.kind,
    scopes: splitScopes(row.scopes),
    issuedAt: instant(row.issued_ms),
    expiresAt: instant(row.expires_ms),
    familyId: row.family_id,
    accountId: row.account_id,
    subject: row.subject,
    claims: Object.keys(row.claims ?? {}),
    resources: row.resources === '' ? [] : row.resources.split(' '),
    jkt: row.jkt,
    clientId: row.client_id,
    releases: row.releases,
    allowances: row.allowances.split(' ').filter(isAllowance),
  }
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
