/** Being signed in: a row at our side, and at the browser's side a cookie that only it can present. */
import { base64url, bytesOfBase64url, hex } from '../../base/bytes.ts'
import { after, hours, isBefore, seconds, type Instant } from '../../base/time.ts'
import type { AuthenticationMethod } from '../factor/assurance.ts'

export type Session = {
  readonly accountId: string
  readonly id: string
  readonly signedInAt: Instant
  /** How she proved who she is. */
  readonly methods: readonly AuthenticationMethod[]
}

/** A browser as it came to us: cookies are as it sent them. */
export type Visit = {
  readonly address: string
  readonly userAgent: string | null
  /** The session that it may still have. */
  readonly sessionCookie: string | undefined
  readonly deviceCookie: string | undefined
}

/** A session as it is stored. */
export type StoredSession = Session & {
  readonly secretHash: Uint8Array
  readonly seenAt: Instant
  /** The absolute end, however busy the session is. */
  readonly expiresAt: Instant
  readonly endedAt: Instant | null
  readonly userAgent: string | null
}

/** What the cookie carries: who, which session, and the secret of which we keep the hash alone. */
export type SessionKey = { readonly accountId: string; readonly id: string; readonly secret: string }

/** A working day at most; two hours untouched, because phones are lent and cyber cafés are shared. */
export const sessionLives = hours(12)
export const sessionIdles = hours(2)
/** `seen_at` moves at most this often: a page view must not cost a write. */
export const seenEvery = seconds(60)

export const sessionCookie = 'lango-session'

export function isAlive(
  session: Pick<StoredSession, 'seenAt' | 'expiresAt' | 'endedAt'>,
  now: Instant,
): boolean {
  if (session.endedAt !== null) return false
  return isBefore(now, session.expiresAt) && isBefore(now, after(session.seenAt, sessionIdles))
}

/** Two UUIDs and 256 random bits in one url-safe text of 87 characters. */
export function printSessionKey(key: SessionKey): string {
  return uuidText(key.accountId) + uuidText(key.id) + key.secret
}

/** Null for whatever we did not print ourselves, in any encoding but ours. */
export function readSessionKey(cookie: string | undefined): SessionKey | null {
  const parts = /^([\w-]{22})([\w-]{22})([\w-]{43})$/.exec(cookie ?? '')
  const [accountId, id] = [uuidOf(parts?.[1] ?? ''), uuidOf(parts?.[2] ?? '')]
  return accountId === null || id === null ? null : { accountId, id, secret: parts?.[3] ?? '' }
}

/** A UUID in 22 url-safe characters. */
export function uuidText(uuid: string): string {
  const digits = uuid.replaceAll('-', '')
  return base64url(
    Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16)),
  )
}

/** The UUID that those characters are, or null. */
export function uuidOf(text: string): string | null {
  const bytes = bytesOfBase64url(text)
  if (bytes?.length !== 16) return null
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
