/**
 * A code is spent, and what it gives is issued, in one statement over arrays: there is no moment in which one is spent
 * and nothing issued, or issued twice. It proves the application on the way, so that what was switched off or rotated
 * counts at once. Each item carries the id of its attempt, which is stored with the effect: an attempt that is run
 * again, because the connection died around COMMIT, gets its first answer.
 */
import { statement, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { Releases } from '../application/application.ts'
import { secretEnd, type Known, type Proof } from '../client/client-credentials.ts'
import { authorizedOf, type Authorized, type AuthorizedColumns } from '../authorization/authorized.ts'
import { profileNames, profiles } from '../application/profile.ts'
import { splitScopes, type Scope } from '../application/scope.ts'
import type { SigningAlg } from '../signing-key/signing-key.ts'

export type SpendCode = {
  readonly familyId: string
  readonly hash: Uint8Array
  readonly by: Proof
  readonly attemptId: string
  readonly accessHash: Uint8Array
  readonly accessExpiresAt: Instant
  /** Null where none is given, whatever was asked for. */
  readonly refreshHash: Uint8Array | null
  readonly refreshExpiresAt: Instant
  /** Thumbprint of the key whose proof came along. */
  readonly jkt: string | null
  /** Null for all that was granted. */
  readonly resources: readonly string[] | null
  /** The one of the request; by an allowance of the application any registered one will do. */
  readonly redirectUri: string
  /** Made from the verifier; null when none came. A code with another, or with one where none came, stays unspent. */
  readonly challenge: string | null
}

/** What is known of the application that came, and what it got; null where the code was not good for it. */
export type Spent = Known & {
  readonly idTokenAlg: SigningAlg
  readonly releases: Releases
  /** Whether it may exchange codes at all. */
  readonly mayRedeem: boolean
  readonly granted: Granted | null
}

/** The grant whose code was spent. */
export type Granted = Authorized & {
  readonly accountActive: boolean
  /** Of the access token. */
  readonly scopes: readonly Scope[]
  /** Whether the refresh token was given. */
  readonly refreshes: boolean
}

type SpentRow = AuthorizedColumns & {
  readonly secret_ends_ms: number | null
  readonly place: number
  readonly id_token_alg: SigningAlg
  readonly releases: Releases
  readonly may_redeem: boolean
  readonly account_id: string | null
  readonly active: boolean
  readonly scopes: string
  readonly refreshes: boolean
}

/** Times travel as numbers, and lists as texts: dates and arrays cost more to read than all the rest of a row. */
const items = recordset('item', {
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
  jkt: 'text',
  resources: 'text',
  redirect_uri: 'text',
  challenge: 'text',
})
const now = `$${items.next}::timestamptz`
const issuer = `$${items.next + 1}::text`

/**
 * `offset 0` and `limit 1` keep look-ups what they are: as joins they were planned over whole tables while those were
 * young.
 */
export const itsFamily = 'select * from token_family where token_family.id = item.family_id limit 1'

const binding = profileNames.filter((name) => profiles[name].bindsTokens).join(',')

/** Whether its tokens are given for a key alone, because it is registered so or by its profile. */
export const boundAlone = `(caller.dpop_bound or caller.profile = any ('{${binding}}'))`

/**
 * What stands after `select` for the items whose application is live and proved itself in the way that it is registered
 * for: by a secret, or before by a signed assertion; a public one has neither (RFC 6749 section 2.1). `item` is what
 * came, `clock` the time.
 */
export const provedColumns = `item.*, caller.id_token_alg, caller.releases, caller.allowances, caller.redirect_uris,
         ${boundAlone} as dpop_bound, caller.profile, caller.grants,
         caller.kind in ('web', 'machine') as keeps_secret,
         (extract(epoch from secret.retires_at) * 1000)::float8 as secret_ends_ms`
export const provedItems = `
    cross join lateral (
      select * from application where application.client_id = item.client_id and application.disabled_at is null limit 1
    ) caller
    left join lateral (
      select secret.hash, secret.retires_at from application_secret secret
       where secret.client_id = item.client_id and secret.hash = item.secret_hash
         and (secret.retires_at is null or secret.retires_at > clock.now) limit 1
    ) secret on true
   where (caller.auth_method is null or caller.auth_method = item.method)
     and case when caller.auth_method = 'private_key_jwt' then item.asserted
         when caller.kind in ('web', 'machine') then secret.hash is not null
         else item.secret_hash is null end`

export const ofFamily = `family.account_id, family.nonce, (extract(epoch from family.signed_in_at) * 1000)::float8 as signed_in_ms,
  array_to_string(family.methods, ' ') as methods, coalesce(family.subject, family.account_id::text) as subject, family.claims,
  coalesce(family.named_session_id, family.session_id) as named_session`

const mayRedeemCodes = `item.grants && array['authorization_code', 'device_code']`

/** One row for each proved item, with what was given to it if anything was. */
const answers = (given: string): string => `
  select item.place, item.secret_ends_ms, item.id_token_alg, item.releases, ${mayRedeemCodes} as may_redeem, given.account_id, given.nonce, given.signed_in_ms, given.methods,
         given.subject, given.claims, given.named_session,
         array_to_string(given.scopes, ' ') as scopes, given.refreshes,
         (select account.active from account where account.id = given.account_id) as active
    from item left join (${given}) given on given.place = item.place`

const refreshes = `item.refresh_hash is not null and 'offline_access' = any (family.scopes)
                 and 'refresh_token' = any (item.grants)`

const redeem = statement<SpentRow>(
  'code_redeem',
  `with item as materialized (
     select ${provedColumns} from ${items.from} cross join (select ${now} as now) clock ${provedItems}
   ), spent as (
     update code set used_at = ${now}, used_by = item.attempt_id
       from item cross join lateral (${itsFamily}) family
      where code.family_id = item.family_id and code.hash = item.hash
        and code.used_at is null and code.expires_at > ${now}
        and family.client_id = item.client_id and family.revoked_at is null
        and ${mayRedeemCodes}
        and (item.redirect_uri = family.redirect_uri
          or 'other-registered-redirect-at-token' = any (item.allowances)
            and item.redirect_uri = any (item.redirect_uris))
        and item.challenge is not distinct from code.challenge
        and (family.jkt is null or family.jkt = item.jkt) and (item.jkt is not null or not item.dpop_bound)
        and (item.resources is null or string_to_array(item.resources, ' ') <@ (family.resources || ${issuer}))
     returning item.*, ${ofFamily}, family.scopes,
               ${refreshes} as refreshes
   ), issued as (
     insert into token (family_id, hash, kind, scopes, issued_at, expires_at, jkt, resources)
     select family_id, access_hash, 'access', scopes, ${now}, to_timestamp(access_ends_ms / 1000), jkt,
            string_to_array(resources, ' ')
       from spent
     union all
     select family_id, refresh_hash, 'refresh', scopes, ${now}, to_timestamp(refresh_ends_ms / 1000),
            case when not keeps_secret then jkt end, null
       from spent where refreshes
   )
   ${answers(`
     select place, account_id, nonce, signed_in_ms, methods, subject, claims, named_session, scopes, refreshes from spent
     union all
     select item.place, ${ofFamily}, family.scopes,
            ${refreshes}
       from item
       cross join lateral (select from code where code.family_id = item.family_id and code.hash = item.hash
                              and code.used_by = item.attempt_id limit 1) before
       cross join lateral (${itsFamily}) family`)}`,
)

/** One answer for each item, in their order; null where the application did not prove itself. */
export async function spendCodes(
  tx: Tx,
  codes: readonly SpendCode[],
  { now: at, issuer: ours }: { readonly now: Instant; readonly issuer: string },
): Promise<readonly (Spent | null)[]> {
  const found: (Spent | null)[] = codes.map(() => null)
  for (const row of await tx.query(redeem, [...items.values(codes.map(rowOf)), toDate(at), ours])) {
    const { id_token_alg: idTokenAlg, releases, may_redeem: mayRedeem } = row
    found[row.place] = {
      idTokenAlg,
      releases,
      mayRedeem,
      secretEndsAt: secretEnd(row),
      granted: grantedOf(row),
    }
  }
  return found
}

function rowOf(code: SpendCode, place: number) {
  return {
    place,
    family_id: code.familyId,
    hash: code.hash,
    client_id: code.by.clientId,
    secret_hash: code.by.secretHash,
    method: code.by.method,
    asserted: code.by.asserted,
    attempt_id: code.attemptId,
    access_hash: code.accessHash,
    access_ends_ms: code.accessExpiresAt.epochMs,
    refresh_hash: code.refreshHash,
    refresh_ends_ms: code.refreshExpiresAt.epochMs,
    jkt: code.jkt,
    resources: code.resources?.join(' ') ?? null,
    redirect_uri: code.redirectUri,
    challenge: code.challenge,
  }
}

function grantedOf(row: SpentRow): Granted | null {
  const { account_id: accountId } = row
  if (accountId === null) return null
  return {
    ...authorizedOf({ ...row, account_id: accountId }),
    accountActive: row.active,
    scopes: splitScopes(row.scopes),
    refreshes: row.refreshes,
  }
}
