/** A key pair that a device made for us and that never leaves it: WebAuthn level 3. */
import type { Instant } from '../../base/time.ts'
import type { PasskeyKey } from '../ports.ts'
import { uuidOf } from '../session/session.ts'

export type Passkey = PasskeyKey & {
  readonly accountId: string
  readonly transports: readonly string[]
  readonly name: string
  readonly backedUp: boolean
  readonly createdAt: Instant
  readonly usedAt: Instant | null
}

/** Enough for every device of a person; a bound, because each is shown to her browser. */
export const mostPasskeys = 10
const longestName = 60

/** What an owner calls it; null when nothing is left to show. */
export function passkeyName(typed: string): string | null {
  const name = typed.normalize('NFC').replaceAll(/\p{C}/gu, ' ').trim().slice(0, longestName).trim()
  return name === '' ? null : name
}

/** Far more than any device sends; a megabyte would be read for nothing. */
const longestResponse = 20_000

/** Which key answered, and whose it says it is (the user handle). Read before anything is proved. */
export function readAnswer(
  response: string,
): { readonly credentialId: string; readonly accountId: string | null } | null {
  if (response.length > longestResponse) return null
  const answer = asRecord(parsed(response))
  const handle = asRecord(answer?.['response'])?.['userHandle']
  const credentialId = answer?.['id']
  if (typeof credentialId !== 'string' || !/^[\w-]{1,1400}$/.test(credentialId)) return null
  return { credentialId, accountId: typeof handle === 'string' ? uuidOf(handle) : null }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
}
