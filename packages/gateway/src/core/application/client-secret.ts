/** Secrets of applications (RFC 6749 section 2.3.1). */
import type { Chance } from '../../base/id.ts'
import { randomToken } from '../../base/secret.ts'
import { isPublic, type Application } from './application.ts'

/** Known by its beginning, to us and to whoever scans texts for leaked secrets. */
export function newSecret(chance: Chance): string {
  return `sec_${randomToken(chance)}`
}

/** Whether it proves itself by a secret at all. */
export function hasSecret(application: Pick<Application, 'kind' | 'authMethod'>): boolean {
  return !isPublic(application) && application.authMethod !== 'private_key_jwt'
}

/** Why a secret that somebody brings along cannot be one; null when it can. */
export function secretFault(
  application: Pick<Application, 'kind' | 'authMethod'>,
  secret: string,
): string | null {
  return hasSecret(application) && /^[\x20-\x7e]{1,200}$/.test(secret)
    ? null
    : 'Printable ASCII, at most 200 characters, and only where it can be kept secret.'
}

export function secretWarnings(secret: string): readonly string[] {
  return secret.length < 32
    ? ['The client secret is shorter than 32 characters and could be guessed: rotate it soon.']
    : []
}
