import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import type { Medium } from '../message/message.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findAccount } from '../account/account.sql.ts'
import { accountName } from '../account/account.ts'
import { levelOf, type AssuranceLevel } from './assurance.ts'
import { findFactors } from './factor.sql.ts'
import { hasSecondFactor } from './factor.ts'
import { findSession } from '../session/find-session.ts'
import { listMessageFactors } from './message-factor.sql.ts'
import { maskedAddress } from '../account/message-address.ts'
import { listPasskeys } from './passkey.sql.ts'
import { readPending } from '../session/pending.ts'

/** What somebody may prove herself by now. */
export type Ways = {
  readonly accountName: string
  readonly password: boolean
  readonly code: boolean
  readonly recoveryCode: boolean
  /** Where a code can be sent, masked. */
  readonly messages: readonly { readonly medium: Medium; readonly address: string }[]
  /** Names of her keys, for the browser to look for; empty: none. */
  readonly passkeys: readonly string[]
}

export type SecondStep = {
  readonly ways: Ways
  /** Goes with the form: the sign-in that the page was shown for. */
  readonly mark: string
}

/** For the page of the second step: the ways of whoever gave a right password in this browser lately. */
export async function viewSecondStep(
  deps: Deps,
  pendingCookie: string | undefined,
): Promise<Result<SecondStep, Refusal<'first_step_missing'>>> {
  const pending = readPending(deps.vault, pendingCookie, deps.clock.now())
  const ways = pending === null ? null : await waysOf(deps, pending.accountId)
  if (pending === null || ways === null || !isAnother(ways)) return no(refusal('first_step_missing'))
  return ok({ ways: { ...ways, password: false }, mark: pending.mark })
}

export type Confirmation = {
  readonly ways: Ways
  /** Nothing would make this account as sure as was asked: set up a second factor first. */
  readonly missing: boolean
}

/** For the page that confirms a live session: what is strongest, so that confirming is worth as much as signing in. */
export async function viewConfirmation(
  deps: Deps,
  sessionCookie: string | undefined,
  wanted: AssuranceLevel,
): Promise<Result<Confirmation, Refusal<'login_required'>>> {
  const session = await findSession(deps, sessionCookie)
  const ways = session === null ? null : await waysOf(deps, session.accountId)
  if (session === null || ways === null) return no(refusal('login_required'))
  const another = isAnother(ways)
  const missing = wanted === 'aal2' && !another && levelOf(session.methods) !== 'aal2'
  return ok({ ways: { ...ways, password: !another }, missing })
}

function isAnother(ways: Ways): boolean {
  return ways.code || ways.passkeys.length > 0 || ways.messages.length > 0
}

async function waysOf(deps: Deps, accountId: string): Promise<Ways | null> {
  const [account, factors, passkeys, messages] = await Promise.all([
    findAccount(deps.db, accountId),
    findFactors(deps.db, accountId),
    listPasskeys(deps.db, accountId),
    listMessageFactors(deps.db, accountId),
  ])
  if (account === null) return null
  return {
    accountName: accountName(account),
    password: factors.password,
    code: factors.authenticator,
    recoveryCode: hasSecondFactor(factors) && factors.recoveryCodes > 0,
    messages: messages.map(({ medium, address }) => ({ medium, address: maskedAddress(medium, address) })),
    passkeys: passkeys.map(({ credentialId }) => credentialId),
  }
}
