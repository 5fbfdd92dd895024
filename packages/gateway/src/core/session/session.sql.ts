import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { after, fromDate, toDate, type Instant } from '../../base/time.ts'
import type { AuthenticationMethod } from '../factor/assurance.ts'
import { seenEvery, sessionIdles, type StoredSession } from './session.ts'

type SessionRow = Row & {
  readonly account_id: string
  readonly id: string
  readonly secret_hash: Uint8Array
  readonly signed_in_at: Date
  readonly seen_at: Date
  readonly expires_at: Date
  readonly ended_at: Date | null
  readonly user_agent: string | null
  readonly methods: readonly AuthenticationMethod[]
}

const columns = `session.account_id, session.id, session.secret_hash, session.signed_in_at, session.seen_at,
  session.expires_at, session.ended_at, session.user_agent, session.methods`

const insertOne = statement<Row & { id: string }>(
  'session_insert',
  `with proved as (
     select credential.account_id from credential
      where credential.account_id = $1 and credential.kind = 'password' and credential.hash = $7 for share)
   insert into session (account_id, id, secret_hash, signed_in_at, seen_at, expires_at, user_agent, methods)
   select $1, $2, $3, $4, $4, $5, $6, $8 from account
    where account.id = $1 and account.active and ($7::text is null or exists (select from proved))
   returning id`,
)

/**
 * Opens a session. With the hash of a password that was just verified it opens only while that is the account's: the
 * row is locked, so that a change of the password, which ends all sessions, comes wholly before or wholly after. False
 * when the account or its password is another by now.
 */
export async function insertSession(
  tx: Tx,
  made: StoredSession,
  verifiedHash: string | null,
): Promise<boolean> {
  const rows = await tx.query(insertOne, [
    made.accountId,
    made.id,
    made.secretHash,
    toDate(made.signedInAt),
    toDate(made.expiresAt),
    made.userAgent,
    verifiedHash,
    made.methods,
  ])
  return rows.length === 1
}

const renewOne = statement<Row & { id: string }>(
  'session_renew',
  `update session set secret_hash = $4, methods = $5, signed_in_at = $6, stepped_up_at = $6, seen_at = $6
    where account_id = $1 and id = $2 and secret_hash = $3 and ended_at is null
   returning id`,
)

/**
 * Gives a live session another secret and what was proved anew. Its id stays, so that what applications were given in
 * it still ends with it; the cookie of before opens nothing any more. False when it was renewed or ended meanwhile.
 */
export async function renewSession(
  tx: Tx,
  session: Pick<StoredSession, 'accountId' | 'id' | 'secretHash' | 'methods' | 'signedInAt'>,
  presentedHash: Uint8Array,
): Promise<boolean> {
  const { accountId, id, secretHash, methods, signedInAt } = session
  const rows = await tx.query(renewOne, [
    accountId,
    id,
    presentedHash,
    secretHash,
    methods,
    toDate(signedInAt),
  ])
  return rows.length === 1
}

const moveFamilies = statement(
  'session_move_families',
  `update token_family set session_id = $3, named_session_id = coalesce(named_session_id, session_id)
    where account_id = $1 and session_id = $2 and revoked_at is null`,
)

/** What came of a session that another one replaces in the same browser ends with that other one from now on. */
export async function moveSessionFamilies(
  tx: Tx,
  accountId: string,
  from: string,
  to: string,
): Promise<void> {
  await tx.query(moveFamilies, [accountId, from, to])
}

const findOne = statement<SessionRow>(
  'session_find',
  `select ${columns} from session join account on account.id = session.account_id and account.active
    where session.account_id = $1 and session.id = $2`,
)

/** The session, alive or not, of an account that may still sign in. */
export async function loadSession(tx: Tx, accountId: string, id: string): Promise<StoredSession | null> {
  const row = only(await tx.query(findOne, [accountId, id]))
  return row === null ? null : session(row)
}

const touch = statement(
  'session_touch',
  'update session set seen_at = $3 where account_id = $1 and id = $2 and seen_at < $4 and ended_at is null',
)

/** Notes that the session was used; of many requests at once one writes. */
export async function touchSession(tx: Tx, accountId: string, id: string, now: Instant): Promise<void> {
  await tx.query(touch, [accountId, id, toDate(now), toDate(after(now, { seconds: -seenEvery.seconds }))])
}

const listAlive = statement<SessionRow>(
  'session_list_alive',
  `select ${columns} from session
    where account_id = $1 and ended_at is null and expires_at > $2 and seen_at > $3
    order by seen_at desc, id`,
)

export async function listSessions(
  tx: Tx,
  accountId: string,
  now: Instant,
): Promise<readonly StoredSession[]> {
  const idleSince = after(now, { seconds: -sessionIdles.seconds })
  return (await tx.query(listAlive, [accountId, toDate(now), toDate(idleSince)])).map(session)
}

/**
 * Ends sessions and queues a notice for each application that was signed in to with them and wants to hear of it, in
 * one statement: no way of signing out can forget them. What was revoked before had ended with its application already.
 */
const ending = (which: string): string => `
  with ended as (
    update session set ended_at = $3 where account_id = $1 and ended_at is null and ${which} returning id
  )
  insert into logout_notice (session_id, client_id, subject, created_at, due_at)
  select distinct coalesce(family.named_session_id, family.session_id), family.client_id,
         coalesce(family.subject, family.account_id::text), $3::timestamptz, $3::timestamptz
    from token_family family
   where family.account_id = $1 and family.revoked_at is null
     and family.session_id = any (array(select id from ended))
     and exists (select from application
                  where application.client_id = family.client_id and application.backchannel_logout_uri is not null)
  on conflict do nothing`

const endSome = statement('session_end', ending('($2::uuid is null or id = $2)'))

/** Ends one session of the account, or with null all of them. Before its families are revoked, which it asks for. */
export async function endSessions(tx: Tx, accountId: string, id: string | null, now: Instant): Promise<void> {
  await tx.query(endSome, [accountId, id, toDate(now)])
}

const endOthers = statement('session_end_others', ending('id <> $2'))

export async function endOtherSessions(
  tx: Tx,
  accountId: string,
  spared: string,
  now: Instant,
): Promise<void> {
  await tx.query(endOthers, [accountId, spared, toDate(now)])
}

const deleteOld = statement<Row & { id: string }>(
  'session_delete_old',
  `delete from session
    where (account_id, id) in (
      select account_id, id from session where expires_at < $1 limit $2 for update skip locked)
   returning id`,
)

/** Deletes sessions whose time was over before then, at most so many. Returns how many. */
export async function deleteOldSessions(tx: Tx, before: Instant, most: number): Promise<number> {
  return (await tx.query(deleteOld, [toDate(before), most])).length
}

const revokeAll = statement(
  'session_revoke_all_families',
  `update token_family set revoked_at = $2, revoked_because = $3 where account_id = $1 and revoked_at is null`,
)

/** Ends all that applications hold for the account, offline access included. */
export async function revokeAllFamilies(
  tx: Tx,
  accountId: string,
  because: string,
  now: Instant,
): Promise<void> {
  await tx.query(revokeAll, [accountId, toDate(now), because])
}

const revokeFamilies = statement(
  'session_revoke_families',
  `update token_family set revoked_at = $3, revoked_because = 'signed out'
    where account_id = $1 and revoked_at is null and session_id is not null
      and ($2::uuid is null or session_id = $2) and not ('offline_access' = any (scopes))`,
)

/** What applications were given while the session lasted ends with it, unless it was asked for to outlast it. */
export async function revokeSessionFamilies(
  tx: Tx,
  accountId: string,
  id: string | null,
  now: Instant,
): Promise<void> {
  await tx.query(revokeFamilies, [accountId, id, toDate(now)])
}

function session(row: SessionRow): StoredSession {
  return {
    accountId: row.account_id,
    id: row.id,
    secretHash: row.secret_hash,
    signedInAt: fromDate(row.signed_in_at),
    seenAt: fromDate(row.seen_at),
    expiresAt: fromDate(row.expires_at),
    endedAt: row.ended_at === null ? null : fromDate(row.ended_at),
    userAgent: row.user_agent,
    methods: row.methods,
  }
}
