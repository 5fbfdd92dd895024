/**
 * How codes and tokens are written: `lat_` (kind), 32 hex digits (the family), 43 url-safe characters (256 random
 * bits) and 8 hex digits (a checksum over what stands before). The family inside the string leads every read and
 * write to one place, and the checksum lets a scanner of leaked secrets, or us, tell a token from noise without a
 * look-up. What is stored is only the SHA-256 of the whole text.
 */
import type { Chance } from '../../base/id.ts'
import { randomToken } from '../../base/secret.ts'
import type { Instant } from '../../base/time.ts'
import type { Allowance } from '../application/allowance.ts'
import type { Releases } from '../application/application.ts'
import type { Scope } from '../application/scope.ts'

export type TokenKind = 'code' | 'access' | 'refresh' | 'device'

/** A token that is good now: unspent, not expired, its family not revoked, its application not switched off. */
export type LiveToken = {
  readonly kind: 'access' | 'refresh'
  readonly scopes: readonly Scope[]
  readonly issuedAt: Instant
  readonly expiresAt: Instant
  readonly familyId: string
  /** Null where no person stands behind it (client_credentials). */
  readonly accountId: string | null
  /** Who it speaks for, as its application knows them. */
  readonly subject: string
  /** Claims that its application asked for by name, as user information (OpenID Connect Core 5.5). */
  readonly claims: readonly string[]
  /** Resource servers that it is for; none: for us alone. */
  readonly resources: readonly string[]
  /** Thumbprint of the key without whose proof it is not good (RFC 9449). */
  readonly jkt: string | null
  readonly clientId: string
  readonly releases: Releases
  readonly allowances: readonly Allowance[]
}

const prefixes: Readonly<Record<TokenKind, string>> = {
  code: 'lac_',
  access: 'lat_',
  refresh: 'lrt_',
  device: 'ldc_',
}

export function newToken(kind: TokenKind, familyId: string, chance: Chance): string {
  const body = prefixes[kind] + familyId.replaceAll('-', '') + randomToken(chance)
  return body + crc32(body, body.length).toString(16).padStart(8, '0')
}

/** The family that a text of this kind names; null for everything that we never wrote. */
export function familyOf(kind: TokenKind, text: string): string | null {
  if (!shape.test(text) || !text.startsWith(prefixes[kind])) return null
  const body = text.length - 8
  if (crc32(text, body) !== Number.parseInt(text.slice(body), 16)) return null
  const hex = text.slice(4, 36)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Which of our kinds a text claims to be, for endpoints that take more than one. */
export function kindOf(text: string): TokenKind | null {
  return kinds.find((kind) => text.startsWith(prefixes[kind])) ?? null
}

const kinds: readonly TokenKind[] = ['access', 'refresh', 'code', 'device']
const shape = /^l(?:ac|at|rt|dc)_[0-9a-f]{32}[A-Za-z0-9_-]{43}[0-9a-f]{8}$/

/** CRC-32 (ISO 3309) of the first `length` characters, a byte at a time. */
function crc32(text: string, length: number): number {
  let crc = 0xff_ff_ff_ff
  for (let place = 0; place < length; place += 1) {
    crc = (crc >>> 8) ^ (crcOfByte[(crc ^ text.charCodeAt(place)) & 0xff] ?? 0)
  }
  return ~crc >>> 0
}

const crcOfByte = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xed_b8_83_20 : 0)
  return crc >>> 0
})
