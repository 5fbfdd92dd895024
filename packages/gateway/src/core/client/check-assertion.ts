import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import type { ApplicationWithSecrets, JsonWebKeys } from '../application/application.ts'
import {
  assertionAlgsOf,
  assertionTypes,
  longestAssertion,
  readAssertion,
  type GoodAssertion,
} from './client-assertion.ts'
import type { CheckedCredentials, ClientCredentials, ClientRefusal } from './client-credentials.ts'
import { countingGuesses, type Failure } from './count-guesses.ts'
import { findApplication } from '../application/find-application.ts'
import { findClientKeys } from './find-client-keys.ts'
import { findLentKeys } from './lent-key.sql.ts'
import type { Verified } from './signatures.ts'
import { spendJti } from './spend-jti.ts'

export type AssertionNeeds = Pick<
  Deps,
  'db' | 'clock' | 'ids' | 'digests' | 'log' | 'background' | 'net' | 'signatures' | 'publicUrl'
>

/**
 * Believes an assertion that the application signed with a key of its own for us, now and for the first time; passes
 * credentials without one as they are. What else the application has to show is asked where it is proved. Call it once
 * a request: an assertion is good once.
 */
export async function checkAssertion(
  deps: AssertionNeeds,
  given: ClientCredentials,
): Promise<Result<CheckedCredentials, ClientRefusal>> {
  const { assertion } = given
  if (assertion === null) return ok({ ...given, asserted: false })
  let failure: Failure | null = null
  const checked = await countingGuesses(
    deps,
    given,
    async () => {
      const problem = await whyNotBelieved(deps, given.clientId, assertion)
      failure = problem === null ? null : { problem, isTold: true }
      return problem === null ? { secretEndsAt: null } : null
    },
    () => failure,
  )
  return checked.ok ? ok({ ...given, asserted: true }) : no(checked.refusal)
}

async function whyNotBelieved(
  deps: AssertionNeeds,
  clientId: string,
  assertion: string,
): Promise<string | null> {
  if (assertion.length > longestAssertion) return 'The assertion is too long.'
  const application = await findApplication(deps, clientId)
  if (application === null || application.disabledAt !== null)
    return 'There is no such application, or it is switched off.'
  if (application.authMethod !== 'private_key_jwt') return 'It is not registered for private_key_jwt.'
  const verified = await verifyWithItsKeys(deps, application, assertion)
  if (verified.kind === 'refused') return because[verified.because]
  if (!assertionTypes.includes(verified.type)) return 'The header says another typ.'
  const expected = { issuer: deps.publicUrl, clientId }
  const read = readAssertion(verified.claims, expected, deps.clock.now())
  if ('problem' in read) return read.problem
  return (await spend(deps, clientId, read)) ? null : 'The assertion was used before: jti is not new.'
}

const because: Readonly<Record<Extract<Verified, { readonly kind: 'refused' }>['because'], string>> = {
  unreadable: 'The assertion is no signed JWT with JSON claims.',
  alg: 'alg is none that this application may sign with.',
  'no-key': 'None of the application’s keys has this kid and alg.',
  signature: 'The signature does not fit the key.',
}

/**
 * An unknown key may be one that is lent for a try of the flow, or a new one: the application's address is asked once more,
 * as seldom as it may be.
 */
async function verifyWithItsKeys(
  deps: AssertionNeeds,
  application: ApplicationWithSecrets,
  assertion: string,
): Promise<Verified> {
  const algs = assertionAlgsOf(application)
  const by = async (keys: JsonWebKeys) => await deps.signatures.verify(assertion, keys, algs)
  const verified = await by(await findClientKeys(deps, application, 'known'))
  if (!isByUnknownKey(verified)) return verified
  const lent = await by({ keys: await findLentKeys(deps.db, application.clientId, deps.clock.now()) })
  if (!isByUnknownKey(lent) || application.jwksUri === null) return lent
  return await by(await findClientKeys(deps, application, 'newest'))
}

function isByUnknownKey(verified: Verified): boolean {
  return verified.kind === 'refused' && verified.because === 'no-key'
}

async function spend(deps: AssertionNeeds, holder: string, { jti, expiresAt }: GoodAssertion) {
  return await spendJti(deps, { purpose: 'client-assertion', holder, jti, expiresAt })
}
