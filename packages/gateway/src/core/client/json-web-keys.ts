/** Sets of public keys as texts: RFC 7517 section 5. */
import type { JsonWebKeys } from '../application/application.ts'

const mostKeys = 20

/** The set; null for a text that is none, or that holds too many keys or a secret. */
export function readJsonWebKeys(text: string): JsonWebKeys | null {
  const value = parsed(text)
  if (!isRecord(value) || !Array.isArray(value['keys'])) return null
  const keys: readonly unknown[] = value['keys']
  if (keys.length > mostKeys || !keys.every(isRecord)) return null
  return keys.some(holdsSecret) ? null : { keys }
}

/** A private key or a shared secret has no place where others read it. */
export function holdsSecret(key: Readonly<Record<string, unknown>>): boolean {
  return ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].some((member) => Object.hasOwn(key, member))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
