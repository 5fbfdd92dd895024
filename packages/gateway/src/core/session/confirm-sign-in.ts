import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { joinMethods } from '../factor/assurance.ts'
import { drawsOfSecondStep } from '../limit/budget.ts'
import { findPassword } from '../account/credential.sql.ts'
import { findKnownDevice } from './find-device.ts'
import { openSession, type SignedIn } from './open-session.ts'
import { readPending } from './pending.ts'
import { recordFailedTry } from './record-failed-try.ts'
import type { Visit } from './session.ts'
import { spendTry } from '../limit/spend-try.ts'
import { methodsTried, verifyFactor, type FactorProof } from '../factor/verify-factor.ts'

export type ConfirmSignIn = Visit & {
  readonly pendingCookie: string | undefined
  /** Of the page that she answered; another one than the cookie's is of another tab's sign-in. */
  readonly mark: string
  readonly proof: FactorProof
  readonly trust: boolean
}

type ConfirmRefusal = Refusal<'first_step_missing' | 'sign_in_failed' | 'too_many_tries'>

/** The second step of a sign-in. What the first one found is looked at again: nothing was open in between. */
export async function confirmSignIn(
  deps: Deps,
  command: ConfirmSignIn,
): Promise<Result<SignedIn, ConfirmRefusal>> {
  const pending = readPending(deps.vault, command.pendingCookie, deps.clock.now())
  const credential = pending === null ? null : await findPassword(deps.db, pending.accountId)
  if (pending === null || credential === null || pending.mark !== command.mark) {
    return no(refusal('first_step_missing'))
  }
  const { accountId, passwordChangedAt } = pending
  if (credential.changedAt.epochMs !== passwordChangedAt.epochMs) return no(refusal('first_step_missing'))
  const device = await findKnownDevice(deps, command.deviceCookie, { accountId, passwordChangedAt })
  const draws = drawsOfSecondStep(accountId, device?.name ?? null, deps.digests)
  const { proof, trust } = command
  const opened = await spendTry(deps, draws, async () => {
    const verified = await verifyFactor(deps, accountId, proof)
    if (verified === null) return null
    const methods = joinMethods(['pwd'], verified.methods)
    return await deps.db.transaction(async (tx) =>
      (await verified.take(tx))
        ? await openSession(deps, tx, {
            accountId,
            methods,
            visit: command,
            verifiedHash: credential.hash,
            trust,
          })
        : null,
    )
  })
  if (!opened.ok) return opened
  if (opened.value !== null) return ok(opened.value)
  recordFailedTry(deps, {
    accountId,
    methods: ['pwd', ...methodsTried[proof.kind]],
    visit: command,
    known: device !== null,
  })
  return no(refusal('sign_in_failed'))
}
