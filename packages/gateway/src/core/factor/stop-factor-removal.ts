import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { readSessionKey } from '../session/session.ts'
import { endRemoval, findStoppable } from './factor-removal.sql.ts'

/** Whether the key of a message still stops anything. Looking changes nothing: mail programs open links by themselves. */
export async function viewStop(
  deps: Pick<Deps, 'db' | 'clock' | 'digests'>,
  key: string,
): Promise<Result<null, Refusal<'link_gone'>>> {
  const stored = storedKey(deps, key)
  const found = stored === null ? null : await findStoppable(deps.db, stored, deps.clock.now())
  return found === null ? no(refusal('link_gone')) : ok(null)
}

/** Stops it: whoever reads what an address of the account receives may say that nothing was lost, and proves no more. */
export async function stopFactorRemoval(
  deps: Pick<Deps, 'db' | 'clock' | 'digests' | 'ids'>,
  key: string,
): Promise<Result<null, Refusal<'link_gone'>>> {
  const stored = storedKey(deps, key)
  if (stored === null) return no(refusal('link_gone'))
  return await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const found = await findStoppable(tx, stored, now)
    if (found === null || !(await endRemoval(tx, found, 'stopped', now))) return no(refusal('link_gone'))
    const her = { kind: 'account', id: found.accountId } as const
    await recordAct(tx, { what: 'account.factor-removal-stopped', by: her, about: her }, deps)
    return ok(null)
  })
}

function storedKey({ digests }: Pick<Deps, 'digests'>, key: string) {
  const parts = readSessionKey(key)
  return parts === null
    ? null
    : { accountId: parts.accountId, id: parts.id, stopHash: digests.sha256(parts.secret) }
}
