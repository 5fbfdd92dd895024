/** Secrets as text: how tokens are written, and what may be shown of them. */
import type { Chance } from './id.ts'

/** 256 random bits, url-safe: for tokens, codes, session secrets and client secrets. */
export function randomToken(chance: Chance, bytes = 32): string {
  return base64url(chance.bytes(bytes))
}

/** Lower-case hex, for addresses whose reader refuses anything else (callback secrets). */
export function randomHex(chance: Chance, bytes = 24): string {
  return hex(chance.bytes(bytes))
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexOfByte[byte] ?? ''
  return text
}

export function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function base64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** All but the ends of a name, number or address, for logs and pages: `2547******01`. */
export function masked(text: string, head = 4, tail = 2): string {
  if (text.length <= head + tail) return '*'.repeat(text.length)
  return text.slice(0, head) + '*'.repeat(text.length - head - tail) + text.slice(-tail)
}
