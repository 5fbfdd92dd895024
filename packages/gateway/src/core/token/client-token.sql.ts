/** Tokens that an application gets for itself (RFC 6749 section 4.4): proved, judged and issued in one statement. */
import { statement, type Row, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import { toDate, type Instant } from '../../base/time.ts'
import { secretEnd, type Known, type Proof } from '../client/client-credentials.ts'
import { boundAlone, provedColumns, provedItems } from './redeem.sql.ts'
import { splitScopes, type ResourceScope, type Scope } from '../application/scope.ts'

export type ClientToken = {
  readonly by: Proof
  readonly familyId: string
  readonly hash: Uint8Array
  readonly expiresAt: Instant
  /** Null for all of a resource server's kind that it is registered for. */
  readonly scopes: readonly ResourceScope[] | null
  /** Resource servers that the token is for; null for all that it is registered for. */
  readonly resources: readonly string[] | null
  /** The key that the token is bound to. */
  readonly jkt: string | null
}

/** What became of it. `scopes` is null when nothing was issued. */
export type ClientIssued = Known & {
  /** Whether it may get tokens for itself at all. */
  readonly registered: boolean
  /** Whether its tokens need a key, and none came along. */
  readonly unbound: boolean
  /** Whether it named a resource server that it is not registered for. */
  readonly mistargeted: boolean
  readonly scopes: readonly Scope[] | null
}

const items = recordset('item', {
  place: 'int',
  client_id: 'text',
  secret_hash: 'bytea',
  method: 'text',
  asserted: 'boolean',
  family_id: 'uuid',
  hash: 'bytea',
  ends_ms: 'float8',
  wanted: 'text',
  targets: 'text',
  jkt: 'text',
})
const now = `$${items.next}::timestamptz`

const issue = statement<
  Row & {
    readonly place: number
    readonly secret_ends_ms: number | null
    readonly registered: boolean
    readonly unbound: boolean
    readonly mistargeted: boolean
    readonly scopes: string | null
  }
>(
  'client_token_issue',
  `with item as materialized (
     select ${provedColumns}, 'client_credentials' = any (caller.grants) as registered,
            ${boundAlone} and item.jkt is null as unbound,
            not coalesce(string_to_array(item.targets, ' ') <@ caller.resources, true) as mistargeted,
            coalesce(string_to_array(item.targets, ' '), caller.resources) as meant,
            array(select scope from unnest(caller.scopes) as scope where scope like '%:%') as own
       from ${items.from} cross join (select ${now} as now) clock ${provedItems}
   ), granted as (
     select item.*, coalesce(string_to_array(wanted, ' '), own) as scopes from item
      where registered and not unbound and not mistargeted and own <> '{}'
        and (wanted is null or string_to_array(wanted, ' ') <@ own)
   ), family as (
     insert into token_family (id, client_id, scopes, signed_in_at, created_at, methods, subject, jkt, resources)
     select family_id, client_id, scopes, ${now}, ${now}, '{}', client_id, jkt, meant from granted
     on conflict do nothing
   ), issued as (
     insert into token (family_id, hash, kind, scopes, issued_at, expires_at, jkt, resources)
     select family_id, hash, 'access', scopes, ${now}, to_timestamp(ends_ms / 1000), jkt, meant from granted
     on conflict do nothing
   )
   select item.place, item.secret_ends_ms, item.registered, item.unbound, item.mistargeted, array_to_string(granted.scopes, ' ') as scopes
     from item left join granted on granted.place = item.place`,
)

/** One answer for each, in their order; null where the application did not prove itself. A repeated one changes nothing. */
export async function issueClientTokens(
  tx: Tx,
  asked: readonly ClientToken[],
  at: Instant,
): Promise<readonly (ClientIssued | null)[]> {
  const rows = asked.map(({ by, ...each }, place) => ({
    place,
    client_id: by.clientId,
    secret_hash: by.secretHash,
    method: by.method,
    asserted: by.asserted,
    family_id: each.familyId,
    hash: each.hash,
    ends_ms: each.expiresAt.epochMs,
    wanted: each.scopes?.join(' ') ?? null,
    targets: each.resources?.join(' ') ?? null,
    jkt: each.jkt,
  }))
  const found: (ClientIssued | null)[] = asked.map(() => null)
  for (const row of await tx.query(issue, [...items.values(rows), toDate(at)])) {
    const { registered, unbound, mistargeted, scopes } = row
    found[row.place] = {
      registered,
      unbound,
      mistargeted,
      secretEndsAt: secretEnd(row),
      scopes: scopes === null ? null : splitScopes(scopes),
    }
  }
  return found
}
