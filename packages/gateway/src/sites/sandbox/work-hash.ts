import { base64, hex } from '../../base/bytes.ts'
import type { Deps } from '../../core/deps.ts'
import type { WorkedHash } from '../../pages/sandbox/hash-steps.ts'
import type { Credentials } from './options.ts'

/**
 * Works a secure hash out in its steps, for eyes. It repeats what the wire's own function does in one go, so that what
 * the sandbox shows is a second opinion and not the same code twice.
 */
export function workHash(
  { digests }: Pick<Deps, 'digests'>,
  values: Readonly<Record<string, string>>,
  by: {
    readonly fields: readonly string[]
    readonly keys: Pick<Credentials, 'key' | 'secret'>
    readonly given: string | null
  },
): WorkedHash {
  const parts = by.fields.map((field) => ({ field, value: values[field] ?? '' }))
  const text = parts.map(({ value }) => value).join('') + by.keys.secret
  const digest = hex(digests.hmacSha256(by.keys.key, text))
  return {
    parts,
    secretAppended: true,
    hex: digest,
    base64: base64(new TextEncoder().encode(digest)),
    given: by.given,
  }
}
