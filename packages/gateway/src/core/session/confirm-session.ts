import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { randomToken } from '../../base/secret.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { joinMethods } from '../factor/assurance.ts'
import { coarseNetwork, drawsOfOwner, drawsOfSecondStep } from '../limit/budget.ts'
import { findPassword } from '../account/credential.sql.ts'
import { verifyPassword } from '../account/verify-password.ts'
import { findFactors } from '../factor/factor.sql.ts'
import { hasSecondFactor } from '../factor/factor.ts'
import { findKnownDevice } from './find-device.ts'
import { findSession } from './find-session.ts'
import { recordFailedTry } from './record-failed-try.ts'
import { renewSession } from './session.sql.ts'
import { printSessionKey, readSessionKey, type Session, type Visit } from './session.ts'
import { insertSignIn } from './sign-in-history.sql.ts'
import { spendTry } from '../limit/spend-try.ts'
import { methodsTried, verifyFactor, type FactorProof, type Verified } from '../factor/verify-factor.ts'

/** A password confirms an account that has nothing stronger. */
export type ConfirmationProof = FactorProof | { readonly kind: 'password'; readonly password: string }

export type ConfirmSession = Visit & { readonly proof: ConfirmationProof }

export type Confirmed = {
  readonly session: Session
  /** A new value for the cookie: the one that the browser had opens nothing any more. */
  readonly sessionCookie: string
}

type ConfirmRefusal = Refusal<'login_required' | 'sign_in_failed' | 'too_many_tries'>

/**
 * Proves once more, or more surely, that it is she who uses the session. The session keeps its name and gets another
 * secret; when she proved herself moves to now.
 */
export async function confirmSession(
  deps: Deps,
  command: ConfirmSession,
): Promise<Result<Confirmed, ConfirmRefusal>> {
  const session = await findSession(deps, command.sessionCookie)
  if (session === null) return no(refusal('login_required'))
  const { accountId } = session
  const { proof } = command
  const passwordChangedAt = (await findPassword(deps.db, accountId))?.changedAt ?? null
  const device = await findKnownDevice(deps, command.deviceCookie, { accountId, passwordChangedAt })
  const draws =
    proof.kind === 'password'
      ? drawsOfOwner(accountId, deps.digests)
      : drawsOfSecondStep(accountId, device?.name ?? null, deps.digests)
  const confirmed = await spendTry(deps, draws, async () => {
    const verified =
      proof.kind === 'password'
        ? await provePassword(deps, accountId, proof.password)
        : await verifyFactor(deps, accountId, proof)
    if (verified === null) return null
    return await deps.db.transaction(async (tx) =>
      (await verified.take(tx)) ? await renew(deps, tx, { session, visit: command, verified }) : null,
    )
  })
  if (!confirmed.ok) return confirmed
  if (confirmed.value !== null) return ok(confirmed.value)
  const methods = proof.kind === 'password' ? (['pwd'] as const) : methodsTried[proof.kind]
  recordFailedTry(deps, { accountId, methods, visit: command, known: device !== null })
  return no(refusal('sign_in_failed'))
}

/** Where there is a second factor, a password alone would make an old second step look like a fresh one. */
async function provePassword(deps: Deps, accountId: string, typed: string): Promise<Verified | null> {
  const [credential, factors] = await Promise.all([
    findPassword(deps.db, accountId),
    findFactors(deps.db, accountId),
  ])
  if (credential === null || hasSecondFactor(factors)) return null
  const right = await verifyPassword(deps, credential, typed)
  return right ? { methods: ['pwd'], take: () => Promise.resolve(true) } : null
}

async function renew(
  deps: Deps,
  tx: Tx,
  {
    session,
    visit,
    verified,
  }: { readonly session: Session; readonly visit: Visit; readonly verified: Verified },
): Promise<Confirmed | null> {
  const { accountId, id } = session
  const key = { accountId, id, secret: randomToken(deps.chance) }
  const signedInAt = deps.clock.now()
  const renewed = { accountId, id, signedInAt, methods: joinMethods(session.methods, verified.methods) }
  const presented = deps.digests.sha256(readSessionKey(visit.sessionCookie)?.secret ?? '')
  const held = await renewSession(tx, { ...renewed, secretHash: deps.digests.sha256(key.secret) }, presented)
  if (!held) return null
  const network = coarseNetwork(visit.address)
  const { userAgent } = visit
  const entry = {
    at: signedInAt,
    outcome: 'stepped-up',
    methods: verified.methods,
    network,
    userAgent,
    known: true,
  } as const
  await insertSignIn(tx, accountId, deps.ids.next(), entry)
  const act = { what: 'session.confirmed', by: { kind: 'account', id: accountId } } as const
  const details = { methods: renewed.methods.join(' ') }
  await recordAct(tx, { ...act, about: { kind: 'session', id }, details }, deps)
  return { session: renewed, sessionCookie: printSessionKey(key) }
}
