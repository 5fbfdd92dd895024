import { after } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Answered } from '../ports.ts'
import { findApplication } from '../application/find-application.ts'
import {
  isHeard,
  logoutClaims,
  logoutLease,
  logoutTimeoutMs,
  outcomeOf,
  type LogoutNotice,
} from './logout-notice.ts'
import { claimLogoutNotices, saveLogoutTry } from './logout-notice.sql.ts'
import { sessionName } from '../authorization/subject.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'digests' | 'ids' | 'log' | 'net' | 'publicUrl' | 'signer'>

const atOnce = 32

/** Tells applications of sign-outs that are due, all at once. Returns how many were tried. */
export async function deliverLogouts(deps: Needs): Promise<number> {
  const now = deps.clock.now()
  const due = await claimLogoutNotices(deps.db, now, after(now, logoutLease), atOnce)
  await Promise.all(due.map(async (notice) => await deliver(deps, notice)))
  return due.length
}

async function deliver(deps: Needs, notice: LogoutNotice): Promise<void> {
  const { clientId, tries } = notice
  const heard = await send(deps, notice)
  const now = deps.clock.now()
  const outcome = heard === null ? { result: 'no address', dueAt: null } : outcomeOf(heard, notice, now)
  await saveLogoutTry(deps.db, notice, outcome, now)
  const fields = { clientId, tries, result: outcome.result, again: outcome.dueAt !== null }
  if (heard !== null && isHeard(heard)) deps.log.info('logout.delivered', fields)
  else deps.log.warn('logout.undelivered', fields)
}

/** Null when the application no longer wants to hear of it. The token is made anew for each try. */
async function send(deps: Needs, { sessionId, clientId, subject }: LogoutNotice): Promise<Answered | null> {
  const application = await findApplication(deps, clientId)
  const url = application?.disabledAt === null ? application.backchannelLogoutUri : null
  if (application === null || url === null || url === undefined) return null
  const claims = logoutClaims({
    issuer: deps.publicUrl,
    clientId,
    subject,
    sid: sessionName(deps.digests, clientId, sessionId),
    id: deps.ids.next(),
    now: deps.clock.now(),
  })
  const token = await deps.signer.sign(application.idTokenAlg, claims, 'logout+jwt')
  return await deps.net.send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: token }).toString(),
    timeoutMs: logoutTimeoutMs,
    maxBytes: 2048,
    bodyMayBeCut: true,
    trust: 'named-by-others',
  })
}
