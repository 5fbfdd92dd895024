import type { Tx } from '../../base/db.ts'
import type { Instant } from '../../base/time.ts'
import type { Digests } from '../ports.ts'
import { insertJtis } from '../client/jti.sql.ts'

/** Uses a challenge up, in the transaction of what it is for. False when it was answered before. */
export async function spendChallenge(
  { digests }: { readonly digests: Digests },
  tx: Tx,
  challenge: string,
  expiresAt: Instant,
): Promise<boolean> {
  const hash = digests.sha256(JSON.stringify(['passkey challenge', challenge]))
  const [fresh = false] = await insertJtis(tx, [{ hash, expiresAt }])
  return fresh
}
