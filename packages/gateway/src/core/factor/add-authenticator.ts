import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { guardChangedLetter } from '../message/letters.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findAccount } from '../account/account.sql.ts'
import { saveAuthenticator } from './authenticator.sql.ts'
import {
  authenticatorPurpose,
  authenticatorSecretLength,
  normalCode,
  printEnrolment,
  readEnrolment,
} from './authenticator.ts'
import { drawsOfSecondStep } from '../limit/budget.ts'
import { saveNewCodes } from './create-recovery-codes.ts'
import { lockFactors } from './factor.sql.ts'
import { distrustDevices } from '../session/known-device.sql.ts'
import { sendNews } from '../account/send-news.ts'
import { requireOwner } from './require-level.ts'
import type { Session } from '../session/session.ts'
import { spendTry } from '../limit/spend-try.ts'

/** What an authenticator app is told. */
export type Enrolment = {
  /** For the form: the secret, sealed for this account for half an hour. */
  readonly sealed: string
  /** In base32, for whoever cannot scan. */
  readonly secret: string
  readonly address: string
}

/** A secret to set an app up with; with `before`, the one that a form already showed. Nothing is stored until it works. */
export async function showEnrolment(
  deps: Deps,
  session: Session,
  before?: string,
): Promise<Result<Enrolment, Refusal<'step_up_required'>>> {
  const sure = await requireOwner(deps, session)
  if (!sure.ok) return sure
  const { accountId } = session
  const account = await findAccount(deps.db, accountId)
  const now = deps.clock.now()
  const shown = readEnrolment(deps.vault, accountId, before ?? '', now)
  const secret = shown ?? deps.oneTimeCodes.print(deps.chance.bytes(authenticatorSecretLength))
  const names = { issuer: 'Lango', account: account?.email ?? String(account?.number ?? '') }
  return ok({
    sealed: printEnrolment(deps.vault, accountId, secret, now),
    secret,
    address: deps.oneTimeCodes.address(secret, names),
  })
}

export type AddAuthenticator = { readonly sealed: string; readonly code: string }

/** Recovery codes come with the first factor, and are shown this once. */
export type FactorAdded = { readonly recoveryCodes: readonly string[] | null }

type AddRefusal = Refusal<'step_up_required' | 'form_expired' | 'code_wrong' | 'too_many_tries'>

/** The app is the account's once it made a right code; it replaces the one of before. */
export async function addAuthenticator(
  deps: Deps,
  session: Session,
  { sealed, code }: AddAuthenticator,
): Promise<Result<FactorAdded, AddRefusal>> {
  const sure = await requireOwner(deps, session)
  if (!sure.ok) return sure
  const { accountId } = session
  const now = deps.clock.now()
  const secret = readEnrolment(deps.vault, accountId, sealed, now)
  if (secret === null) return no(refusal('form_expired'))
  const step = await spendTry(deps, drawsOfSecondStep(accountId, null, deps.digests), () =>
    Promise.resolve(deps.oneTimeCodes.stepOf(secret, normalCode(code), now)),
  )
  if (!step.ok) return step
  if (step.value === null) return no(refusal('code_wrong'))
  const made = { sealed: deps.vault.seal(authenticatorPurpose, secret), step: step.value }
  return await deps.db.transaction(async (tx) => {
    const { recoveryCodes } = await lockFactors(tx, accountId)
    await saveAuthenticator(tx, accountId, made, now)
    await distrustDevices(tx, accountId)
    const her = { kind: 'account', id: accountId } as const
    await recordAct(tx, { what: 'account.authenticator-added', by: her, about: her }, deps)
    await sendNews(deps, tx, accountId, ({ locale }) => guardChangedLetter(deps, locale, {}))
    return ok({ recoveryCodes: recoveryCodes > 0 ? null : await saveNewCodes(deps, tx, accountId) })
  })
}
