import type { Deps } from '../deps.ts'
import { readSessionKey } from '../session/session.ts'
import { findRecovery } from './recovery.sql.ts'

/** Whether the key of a link still opens anything. Looking uses nothing up: mail programs open links by themselves. */
export async function viewRecovery(
  deps: Pick<Deps, 'db' | 'clock' | 'digests'>,
  key: string,
): Promise<boolean> {
  const parts = readSessionKey(key)
  if (parts === null) return false
  const secretHash = deps.digests.sha256(parts.secret)
  return (await findRecovery(deps.db, { ...parts, secretHash }, deps.clock.now())) !== null
}
