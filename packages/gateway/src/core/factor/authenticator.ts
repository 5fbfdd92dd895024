/** Setting up an app that makes one-time codes: what its owner scans, until a first code confirms it. */
import { base64url, bytesOfBase64url } from '../../base/bytes.ts'
import { after, instant, isBefore, minutes, type Instant } from '../../base/time.ts'
import type { Vault } from '../ports.ts'

/** What the secret of an app is sealed for. */
export const authenticatorPurpose = 'authenticator'
/** RFC 4226 section 4 asks for 160 bits. */
export const authenticatorSecretLength = 20

const enrolmentPurpose = 'authenticator enrolment'
const enrolmentLives = minutes(30)

/** A secret that one account was shown and has not confirmed, sealed for a form to carry. */
export function printEnrolment(vault: Vault, accountId: string, secret: string, now: Instant): string {
  const until = after(now, enrolmentLives).epochMs
  return base64url(vault.seal(enrolmentPurpose, `${accountId} ${until} ${secret}`))
}

/** The secret in base32; null when it was not sealed by us, for this account, or too long ago. */
export function readEnrolment(vault: Vault, accountId: string, form: string, now: Instant): string | null {
  const sealed = bytesOfBase64url(form)
  if (sealed === null) return null
  try {
    const [owner, until, secret = ''] = vault.open(enrolmentPurpose, sealed).split(' ')
    return owner === accountId && isBefore(now, instant(Number(until))) && secret !== '' ? secret : null
  } catch {
    // Anybody can write a form's field; one that is not ours means the same as none.
    return null
  }
}

/** A code as people type it: apps print it as `123 456`. */
export function normalCode(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/[\s-]/g, '')
}
