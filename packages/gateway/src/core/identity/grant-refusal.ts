/** Why no tokens are given: RFC 6749 section 5.2. */
import { refusal, type Refusal } from '../refusal.ts'
import type { ClientRefusal } from './client-credentials.ts'

export type GrantRefusal =
  Refusal<'invalid_grant' | 'invalid_scope' | 'invalid_target' | 'unsupported_grant_type'> | ClientRefusal

/** The same words for every reason, because they would tell a thief how far he got; a sandbox adds the reason. */
export function badGrant(why: string): Refusal<'invalid_grant'> {
  return refusal('invalid_grant', {
    because: 'The code or token is not good, or not for this application, address and verifier.',
    mend: { problem: why },
  })
}
