import type { Ports } from '../ports.ts'
import { forgetFullBuckets } from './bucket.sql.ts'

const batch = 1_000

/** Deletes buckets that are full again. True when there may be more. */
export async function forgetBuckets({ db, clock }: Pick<Ports, 'db' | 'clock'>): Promise<boolean> {
  return (await forgetFullBuckets(db, clock.now(), batch)) === batch
}
