import type { Tx } from '../../base/db.ts'
import { ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import type { Refusal } from '../refusal.ts'
import { replaceRecoveryCodes } from './recovery-code.sql.ts'
import {
  newRecoveryCode,
  normalRecoveryCode,
  recoveryCodeHash,
  recoveryCodesAtOnce,
} from './recovery-code.ts'
import { requireOwner } from './require-level.ts'
import type { Session } from '../session/session.ts'

/** Ten new codes, shown this once; those of before open nothing any more. */
export async function createRecoveryCodes(
  deps: Deps,
  session: Session,
): Promise<Result<readonly string[], Refusal<'step_up_required'>>> {
  const sure = await requireOwner(deps, session)
  if (!sure.ok) return sure
  return ok(await deps.db.transaction(async (tx) => await saveNewCodes(deps, tx, session.accountId)))
}

/** The same, as part of what adds the first factor. */
export async function saveNewCodes(deps: Deps, tx: Tx, accountId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: recoveryCodesAtOnce }, () => newRecoveryCode(deps.chance))
  const hashes = codes.map((code) =>
    recoveryCodeHash(deps.digests, accountId, normalRecoveryCode(code) ?? ''),
  )
  await replaceRecoveryCodes(tx, accountId, hashes, deps.clock.now())
  const her = { kind: 'account', id: accountId } as const
  await recordAct(tx, { what: 'account.recovery-codes-renewed', by: her, about: her }, deps)
  return codes
}
