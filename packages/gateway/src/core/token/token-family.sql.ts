import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { AuthenticationMethod } from '../factor/assurance.ts'
import type { ClaimsRequest } from '../authorization/claims-request.ts'
import type { Scope } from '../application/scope.ts'

export type NewFamily = {
  readonly id: string
  readonly accountId: string
  /** How she proved who she is. */
  readonly methods: readonly AuthenticationMethod[]
  /** Who she is to the application, where that is not the account's id. */
  readonly subject: string | null
  /** OpenID Connect Core 5.5. */
  readonly claims: ClaimsRequest | null
  /** Thumbprint of the key that its code is bound to (RFC 9449 section 10). */
  readonly jkt: string | null
  readonly resources: readonly string[]
  readonly clientId: string
  readonly scopes: readonly Scope[]
  readonly redirectUri: string
  readonly nonce: string | null
  readonly sessionId: string
  readonly signedInAt: Instant
  readonly codeHash: Uint8Array
  readonly challenge: string | null
  readonly codeExpiresAt: Instant
}

/** What a grant rests on, while it is made. */
export type Ground = {
  /** What must be agreed to, in the words of a consent. */
  readonly agreed: readonly string[]
  /** The pushed request that it answers. */
  readonly pushed: Uint8Array | null
}

/**
 * Consent and session are locked until the family stands. So whoever takes one of them back either comes first, and
 * there is no family, or waits and finds it.
 */
const insertOne = statement<Row & { family_id: string }>(
  'token_family_insert',
  `with agreed as materialized (
     select client_id from consent
      where account_id = $2 and client_id = $3 and withdrawn_at is null and scopes @> $18::text[]
        for share
   ), here as materialized (
     select id from session where account_id = $2 and id = $7 and ended_at is null for share
   ), answered as (
     update pushed_request set used_at = $9 from agreed, here
      where hash = $19 and used_at is null and expires_at > $9
     returning hash
   ), family as (
     insert into token_family (id, account_id, client_id, scopes, redirect_uri, nonce, session_id, signed_in_at,
       created_at, methods, subject, claims, jkt, resources)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $13, $14, $15, $16, $17
       from agreed, here
      where $19::bytea is null or exists (select from answered)
     returning id
   )
   insert into code (family_id, hash, challenge, expires_at) select id, $10, $11, $12 from family
   returning family_id`,
)

/** A family and the code that begins it. False when the ground is gone. */
export async function insertFamily(tx: Tx, made: NewFamily, ground: Ground, now: Instant): Promise<boolean> {
  const rows = await tx.query(insertOne, [
    made.id,
    made.accountId,
    made.clientId,
    made.scopes,
    made.redirectUri,
    made.nonce,
    made.sessionId,
    toDate(made.signedInAt),
    toDate(now),
    made.codeHash,
    made.challenge,
    toDate(made.codeExpiresAt),
    made.methods,
    made.subject,
    made.claims === null ? null : JSON.stringify(made.claims),
    made.jkt,
    made.resources,
    ground.agreed,
    ground.pushed,
  ])
  return rows.length === 1
}

const revokeOne = statement<Row & { id: string }>(
  'token_family_revoke',
  `update token_family set revoked_at = $3, revoked_because = $4
    where id = $1 and client_id = $2 and revoked_at is null
   returning id`,
)

/** Ends every code and token of the family, if it is the client's. False when it was ended before, or is another's. */
export async function revokeFamily(
  tx: Tx,
  family: { readonly id: string; readonly clientId: string; readonly because: string },
  now: Instant,
): Promise<boolean> {
  const rows = await tx.query(revokeOne, [family.id, family.clientId, toDate(now), family.because])
  return rows.length === 1
}

/** A code that was refused, as far as it tells why. */
export type Refused = {
  readonly clientId: string
  readonly usedAt: Instant | null
  readonly expiresAt: Instant
  readonly revoked: boolean
  readonly redirectUri: string
  readonly challenge: string | null
  readonly resources: readonly string[]
}

type RefusedRow = Row & {
  readonly client_id: string
  readonly used_at: Date | null
  readonly expires_at: Date
  readonly revoked: boolean
  readonly redirect_uri: string
  readonly challenge: string | null
  readonly resources: readonly string[]
}

const readCode = statement<RefusedRow>(
  'code_read',
  `select family.client_id, code.used_at, code.expires_at, family.revoked_at is not null as revoked,
          family.redirect_uri, code.challenge, family.resources
     from code join token_family family on family.id = code.family_id
    where code.family_id = $1 and code.hash = $2`,
)

const readRefresh = statement<Row & { readonly client_id: string }>(
  'token_read_refresh',
  `select family.client_id
     from token join token_family family on family.id = token.family_id
    where token.family_id = $1 and token.hash = $2 and token.kind = 'refresh'`,
)

export async function findRefusedCode(tx: Tx, familyId: string, hash: Uint8Array): Promise<Refused | null> {
  return refused(only(await tx.query(readCode, [familyId, hash])))
}

/** Whose refresh token it is, however dead; null where there is none of that name. */
export async function findRefreshOwner(tx: Tx, familyId: string, hash: Uint8Array): Promise<string | null> {
  return only(await tx.query(readRefresh, [familyId, hash]))?.client_id ?? null
}

function refused(row: RefusedRow | null): Refused | null {
  if (row === null) return null
  return {
    clientId: row.client_id,
    usedAt: row.used_at === null ? null : fromDate(row.used_at),
    expiresAt: fromDate(row.expires_at),
    revoked: row.revoked,
    redirectUri: row.redirect_uri,
    challenge: row.challenge,
    resources: row.resources,
  }
}

const deleteEmpty = statement(
  'token_family_delete_empty',
  `delete from token_family family
    where family.id = any ($1::uuid[])
      and not exists (select from token where token.family_id = family.id)
      and not exists (select from code where code.family_id = family.id)`,
)

/** Deletes those of which nothing is left. */
export async function deleteEmptyFamilies(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(deleteEmpty, [ids])
}
