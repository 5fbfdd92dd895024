import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { isSureEnough, type AssuranceLevel } from './assurance.ts'
import { findFactors } from './factor.sql.ts'
import { hasSecondFactor } from './factor.ts'
import type { Session } from '../session/session.ts'

type Needs = Pick<Deps, 'clock'> & { readonly db: Tx }
export type LevelRefusal = Refusal<'step_up_required' | 'second_factor_missing'>

/**
 * Lets through whoever proved herself at this level in the last `maxAgeSeconds`: before a payment, say. Otherwise says
 * what is to be done: `step_up_required`, send her to `/signin/confirm?acr=aal2&next=…` and let her come back;
 * `second_factor_missing`, she has none and sets one up first, on `/account/security`.
 */
export async function requireLevel(
  deps: Needs,
  session: Session,
  level: AssuranceLevel,
  maxAgeSeconds: number,
): Promise<Result<null, LevelRefusal>> {
  if (isSureEnough(session, { level, maxAgeSeconds, now: deps.clock.now() })) return ok(null)
  const missing = level === 'aal2' && !hasSecondFactor(await findFactors(deps.db, session.accountId))
  return no(refusal(missing ? 'second_factor_missing' : 'step_up_required'))
}

/** How long a proof counts for changes of what guards the account. */
const ownerMaxAgeSeconds = 15 * 60

/**
 * Lets the account's owner change what guards it: as sure as the account can make us, and lately. Whoever finds an open
 * browser, or knows a password alone, removes no second factor.
 */
export async function requireOwner(
  deps: Needs,
  session: Session,
): Promise<Result<null, Refusal<'step_up_required'>>> {
  const factors = await findFactors(deps.db, session.accountId)
  const level = hasSecondFactor(factors) ? 'aal2' : 'aal1'
  const sure = isSureEnough(session, { level, maxAgeSeconds: ownerMaxAgeSeconds, now: deps.clock.now() })
  return sure ? ok(null) : no(refusal('step_up_required'))
}

/** Operators act in hurried hours too; still a browser that they left open must not do it for long. */
const operatorMaxAgeSeconds = 15 * 60

/**
 * Lets an operator touch what is others'. Where it counts she needs a second factor; in the sandbox one that she has is
 * asked for, and without one her password will do, given lately.
 */
export async function requireOperator(
  deps: Needs & Pick<Deps, 'mode'>,
  session: Session,
): Promise<Result<null, LevelRefusal>> {
  return deps.mode === 'live'
    ? await requireLevel(deps, session, 'aal2', operatorMaxAgeSeconds)
    : await requireOwner(deps, session)
}
