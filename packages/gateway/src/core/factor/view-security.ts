import type { Instant } from '../../base/time.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import type { Contact } from '../message/message.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findAccount } from '../account/account.sql.ts'
import type { Account } from '../account/account.ts'
import { provedContact } from './add-message-factor.ts'
import { findAuthenticator, type Authenticator } from './authenticator.sql.ts'
import { findPassword } from '../account/credential.sql.ts'
import { findFactors } from './factor.sql.ts'
import type { Factors } from './factor.ts'
import { findKnownDevice } from '../session/find-device.ts'
import { findSession } from '../session/find-session.ts'
import { listDevices } from '../session/known-device.sql.ts'
import type { KnownDevice } from '../session/known-device.ts'
import { listMessageFactors } from './message-factor.sql.ts'
import { listPasskeys } from './passkey.sql.ts'
import type { Passkey } from './passkey.ts'
import { listSessions } from '../session/session.sql.ts'
import type { Session, StoredSession, Visit } from '../session/session.ts'
import { listSignIns, type SignInEntry } from '../session/sign-in-history.sql.ts'

/** All that guards an account, for its owner. */
export type SecurityView = {
  readonly account: Account
  readonly session: Session
  readonly factors: Factors
  readonly passwordChangedAt: Instant | null
  readonly authenticator: Authenticator | null
  readonly passkeys: readonly Passkey[]
  /** Where codes go, and where they could. */
  readonly messageFactors: readonly Contact[]
  readonly contacts: readonly Contact[]
  readonly sessions: readonly StoredSession[]
  readonly devices: readonly KnownDevice[]
  /** The one that she looks from, when it is known. */
  readonly here: KnownDevice | null
  readonly history: readonly SignInEntry[]
}

const historyShown = 20

export async function viewSecurity(
  deps: Deps,
  visit: Pick<Visit, 'sessionCookie' | 'deviceCookie'>,
): Promise<Result<SecurityView, Refusal<'login_required'>>> {
  const session = await findSession(deps, visit.sessionCookie)
  const account = session === null ? null : await findAccount(deps.db, session.accountId)
  if (session === null || account === null) return no(refusal('login_required'))
  const { id } = account
  const [factors, password, authenticator, passkeys, messageFactors, sessions, devices, history] =
    await Promise.all([
      findFactors(deps.db, id),
      findPassword(deps.db, id),
      findAuthenticator(deps.db, id),
      listPasskeys(deps.db, id),
      listMessageFactors(deps.db, id),
      listSessions(deps.db, id, deps.clock.now()),
      listDevices(deps.db, id),
      listSignIns(deps.db, id, historyShown),
    ])
  const passwordChangedAt = password?.changedAt ?? null
  const here = await findKnownDevice(deps, visit.deviceCookie, { accountId: id, passwordChangedAt })
  return ok({
    account,
    session,
    factors,
    passwordChangedAt,
    authenticator,
    passkeys,
    messageFactors,
    contacts: (['sms', 'email'] as const)
      .filter((medium) => deps.messages.carries(medium))
      .flatMap((medium) => provedContact(account, medium) ?? []),
    sessions,
    devices,
    here,
    history,
  })
}
