import type { Ports } from '../ports.ts'
import { rollBalances as rollSome } from './balance.sql.ts'

/** Moves horizons until no account has finished transfers above its own; answers how many accounts moved. */
export async function rollBalances(ports: Pick<Ports, 'db'>): Promise<number> {
  const most = 500
  let rolled = 0
  for (let round = most; round === most;) {
    round = await rollSome(ports.db, most)
    rolled += round
  }
  return rolled
}
