import { hkdfSync } from 'node:crypto'
import type { MasterKeys } from '../../outside/vault.ts'

/** Names of the master keys that tell one from another and nothing about them, newest first. */
export function keyNames(keys: MasterKeys): readonly string[] {
  return keys.map((key) =>
    Buffer.from(hkdfSync('sha256', key, 'lango backup 1', 'name of a key', 8)).toString('hex'),
  )
}
