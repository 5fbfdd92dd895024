import { no, ok, type Result } from '../../base/result.ts'
import { oncePer } from '../../base/once.ts'
import { seconds, type Clock } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { isPublic, type Application, type ApplicationWithSecrets } from './application.ts'
import { networkOf, type BudgetRule } from './budget.ts'
import { findApplication } from './find-application.ts'

/** What an application says about itself. No secret comes from one that cannot keep one. */
export type ClientCredentials = {
  readonly clientId: string
  readonly secret: string | null
  /** From where, for counting wrong guesses. */
  readonly address: string
}

export type ClientRefusal = Refusal<'invalid_client' | 'too_many_tries'>

type Needs = Pick<Deps, 'db' | 'clock' | 'digests' | 'log'>

/**
 * Knows an application by its secret, or a public one by its id alone. An unknown id, a wrong secret, a missing one
 * and one from an application that has none are refused alike, after the same work.
 */
export async function authenticateClient(
  deps: Needs,
  given: ClientCredentials,
): Promise<Result<Application, ClientRefusal>> {
  return await countingGuesses(deps, given, async () => {
    const application = await findApplication(deps, given.clientId)
    return proves(deps, application, given.secret) ? application : null
  })
}

/** Tries what only somebody with the right credentials gets, and counts when it is null. */
export async function countingGuesses<Gained>(
  deps: Pick<Needs, 'clock' | 'log'>,
  given: ClientCredentials,
  gain: () => Promise<Gained | null>,
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
  deps.log.warn('client authentication failed', { clientId: given.clientId.slice(0, 100) })
  return no(
    refusal('invalid_client', { because: 'The application is unknown, or its secret is wrong or missing.' }),
  )
}

function proves(
  { digests }: Pick<Deps, 'digests'>,
  application: ApplicationWithSecrets | null,
  secret: string | null,
): boolean {
  const hash = digests.sha256(secret ?? '')
  // Every live secret is compared, and one that is none where there is none, so that time tells nothing.
  const hashes = application?.secretHashes ?? []
  const matches = [...hashes, nothing].filter((live) => digests.equal(live, hash)).length
  if (application === null || application.disabledAt !== null) return false
  return isPublic(application) ? secret === null : secret !== null && matches > 0
}

const nothing = new Uint8Array(32)

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
