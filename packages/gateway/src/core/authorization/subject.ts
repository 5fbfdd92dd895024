/** Who an account is to an application: OpenID Connect Core 1.0 section 8. */
import { base64url } from '../../base/bytes.ts'
import type { Digests } from '../ports.ts'
import type { Application } from '../application/application.ts'

type Sectored = Pick<Application, 'subjectType' | 'sector' | 'clientId'>

/** A name for the account that only applications of this sector know; null where it goes by the account's own id. */
export function pairwiseSubject(
  digests: Pick<Digests, 'derive'>,
  application: Sectored,
  accountId: string,
): string | null {
  if (application.subjectType === 'public') return null
  // A sector is a host, and a client id holds no slash: neither can pass for the other.
  const sector = application.sector ?? `client/${application.clientId}`
  return base64url(digests.derive('pairwise subject', `${sector} ${accountId}`))
}

export function subjectOf(
  digests: Pick<Digests, 'derive'>,
  application: Sectored,
  accountId: string,
): string {
  return pairwiseSubject(digests, application, accountId) ?? accountId
}

/** What an ID token calls the session (`sid`): another name for each application, so that they cannot compare. */
export function sessionName(digests: Pick<Digests, 'derive'>, clientId: string, sessionId: string): string {
  return base64url(digests.derive('session name', `${clientId} ${sessionId}`))
}
