import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { joinMethods } from '../factor/assurance.ts'
import { drawsOfStranger } from '../limit/budget.ts'
import type { GivenChallenge } from '../factor/challenge.ts'
import { openSession, type SignedIn } from './open-session.ts'
import { findPasskey } from '../factor/passkey.sql.ts'
import { readAnswer } from '../factor/passkey.ts'
import { recordFailedTry } from './record-failed-try.ts'
import type { Visit } from './session.ts'
import { spendTry } from '../limit/spend-try.ts'
import { verifyFactor } from '../factor/verify-factor.ts'

export type SignInByPasskey = Visit & GivenChallenge & { readonly response: string }

/**
 * Signs in by a passkey and nothing else: the device holds the key and made sure of its holder, which is two factors in
 * one. Whose it is, the device says; that it is so, the account's own key proves.
 */
export async function signInByPasskey(
  deps: Deps,
  command: SignInByPasskey,
): Promise<Result<SignedIn, Refusal<'sign_in_failed' | 'too_many_tries'>>> {
  const accountId = readAnswer(command.response)?.accountId ?? null
  const opened = await spendTry(deps, drawsOfStranger(command.address, deps.digests), async () => {
    if (accountId === null) return null
    const { challenge, formToken, response } = command
    const proof = { kind: 'passkey', purpose: 'passkey sign-in', challenge, formToken, response } as const
    const verified = await verifyFactor(deps, accountId, proof)
    if (verified === null) return null
    const methods = joinMethods([], verified.methods)
    return await deps.db.transaction(async (tx) =>
      (await verified.take(tx))
        ? await openSession(deps, tx, { accountId, methods, visit: command, verifiedHash: null })
        : null,
    )
  })
  if (!opened.ok) return opened
  if (opened.value !== null) return ok(opened.value)
  if (accountId !== null) await recordMisuse(deps, command, accountId)
  return no(refusal('sign_in_failed'))
}

/** Only an answer of a key that the account has concerns its owner; the rest anybody can make up. */
async function recordMisuse(deps: Deps, command: SignInByPasskey, accountId: string): Promise<void> {
  const credentialId = readAnswer(command.response)?.credentialId ?? ''
  if ((await findPasskey(deps.db, accountId, credentialId)) === null) return
  recordFailedTry(deps, { accountId, methods: ['pop'], visit: command, known: false })
}
