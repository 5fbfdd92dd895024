import { base64url } from '../../base/bytes.ts'
import type { Tx } from '../../base/db.ts'
import { hours } from '../../base/time.ts'
import { drawTries } from '../limit/budget.sql.ts'
import type { Ports } from '../ports.ts'
import { recordAct } from './act.sql.ts'
import type { Act } from './act.ts'

/** One an hour. */
const rule = { burst: 1, refill: hours(1) } as const

/**
 * Records an act unless the same was recorded within the hour, by whichever process: what an attacker can repeat at will
 * must not fill the trail. `same` says what counts as the same.
 */
export async function recordOnce(
  tx: Tx,
  act: Act,
  same: string,
  ports: Pick<Ports, 'ids' | 'clock' | 'digests'>,
): Promise<void> {
  const name = base64url(ports.digests.derive('recorded act', `${act.what} ${same}`).subarray(0, 16))
  const key = `act ${name}`
  if ((await drawTries(tx, [{ key, rule }], ports.clock.now())).size > 0) await recordAct(tx, act, ports)
}
