import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { codeHash, readCode, type CodePurpose, type Proof } from './one-time-code.ts'
import { spendCodeTry } from './one-time-code.sql.ts'

export type CheckCode = {
  /** As sendCode answered. */
  readonly id: string
  readonly purpose: CodePurpose
  readonly browser: string
  readonly typed: string
}

/**
 * Checks what was typed. A right code is right once: a second time it is gone. What it proved can then be used once, by
 * `useProof` in the transaction of what it is good for; or at once, where nothing lies between.
 */
export async function checkCode(
  deps: Pick<Deps, 'db' | 'clock' | 'digests'>,
  { id, purpose, browser, typed }: CheckCode,
): Promise<Result<Proof, Refusal<'code_wrong' | 'code_gone'>>> {
  const code = readCode(typed)
  // What cannot be a code is a slip of the finger, and costs none of the five tries.
  if (code === null) return no(refusal('code_wrong'))
  const key = { id, purpose, browserHash: deps.digests.sha256(browser) }
  const spent = await spendCodeTry(deps.db, key, codeHash(deps.digests, id, code), deps.clock.now())
  if (spent === null || (!spent.right && spent.triesLeft === 0)) return no(refusal('code_gone'))
  if (!spent.right) return no(refusal('code_wrong'))
  const { medium, address, accountId } = spent
  return ok({ medium, address, accountId })
}
