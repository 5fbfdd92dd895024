import { no, ok, type Result } from '../../base/result.ts'
import { randomToken } from '../../base/secret.ts'
import { after } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { checkCode } from '../one-time-code/check-code.ts'
import { recoveryLives } from './recovery.ts'
import { insertRecovery } from './recovery.sql.ts'
import { printSessionKey } from '../session/session.ts'

export type RedeemRecoveryCode = {
  readonly id: string
  readonly browser: string
  readonly typed: string
}

/** Exchanges the code that came with a recovery for the key of a link, so that both ways end on one page. */
export async function redeemRecoveryCode(
  deps: Deps,
  { id, browser, typed }: RedeemRecoveryCode,
): Promise<Result<{ readonly key: string }, Refusal<'code_wrong' | 'code_gone'>>> {
  const proof = await checkCode(deps, { id, purpose: 'recover', browser, typed })
  if (!proof.ok) return proof
  const { accountId, medium, address } = proof.value
  if (accountId === null) return no(refusal('code_gone'))
  const now = deps.clock.now()
  const key = { accountId, id: deps.ids.next(), secret: randomToken(deps.chance) }
  const secretHash = deps.digests.sha256(key.secret)
  const expiresAt = after(now, recoveryLives)
  await insertRecovery(deps.db, { ...key, medium, address, secretHash, expiresAt }, now)
  return ok({ key: printSessionKey(key) })
}
