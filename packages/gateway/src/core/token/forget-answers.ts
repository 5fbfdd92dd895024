import type { Ports } from '../ports.ts'
import { deleteExpiredAnswers } from './refresh.sql.ts'

const batch = 1_000

/** Deletes the answers of refreshes whose window is over. True when there may be more. */
export async function forgetAnswers({ db, clock }: Pick<Ports, 'db' | 'clock'>): Promise<boolean> {
  return (await deleteExpiredAnswers(db, clock.now(), batch)) === batch
}
