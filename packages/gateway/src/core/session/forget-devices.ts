import { ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { deleteDevices } from './known-device.sql.ts'
import type { Session } from './session.ts'

/** From now on that browser is a strange one: it waits like others and is asked for the second step. Null: all. */
export async function forgetDevices(
  deps: Deps,
  { accountId }: Session,
  nameHash: Uint8Array | null,
): Promise<Result<null, never>> {
  return await deps.db.transaction(async (tx) => {
    const count = await deleteDevices(tx, accountId, nameHash)
    const her = { kind: 'account', id: accountId } as const
    if (count > 0) {
      await recordAct(tx, { what: 'account.device-forgotten', by: her, about: her, details: { count } }, deps)
    }
    return ok(null)
  })
}
