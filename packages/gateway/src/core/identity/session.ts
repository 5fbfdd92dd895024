/** Being signed in: a row at our side, and at the browser's side a cookie that only it can present. */
import { base64url } from '../../base/bytes.ts'
import { after, hours, isBefore, seconds, type Instant } from '../../base/time.ts'
import type { AuthenticationMethod } from './assurance.ts'

export type Session = {
  readonly accountId: string
  readonly id: string
  readonly signedInAt: Instant
  /** How she proved who she is. */
  readonly methods: readonly AuthenticationMethod[]
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
  const parts = /^([\w-]{21}[AQgw])([\w-]{21}[AQgw])([\w-]{43})$/.exec(cookie ?? '')
  if (parts === null) return null
  const [, account = '', id = '', secret = ''] = parts
  return { accountId: uuidOf(account), id: uuidOf(id), secret }
}

function uuidText(uuid: string): string {
  const digits = uuid.replaceAll('-', '')
  return base64url(
    Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16)),
  )
}

function uuidOf(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const digits = Array.from(binary, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
