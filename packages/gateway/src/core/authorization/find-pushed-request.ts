import { after } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { readAuthorizationRequest, type AuthorizationRequest } from './authorization.ts'
import { canBeClientId } from '../application/find-application.ts'
import { isRequestUri, openedLives } from './pushed-request.ts'
import { openPushedRequest } from './pushed-request.sql.ts'

/**
 * What a browser brings: the request itself, or the address of one that its application pushed. Of the parameters
 * beside such an address none counts (RFC 9126 section 4 with RFC 9101 section 5).
 */
export async function findPushedRequest(
  deps: Pick<Deps, 'db' | 'clock' | 'digests'>,
  plain: AuthorizationRequest,
): Promise<AuthorizationRequest> {
  const requestUri = plain.parameters.get('request_uri') ?? ''
  const clientId = plain.parameters.get('client_id') ?? ''
  if (!isRequestUri(requestUri) || !canBeClientId(clientId)) return plain
  const now = deps.clock.now()
  const hash = deps.digests.sha256(requestUri)
  const found = await openPushedRequest(deps.db, { hash, clientId }, now, after(now, openedLives))
  if (found === null) return { ...plain, pushed: { hash, state: 'unknown' } }
  return { ...readAuthorizationRequest(found.parameters), pushed: { hash, state: found.state } }
}
