import type { Deps } from '../deps.ts'
import type { Application } from '../application/application.ts'
import { findApplication } from '../application/find-application.ts'
import { findSession } from './find-session.ts'
import { decideLogout, type LogoutDecision, type LogoutRequest } from './logout-request.ts'
import { readHint } from '../authorization/read-hint.ts'
import { signOut } from './sign-out.ts'
import { subjectOf } from '../authorization/subject.ts'

export type EndSession = {
  readonly request: LogoutRequest
  /** The session's cookie. */
  readonly cookie: string | undefined
  readonly confirmed: boolean
}

export type SessionEnded = LogoutDecision & { readonly application: Application | null }

/** Signs out whoever is here, at once or not before she agrees; see decideLogout. */
export async function endSession(
  deps: Deps,
  { request, cookie, confirmed }: EndSession,
): Promise<SessionEnded> {
  const { parameters } = request
  const hint = await readHint(deps, parameters.get('id_token_hint'))
  const hinted = hint === null || hint === 'unreadable' ? undefined : hint.clientId
  const application = await findApplication(deps, hinted ?? parameters.get('client_id') ?? '')
  const session = await findSession(deps, cookie)
  const subject =
    session === null || application === null ? null : subjectOf(deps.digests, application, session.accountId)
  const decision = decideLogout(request, {
    application,
    hint,
    subject,
    signedIn: session !== null,
    confirmed,
  })
  if (decision.kind === 'leave' && session !== null) await signOut(deps, session, 'here')
  return { ...decision, application }
}
