import { after, days } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { forgetFullBudgets } from '../limit/budget.sql.ts'
import { deleteExpiredDevices } from '../device/device-code.sql.ts'
import { deleteExpiredJtis } from '../client/jti.sql.ts'
import { deleteOldLogoutNotices } from './logout-notice.sql.ts'
import { deleteOldDevices } from './known-device.sql.ts'
import { deviceLives } from './known-device.ts'
import { deleteOldCodes } from '../one-time-code/one-time-code.sql.ts'
import { deleteOldRecoveries } from '../account/recovery.sql.ts'
import { forgetValues } from '../authorization/repeat.sql.ts'
import { deleteOldSessions } from './session.sql.ts'
import { deleteOldSignIns } from './sign-in-history.sql.ts'

/** Kept for a month beyond their end, for whoever asks where an account was used. */
const keptAfter = days(-30)
/** The owner's history of sign-ins: long enough to look back after a holiday. */
const historyKept = days(-180)
const batch = 1_000

/**
 * Deletes what has had its day: sessions that ended long ago, budgets of tries that are full again, codes, links, names of
 * statements and values of authorizations, devices and sign-ins of long ago. True when there may be more.
 */
export async function forgetSessions(deps: Pick<Deps, 'db' | 'clock'>): Promise<boolean> {
  const now = deps.clock.now()
  const budgets = await forgetFullBudgets(deps.db, now, batch)
  const sessions = await deleteOldSessions(deps.db, after(now, keptAfter), batch)
  const jtis = await deleteExpiredJtis(deps.db, now, batch)
  const waiting = await deleteExpiredDevices(deps.db, after(now, days(-1)), batch)
  const codes = await deleteOldCodes(deps.db, now, batch)
  const values = await forgetValues(deps.db, now, batch)
  const logouts = await deleteOldLogoutNotices(deps.db, after(now, days(-7)), batch)
  const devices = await deleteOldDevices(deps.db, after(now, { seconds: -deviceLives.seconds }), batch)
  const signIns = await deleteOldSignIns(deps.db, after(now, historyKept), batch)
  const links = await deleteOldRecoveries(deps.db, now, batch)
  return [budgets, sessions, jtis, waiting, codes, values, links, devices, signIns, logouts].includes(batch)
}
