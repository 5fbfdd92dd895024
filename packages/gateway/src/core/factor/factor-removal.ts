/** How somebody who lost every second factor gets back in: an operator asks for it, the owner can stop it, and it waits. */
import { days, isBefore, type Instant } from '../../base/time.ts'

/** Long enough for whoever reads her messages rarely, over a weekend too. */
export const removalWaits = days(3)
/** After this the operator makes sure of her anew. */
export const removalLives = days(10)

export type FactorRemoval = {
  readonly accountId: string
  readonly id: string
  readonly askedBy: string
  readonly because: string
  readonly askedAt: Instant
  readonly dueAt: Instant
  readonly endsAt: Instant
}

export type RemovalOutcome = 'done' | 'stopped' | 'withdrawn' | 'lapsed'

export function isLapsed({ endsAt }: Pick<FactorRemoval, 'endsAt'>, now: Instant): boolean {
  return !isBefore(now, endsAt)
}

/** Why it cannot be asked for, in one sentence; null when it can. */
export function askFault(now: {
  readonly self: boolean
  readonly hasFactor: boolean
  /** Whether the owner proved an address that a warning reaches. */
  readonly reachable: boolean
  readonly waiting: boolean
}): string | null {
  if (now.self) return 'Nobody takes second factors off an account of his own here: ask another operator.'
  if (!now.hasFactor) return 'This account has no second factor.'
  if (now.waiting) return 'This was asked for already, and waits.'
  return now.reachable
    ? null
    : 'This account has no proven address: nobody could warn its owner, and she could not choose a new password.'
}

/** Why it cannot be done yet, or not by her who asks; null when it can. */
export function finishFault(
  removal: FactorRemoval,
  now: {
    readonly at: Instant
    readonly by: string
    /** Whether the account is an operator's: then two others have to agree. */
    readonly operators: boolean
    /** Whether somebody signed in by a second factor since it was asked for. */
    readonly used: boolean
  },
): string | null {
  if (now.by === removal.accountId) return 'Nobody takes second factors off an account of his own here.'
  if (isBefore(now.at, removal.dueAt)) return 'Its owner may still object: it has to wait.'
  if (now.used) return 'Somebody signed in with a second factor since: nothing is lost. Withdraw the request.'
  return now.operators && now.by === removal.askedBy
    ? 'This is an operator’s account: another operator than the one who asked has to finish it.'
    : null
}
