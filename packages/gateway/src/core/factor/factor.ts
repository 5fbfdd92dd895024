/** What an account can prove itself by, and when one proof is not enough. */
import type { Instant } from '../../base/time.ts'
import { isBefore } from '../../base/time.ts'
import type { AssuranceLevel } from './assurance.ts'

export type Factors = {
  readonly password: boolean
  readonly authenticator: boolean
  readonly passkeys: number
  /** Media by which codes come: e-mail, SMS. */
  readonly messages: number
  /** Unused ones. They help whoever lost the others and are no factor to begin with. */
  readonly recoveryCodes: number
}

/** Whether the account has something to ask for beside its password. */
export function hasSecondFactor(factors: Factors): boolean {
  return factors.authenticator || factors.passkeys > 0 || factors.messages > 0
}

/** Whether a right password alone opens nothing yet. */
export function asksSecondStep(
  factors: Factors,
  more: {
    readonly wanted: AssuranceLevel
    /** Until when its owner wants no second step in this browser. */
    readonly trustedUntil: Instant | null
    readonly now: Instant
  },
): boolean {
  if (!hasSecondFactor(factors)) return false
  const trusted = more.trustedUntil !== null && isBefore(more.now, more.trustedUntil)
  return more.wanted === 'aal2' || !trusted
}
