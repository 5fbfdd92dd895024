import { no, ok, type Result } from '../../base/result.ts'
import type { Application } from '../application/application.ts'
import { checkAssertion, type AssertionNeeds } from './check-assertion.ts'
import {
  secretEndOf,
  whyNotProved,
  type CheckedCredentials,
  type ClientCredentials,
  type ClientRefusal,
} from './client-credentials.ts'
import { countingGuesses, type Failure, type GuessNeeds } from './count-guesses.ts'
import { findApplication } from '../application/find-application.ts'

/**
 * Knows an application by the way that it is registered for: its secret, a statement signed with its key, or, of a
 * public one, its id alone. An unknown id, a wrong secret, a missing one, one from an application that has none and one
 * that came another way are refused alike, after the same work.
 */
export async function authenticateClient(
  deps: AssertionNeeds,
  given: ClientCredentials,
): Promise<Result<Application, ClientRefusal>> {
  const checked = await checkAssertion(deps, given)
  return checked.ok ? await authenticateChecked(deps, checked.value) : no(checked.refusal)
}

/** As authenticateClient, for credentials whose assertion is spent already. */
export async function authenticateChecked(
  deps: GuessNeeds,
  given: CheckedCredentials,
): Promise<Result<Application, ClientRefusal>> {
  let failure: Failure | null = null
  const known = await countingGuesses(
    deps,
    given,
    async () => {
      const application = await findApplication(deps, given.clientId)
      const problem = whyNotProved(deps.digests, application, given)
      // What the method is stands in no secret; whether an id is known or a secret nearly right is told to nobody.
      const isTold = application !== null && application.authMethod !== null
      failure = problem === null ? null : { problem, isTold }
      if (application === null || problem !== null) return null
      return { application, secretEndsAt: secretEndOf(deps.digests, application, given) }
    },
    () => failure,
  )
  return known.ok ? ok(known.value.application) : known
}
