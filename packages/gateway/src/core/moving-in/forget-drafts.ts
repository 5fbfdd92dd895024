import { after } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { deleteOldDrafts } from './import-request.sql.ts'
import { draftLives } from './view-import.ts'

const batch = 500

/** True when there may be more. */
export async function forgetDrafts({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<boolean> {
  const before = after(clock.now(), { seconds: -draftLives.seconds })
  return (await deleteOldDrafts(db, before, batch)) === batch
}
