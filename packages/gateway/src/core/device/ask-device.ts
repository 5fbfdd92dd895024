import { no, ok, type Result } from '../../base/result.ts'
import { isBefore } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal } from '../refusal.ts'
import { authenticateChecked } from '../client/authenticate-client.ts'
import type { CheckedCredentials } from '../client/client-credentials.ts'
import { pollInterval } from './device-code.ts'
import { pollDevice } from './device-code.sql.ts'
import { badGrant, notRegisteredFor, type GrantRefusal } from '../token/grant-refusal.ts'
import { familyOf } from '../token/token.ts'

/**
 * What a device hears that asks whether she has decided (RFC 8628 section 3.5). When she has let it in, its code is
 * good, and is spent by whoever asked.
 */
export async function askDevice(
  deps: Deps,
  by: CheckedCredentials,
  deviceCode: string,
): Promise<Result<null, GrantRefusal>> {
  const client = await authenticateChecked(deps, by)
  if (!client.ok) return client
  if (!client.value.grants.includes('device_code')) return no(notRegisteredFor('device_code'))
  const familyId = familyOf('device', deviceCode)
  if (familyId === null) return no(badGrant('The device code is none that we gave.'))
  const now = deps.clock.now()
  const name = { familyId, hash: deps.digests.sha256(deviceCode), clientId: by.clientId }
  const polled = await pollDevice(deps.db, name, pollInterval, now)
  if (polled === null) return no(badGrant('The device code is unknown, or was given to another application.'))
  if (polled.state === 'denied') return no(refusal('access_denied', { because: 'The person refused.' }))
  if (!isBefore(now, polled.expiresAt))
    return no(refusal('expired_token', { because: 'The device code has expired: begin anew.' }))
  if (polled.state === 'allowed') return ok(null)
  return polled.tooSoon
    ? no(refusal('slow_down', { because: 'Ask less often: wait five seconds longer from now on.' }))
    : no(refusal('authorization_pending', { because: 'The person has not decided yet.' }))
}
