import { no, ok, type Result } from '../../base/result.ts'
import { randomToken } from '../../base/secret.ts'
import { after } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Act } from '../audit/act.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Account, Identifier } from './account.ts'
import { findAccount, findAccountId } from './account.sql.ts'
import { drawsOf } from './budget.ts'
import { normalPassword, type Credential } from './credential.ts'
import { findPassword } from './credential.sql.ts'
import { knownDevice, rememberDevice } from './known-device.ts'
import { printSessionKey, readSessionKey, sessionLives, type Session } from './session.ts'
import { endSessions, insertSession } from './session.sql.ts'
import { spendTry } from './spend-try.ts'

export type SignIn = {
  /** What the typed name can mean; the first is the same however the name was written. */
  readonly identifiers: readonly [Identifier, ...Identifier[]]
  readonly password: string
  readonly address: string
  readonly userAgent: string | null
  /** The cookies as the browser sent them; the session that it may still have ends. */
  readonly sessionCookie: string | undefined
  readonly deviceCookie: string | undefined
}

export type SignedIn = {
  readonly session: Session
  readonly account: Account
  /** New values for both cookies. The session's is never one that the browser had before. */
  readonly sessionCookie: string
  readonly deviceCookie: string
}

type SignInRefusal = Refusal<'sign_in_failed' | 'too_many_tries'>

/** Stands for an account that does not exist, so that looking for its password takes as long. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Signs in by password. Whoever fails learns nothing about which accounts exist: the same reads, the same budgets and
 * one verification are spent whether the account is there or not.
 */
export async function signIn(deps: Deps, command: SignIn): Promise<Result<SignedIn, SignInRefusal>> {
  const accountId = (await findAccountId(deps.db, command.identifiers)) ?? nobody
  const credential = await findPassword(deps.db, accountId)
  const holder = credential === null ? null : { accountId, credential }
  const [identifier] = command.identifiers
  const device = knownDevice(command.deviceCookie, holder, deps.digests)
  const draws = drawsOf({ identifier, address: command.address, device }, deps.digests)
  const password = normalPassword(command.password)
  const look = async (): Promise<boolean> => {
    if (credential === null) return await deps.passwords.pretend(password)
    return await deps.passwords.verify(credential.hash, password)
  }
  const right = await spendTry(deps, draws, look, holder?.accountId ?? null)
  if (!right.ok) return right
  if (!right.value || holder === null) return no(refusal('sign_in_failed'))
  return await open(deps, command, holder)
}

type Proved = { readonly accountId: string; readonly credential: Credential }

async function open(
  deps: Deps,
  command: SignIn,
  proved: Proved,
): Promise<Result<SignedIn, Refusal<'sign_in_failed'>>> {
  const { accountId, credential } = proved
  const now = deps.clock.now()
  const key = { accountId, id: deps.ids.next(), secret: randomToken(deps.chance) }
  const session = {
    accountId,
    id: key.id,
    signedInAt: now,
    secretHash: deps.digests.sha256(key.secret),
    seenAt: now,
    expiresAt: after(now, sessionLives),
    endedAt: null,
    userAgent: command.userAgent,
    methods: ['pwd'],
  } as const
  return await deps.db.transaction(async (tx) => {
    const opened = await insertSession(tx, session, credential.hash)
    const account = opened ? await findAccount(tx, accountId) : null
    if (account === null) return no(refusal('sign_in_failed'))
    const before = readSessionKey(command.sessionCookie)
    if (before?.accountId === accountId) await endSessions(tx, accountId, before.id, now)
    await recordAct(tx, startedBy(session), deps)
    return ok({
      session: { accountId, id: key.id, signedInAt: now, methods: session.methods },
      account,
      sessionCookie: printSessionKey(key),
      deviceCookie: rememberDevice(command.deviceCookie, proved, deps),
    })
  })
}

function startedBy({ accountId, id, methods }: Pick<Session, 'accountId' | 'id' | 'methods'>): Act {
  return {
    what: 'session.started',
    by: { kind: 'account', id: accountId },
    about: { kind: 'session', id },
    details: { methods: methods.join(' ') },
  }
}
