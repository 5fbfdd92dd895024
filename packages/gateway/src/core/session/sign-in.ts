import { no, ok, type Result } from '../../base/result.ts'
import { randomToken } from '../../base/secret.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findAccountId } from '../account/account.sql.ts'
import type { Identifier } from '../account/account.ts'
import type { AssuranceLevel } from '../factor/assurance.ts'
import { drawsOf } from '../limit/budget.ts'
import { findPassword } from '../account/credential.sql.ts'
import { normalPassword, type Credential } from '../account/credential.ts'
import { renewPasswordHash, verifyPassword } from '../account/verify-password.ts'
import { findFactors } from '../factor/factor.sql.ts'
import { asksSecondStep } from '../factor/factor.ts'
import { findKnownDevice } from './find-device.ts'
import type { KnownDevice } from './known-device.ts'
import { openSession, type SignedIn } from './open-session.ts'
import { newPending, printPending } from './pending.ts'
import { recordFailedTry } from './record-failed-try.ts'
import type { Visit } from './session.ts'
import { spendTry } from '../limit/spend-try.ts'

export type SignIn = Visit & {
  /** What the typed name can mean; the first is the same however the name was written. */
  readonly identifiers: readonly [Identifier, ...Identifier[]]
  readonly password: string
  /** How sure whoever sent her here wants to be. */
  readonly wanted?: AssuranceLevel
}

export type SignInStep =
  | ({ readonly kind: 'signed-in' } & SignedIn)
  /** The password was right; the cookie remembers that until the second step is done. */
  | { readonly kind: 'second-step'; readonly pendingCookie: string }

type SignInRefusal = Refusal<'sign_in_failed' | 'too_many_tries'>

/** Stands for an account that does not exist, so that looking for its password takes as long. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Signs in by password, or takes the first of two steps. Whoever fails learns nothing about which accounts exist: the
 * same reads, the same budgets and one verification are spent whether the account is there or not.
 */
export async function signIn(deps: Deps, command: SignIn): Promise<Result<SignInStep, SignInRefusal>> {
  const accountId = (await findAccountId(deps.db, command.identifiers)) ?? nobody
  const credential = await findPassword(deps.db, accountId)
  const holder = credential === null ? null : { accountId, passwordChangedAt: credential.changedAt }
  const [identifier] = command.identifiers
  const device = await findKnownDevice(deps, command.deviceCookie, holder)
  const { address } = command
  const draws = drawsOf({ identifier, address, device: device?.name ?? null }, deps.digests)
  const typed = command.password
  const look = async (): Promise<boolean> => {
    if (credential === null) return await deps.passwords.pretend(normalPassword(typed))
    return await verifyPassword(deps, credential, typed)
  }
  const right = await spendTry(deps, draws, look, holder?.accountId ?? null)
  if (!right.ok) return right
  if (right.value && credential !== null) {
    const renewed = await renewPasswordHash(deps, { accountId, credential }, typed)
    return await goOn(deps, command, { accountId, credential: renewed, device })
  }
  recordFailedTry(deps, { accountId, methods: ['pwd'], visit: command, known: device !== null })
  return no(refusal('sign_in_failed'))
}

type Proved = {
  readonly accountId: string
  readonly credential: Credential
  readonly device: KnownDevice | null
}

async function goOn(
  deps: Deps,
  command: SignIn,
  { accountId, credential, device }: Proved,
): Promise<Result<SignInStep, Refusal<'sign_in_failed'>>> {
  const now = deps.clock.now()
  const factors = await findFactors(deps.db, accountId)
  const wanted = command.wanted ?? 'aal1'
  if (asksSecondStep(factors, { wanted, trustedUntil: device?.trustedUntil ?? null, now })) {
    const first = { mark: randomToken(deps.chance, 16), accountId, passwordChangedAt: credential.changedAt }
    return ok({ kind: 'second-step', pendingCookie: printPending(deps.vault, newPending(first, now)) })
  }
  const opened = await deps.db.transaction(
    async (tx) =>
      await openSession(deps, tx, {
        accountId,
        methods: ['pwd'],
        visit: command,
        verifiedHash: credential.hash,
      }),
  )
  return opened === null ? no(refusal('sign_in_failed')) : ok({ kind: 'signed-in', ...opened })
}
