import { no, ok, type Result } from '../../base/result.ts'
import { oncePer } from '../../base/once.ts'
import { seconds, type Clock } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal } from '../refusal.ts'
import { networkOf, type BudgetRule } from './budget.ts'
import type { ClientCredentials, ClientRefusal } from './client-credentials.ts'

/** Why a try gained nothing, for those who may know: the log, and in a sandbox the integrator. */
export type Failure = { readonly problem: string; readonly isTold: boolean }

/** Tries what only somebody with the right credentials gets, and counts when it is null. All are refused alike. */
export async function countingGuesses<Gained>(
  deps: Pick<Deps, 'clock' | 'log'>,
  given: Pick<ClientCredentials, 'clientId' | 'address'>,
  gain: () => Promise<Gained | null>,
  why: () => Failure | null = () => null,
): Promise<Result<Gained, ClientRefusal>> {
  const guesses = guessesOf(deps.clock)
  const key = `${given.clientId.slice(0, 200)} ${networkOf(given.address)}`
  const wait = guesses.wait(key)
  if (wait > 0) {
    return no(refusal('too_many_tries', { retryAfterSeconds: wait, because: 'Too many wrong secrets.' }))
  }
  const gained = await gain()
  if (gained !== null) return ok(gained)
  guesses.failed(key)
  const failure = why()
  deps.log.warn('client authentication failed', {
    clientId: given.clientId.slice(0, 100),
    ...(failure === null ? {} : { because: failure.problem }),
  })
  return no(
    refusal('invalid_client', {
      because: 'The application is unknown, or its secret is wrong or missing.',
      ...(failure?.isTold === true ? { mend: { problem: failure.problem } } : {}),
    }),
  )
}

/** Wrong secrets that one network may try on one application: ten at once, then one every six seconds. */
const guessRule: BudgetRule = { burst: 10, refill: seconds(6) }
const remembered = 20_000

/**
 * Wrong guesses, counted in this process alone: a machine's secret has 256 random bits, so this only slows down
 * guessing at weak ones that somebody brought along. What one network spent is not refilled by another's success.
 */
const guessesOf = oncePer((clock: Clock) => {
  const spent = new Map<string, { readonly count: number; readonly at: number }>()
  const spentNow = (key: string): number => {
    const before = spent.get(key)
    if (before === undefined) return 0
    const refilled = (clock.now().epochMs - before.at) / 1000 / guessRule.refill.seconds
    return Math.max(0, before.count - refilled)
  }
  return {
    wait: (key: string): number =>
      Math.ceil(Math.max(0, spentNow(key) - guessRule.burst + 1) * guessRule.refill.seconds),
    failed: (key: string): void => {
      const count = spentNow(key) + 1
      spent.delete(key)
      spent.set(key, { count, at: clock.now().epochMs })
      if (spent.size > remembered) spent.delete(spent.keys().next().value ?? '')
    },
  }
})
