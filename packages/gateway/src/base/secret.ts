/** Secrets as text: how tokens are written, and what may be shown of them. */
import { base64url, hex } from './bytes.ts'
import type { Chance } from './id.ts'

/** 256 random bits, url-safe: for tokens, codes, session secrets and client secrets. */
export function randomToken(chance: Chance, bytes = 32): string {
  return base64url(chance.bytes(bytes))
}

/** Lower-case hex, for addresses whose reader refuses anything else (callback secrets). */
export function randomHex(chance: Chance, bytes = 24): string {
  return hex(chance.bytes(bytes))
}

/** All but the ends of a name, number or address, for logs and pages: `2547******01`. */
export function masked(text: string, head = 4, tail = 2): string {
  if (text.length <= head + tail) return '*'.repeat(text.length)
  return text.slice(0, head) + '*'.repeat(text.length - head - tail) + text.slice(-tail)
}
