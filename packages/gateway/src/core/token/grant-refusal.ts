/** Why no tokens are given: RFC 6749 section 5.2. */
import { refusal, type Refusal } from '../refusal.ts'
import type { Grant } from '../application/application.ts'
import type { ClientRefusal } from '../client/client-credentials.ts'

export type GrantRefusal =
  | Refusal<
      'invalid_grant' | 'invalid_scope' | 'invalid_target' | 'unauthorized_client' | 'unsupported_grant_type'
    >
  | DeviceRefusal
  | ClientRefusal

/** What a device hears that asks whether it was let in: RFC 8628 section 3.5. */
export type DeviceRefusal = Refusal<'authorization_pending' | 'slow_down' | 'access_denied' | 'expired_token'>

export function notRegisteredFor(grant: Grant): Refusal<'unauthorized_client'> {
  const because = `This application is not registered for the grant ${grant}.`
  return refusal('unauthorized_client', { because })
}

/** The same words for every reason, because they would tell a thief how far he got; a sandbox adds the reason. */
export function badGrant(why: string): Refusal<'invalid_grant'> {
  return refusal('invalid_grant', {
    because: 'The code or token is not good, or not for this application, address and verifier.',
    mend: { problem: why },
  })
}
