import type { Tx } from '../../base/db.ts'
import { randomToken } from '../../base/secret.ts'
import { after, formatNairobi } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { strangeSignInLetter } from '../message/letters.ts'
import { findAccount } from '../account/account.sql.ts'
import type { Account } from '../account/account.ts'
import type { AuthenticationMethod } from '../factor/assurance.ts'
import { coarseNetwork } from '../limit/budget.ts'
import { findPassword } from '../account/credential.sql.ts'
import { findKnownDevice } from './find-device.ts'
import { listDevices, saveDevice } from './known-device.sql.ts'
import { deviceNameHash, deviceTrusted, rememberDevice } from './known-device.ts'
import { sendNews } from '../account/send-news.ts'
import { endSessions, insertSession, moveSessionFamilies } from './session.sql.ts'
import { printSessionKey, readSessionKey, sessionLives, type Session, type Visit } from './session.ts'
import { insertSignIn } from './sign-in-history.sql.ts'

export type OpenSession = {
  readonly accountId: string
  readonly methods: readonly AuthenticationMethod[]
  readonly visit: Visit
  /** The hash of the password that was verified: if it is another by now, nothing opens. Null: none was. */
  readonly verifiedHash: string | null
  /** She wants no second step in this browser for a while. */
  readonly trust?: boolean
}

export type SignedIn = {
  readonly session: Session
  readonly account: Account
  /** New values for both cookies. The session's is never one that the browser had before. */
  readonly sessionCookie: string
  readonly deviceCookie: string
}

/**
 * Opens a session for whoever proved enough, in the transaction that takes the proof: every way of signing in ends
 * here. Null when the account or its password went meanwhile. The session that the browser had for this account ends.
 */
export async function openSession(deps: Deps, tx: Tx, opening: OpenSession): Promise<SignedIn | null> {
  const { accountId, methods, visit, verifiedHash, trust = false } = opening
  const now = deps.clock.now()
  const key = { accountId, id: deps.ids.next(), secret: randomToken(deps.chance) }
  const session = { accountId, id: key.id, signedInAt: now, methods }
  const stored = {
    ...session,
    secretHash: deps.digests.sha256(key.secret),
    seenAt: now,
    expiresAt: after(now, sessionLives),
    endedAt: null,
    userAgent: visit.userAgent,
  }
  const opened = await insertSession(tx, stored, verifiedHash)
  const account = opened ? await findAccount(tx, accountId) : null
  if (account === null) return null
  await replaceSession(deps, tx, session, visit)
  const holder = { accountId, passwordChangedAt: (await findPassword(tx, accountId))?.changedAt ?? null }
  const known = await findKnownDevice({ ...deps, db: tx }, visit.deviceCookie, holder)
  const device = rememberDevice(visit.deviceCookie, holder, deps)
  await saveDevice(tx, accountId, {
    nameHash: deviceNameHash(device.name, deps.digests),
    userAgent: visit.userAgent,
    seenAt: now,
    trustedUntil: trust ? after(now, deviceTrusted) : null,
  })
  await note(deps, tx, { session, visit, known: known !== null })
  if (known === null) await tellOwner(deps, tx, session, visit)
  return {
    session,
    account,
    sessionCookie: printSessionKey(key),
    deviceCookie: device.cookie,
  }
}

/** What applications were given in the session of before ends with the new one. */
async function replaceSession(deps: Deps, tx: Tx, session: Session, visit: Visit): Promise<void> {
  const before = readSessionKey(visit.sessionCookie)
  if (before?.accountId !== session.accountId) return
  // First, so that no application is told that she signed out.
  await moveSessionFamilies(tx, session.accountId, before.id, session.id)
  await endSessions(tx, session.accountId, before.id, deps.clock.now())
}

async function note(
  deps: Deps,
  tx: Tx,
  { session, visit, known }: { readonly session: Session; readonly visit: Visit; readonly known: boolean },
): Promise<void> {
  const { accountId, methods, signedInAt: at } = session
  const network = coarseNetwork(visit.address)
  const entry = { at, outcome: 'opened', methods, network, userAgent: visit.userAgent, known } as const
  await insertSignIn(tx, accountId, deps.ids.next(), entry)
  const act = { what: 'session.started', by: { kind: 'account', id: accountId } } as const
  const about = { kind: 'session', id: session.id } as const
  await recordAct(tx, { ...act, about, details: { methods: methods.join(' '), known } }, deps)
}

/** A browser that the account never saw; the very first one is no news. */
async function tellOwner(deps: Deps, tx: Tx, { accountId }: Session, visit: Visit): Promise<void> {
  if ((await listDevices(tx, accountId)).length < 2) return
  const facts = { when: formatNairobi(deps.clock.now()), network: coarseNetwork(visit.address) }
  await sendNews(deps, tx, accountId, ({ locale }) => strangeSignInLetter(deps, locale, facts))
}
