import type { Locale } from '../../base/locale.ts'
import { no, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import type { Medium } from '../message/message.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findSession } from '../session/find-session.ts'
import { listMessageFactors } from './message-factor.sql.ts'
import { readPending } from '../session/pending.ts'
import { sendCode, type SendRefusal } from '../one-time-code/send-code.ts'

export type SendSecondCode = {
  /** Whose code it is: of whoever gave a right password in this browser lately, or of whoever is signed in. */
  readonly who:
    | { readonly kind: 'second-factor'; readonly pendingCookie: string | undefined }
    | { readonly kind: 'step-up'; readonly sessionCookie: string | undefined }
  readonly medium: Medium
  readonly browser: string
  readonly address: string
  readonly locale: Locale
}

/** Sends six digits to the address that the owner chose for her second step. */
export async function sendSecondCode(
  deps: Deps,
  { who, medium, browser, address, locale }: SendSecondCode,
): Promise<Result<{ readonly id: string }, SendRefusal | Refusal<'first_step_missing'>>> {
  const accountId =
    who.kind === 'second-factor'
      ? readPending(deps.vault, who.pendingCookie, deps.clock.now())?.accountId
      : (await findSession(deps, who.sessionCookie))?.accountId
  if (accountId === undefined) return no(refusal('first_step_missing'))
  const to = (await listMessageFactors(deps.db, accountId)).find((each) => each.medium === medium)
  if (to === undefined) return no(refusal('medium_unavailable'))
  return await sendCode(deps, { purpose: who.kind, to, browser, address, locale, accountId })
}
