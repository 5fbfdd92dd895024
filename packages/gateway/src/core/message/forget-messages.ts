import { after, days } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { deleteOldMessages } from './message.sql.ts'

/** Whether and when somebody was written to is kept for a month, for whoever answers her call. */
const keptFor = days(-30)
const batch = 1_000

/** True when there may be more. */
export async function forgetMessages({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<boolean> {
  return (await deleteOldMessages(db, after(clock.now(), keptFor), batch)) === batch
}
