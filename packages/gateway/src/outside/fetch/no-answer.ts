import type { NoAnswer } from '../../core/ports.ts'
import { AddressForbidden } from './lookup.ts'

/** Codes of undici, of the system and of OpenSSL. What is not named here was broken off. */
const byCode: readonly (readonly [RegExp, NoAnswer])[] = [
  [/^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$|^ETIMEDOUT$/, 'timeout'],
  [/^UND_ERR_(HEADERS_OVERFLOW|RES_EXCEEDED_MAX_SIZE)$|^HPE_HEADER_OVERFLOW$/, 'too-large'],
  [/CERT|SELF_SIGNED|^ERR_(SSL|TLS)_|^EPROTO$|UNABLE_TO_|^CRL_|_CA$|HOSTNAME_MISMATCH/, 'tls'],
  [/^(ENOTFOUND|EAI_[A-Z]+)$/, 'name-unknown'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EINVAL|EACCES)$/, 'unreachable'],
]

/** Why no answer came, from whatever was thrown. */
export function becauseOf(fault: unknown): NoAnswer {
  if (fault instanceof AddressForbidden) return 'address-forbidden'
  // Several addresses were tried: the first failure names them all.
  if (fault instanceof AggregateError && fault.errors.length > 0) return becauseOf(fault.errors[0])
  const code = (fault as { readonly code?: unknown } | null)?.code
  const known = typeof code === 'string' ? byCode.find(([pattern]) => pattern.test(code)) : undefined
  if (known !== undefined) return known[1]
  const cause = fault instanceof Error ? fault.cause : undefined
  return cause === undefined ? 'broken-off' : becauseOf(cause)
}
