import { base64url } from '../../base/bytes.ts'
import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import { remembering } from '../../base/remember.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { seconds } from '../../base/time.ts'
import type { Act } from '../audit/act.ts'
import { recordOnce } from '../audit/record-once.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { networkOf, type BudgetRule, type Draw } from '../limit/budget.ts'
import { giveTriesBack } from '../limit/budget.sql.ts'
import type { ClientCredentials, ClientRefusal, Known } from './client-credentials.ts'
import { noteOldSecret } from './note-old-secret.ts'
import { drawAll } from '../limit/spend-try.ts'

/** Why a try gained nothing, for those who may know: the log, and in a sandbox the integrator. */
export type Failure = { readonly problem: string; readonly isTold: boolean }

export type GuessNeeds = Pick<Deps, 'db' | 'clock' | 'ids' | 'digests' | 'log' | 'background'>

type Caller = Pick<ClientCredentials, 'clientId' | 'address'>

/**
 * Wrong secrets, counted for all processes together. `pair` is one network and one application: ten at once, then one every
 * six seconds. `guesses` is one network and all applications. What one network spent is not refilled by another's success.
 */
const rules = {
  pair: { burst: 10, refill: seconds(6) },
  guesses: { burst: 100, refill: seconds(2) },
} as const satisfies Readonly<Record<string, BudgetRule>>

/**
 * Tries what only somebody with the right credentials gets, and counts when it is null. All are refused alike.
 *
 * Whoever proved himself from a network goes on without being counted, so machines pay nothing for this. Who was never seen
 * there goes ahead alone while others of the same name wait for what becomes of it; after a wrong secret each try is paid
 * before it is looked at. So N processes look at `burst + N` wrong ones at most, however many come at once.
 */
export async function countingGuesses<Gained extends Known>(
  deps: GuessNeeds,
  given: Caller,
  gain: () => Promise<Gained | null>,
  why: () => Failure | null = () => null,
): Promise<Result<Gained, ClientRefusal>> {
  const door = doorsOf(deps.db)(given, deps.clock.now().epochMs)
  if (door.probe !== null) await door.probe
  const work = tried(deps, { given, gain, why }, door)
  if (door.standing !== 'unknown' || door.probe !== null) return await work
  door.probe = work.then(ended, ended)
  return await work.finally(() => {
    door.probe = null
  })
}

const ended = (): void => undefined

type Try<Gained> = {
  readonly given: Caller
  readonly gain: () => Promise<Gained | null>
  readonly why: () => Failure | null
}

async function tried<Gained extends Known>(
  deps: GuessNeeds,
  { given, gain, why }: Try<Gained>,
  door: Door,
): Promise<Result<Gained, ClientRefusal>> {
  const isPaid = door.standing === 'suspect'
  const draws = isPaid ? drawsOf(deps, given) : []
  const wait = isPaid ? await pay(deps, given, draws) : null
  if (wait !== null) {
    return no(refusal('too_many_tries', { retryAfterSeconds: wait, because: 'Too many wrong secrets.' }))
  }
  const gained = await gain().catch(async (fault: unknown) => {
    await giveTriesBack(deps.db, draws)
    throw fault
  })
  if (gained !== null) {
    if (isPaid) await giveTriesBack(deps.db, draws)
    else door.standing = 'proved'
    noteOldSecret(deps, given.clientId, gained)
    return ok(gained)
  }
  if (!isPaid) await pay(deps, given, drawsOf(deps, given))
  door.standing = 'suspect'
  door.failedAt = deps.clock.now().epochMs
  return no(refusedClient(deps, given, why()))
}

function refusedClient(
  deps: Pick<Deps, 'log'>,
  given: Caller,
  failure: Failure | null,
): Refusal<'invalid_client'> {
  deps.log.warn('client authentication failed', {
    clientId: given.clientId.slice(0, 100),
    ...(failure === null ? {} : { because: failure.problem }),
  })
  return refusal('invalid_client', {
    because: 'The application is unknown, or its secret is wrong or missing.',
    ...(failure?.isTold === true ? { mend: { problem: failure.problem } } : {}),
  })
}

/** Seconds to wait; null when it was paid. */
async function pay(deps: GuessNeeds, given: Caller, draws: readonly Draw[]): Promise<number | null> {
  return await deps.db.transaction(async (tx) => {
    const used: string[] = []
    const wait = await drawAll(tx, draws, deps.clock.now(), (key) => used.push(key))
    for (const key of used) await recordOnce(tx, guessed(given, key), key, deps)
    return wait
  })
}

/** Keys are digests: the table tells nobody who was tried from where. */
function drawsOf({ digests }: Pick<Deps, 'digests'>, { clientId, address }: Caller): readonly Draw[] {
  const draw = (rule: keyof typeof rules, text: string): Draw => ({
    key: `client ${rule} ${base64url(digests.derive('client budget', text).subarray(0, 16))}`,
    rule: rules[rule],
  })
  const network = networkOf(address)
  return [draw('guesses', network), draw('pair', `${network} ${clientId}`)]
}

/** What one network tried on many applications is about none of them. */
function guessed({ clientId }: Caller, key: string): Act {
  const isAboutIt = key.startsWith('client pair ')
  return {
    what: 'application.guessed',
    by: { kind: 'stranger', id: null },
    about: isAboutIt ? { kind: 'application', id: clientId.slice(0, 100) } : null,
  }
}

type Door = {
  standing: 'unknown' | 'proved' | 'suspect'
  failedAt: number
  /** What an unknown one is doing now. */
  probe: Promise<void> | null
}

/** After so long its budget is full again. */
const forgivenAfterMs = rules.pair.burst * rules.pair.refill.seconds * 1000
const remembered = 20_000

/** How each name from each network stands with this process. */
const doorsOf = oncePer((_db: Database) => {
  const doorOf = remembering<Door>(remembered)
  return ({ clientId, address }: Caller, nowMs: number): Door => {
    const key = `${clientId.slice(0, 200)} ${networkOf(address)}`
    const door = doorOf(key, () => ({ standing: 'unknown', failedAt: 0, probe: null }))
    if (door.standing === 'suspect' && nowMs - door.failedAt >= forgivenAfterMs) door.standing = 'unknown'
    return door
  }
})
