/** What the core asks of the world, one by one. `app.ts` fills them; tests fill them with a fixed world. */
import type { Chance, Ids } from '../base/id.ts'
import type { Database } from '../base/db.ts'
import type { Clock, Instant } from '../base/time.ts'
import type { Medium, Sent } from './message/message.ts'

/** What the core's plain reads and writes need. */
export type Ports = {
  readonly db: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly chance: Chance
  readonly digests: Digests
  readonly vault: Vault
  readonly log: Log
}

export type Digests = {
  readonly sha256: (text: string) => Uint8Array
  readonly sha512: (text: string) => Uint8Array
  readonly hmacSha256: (key: string | Uint8Array, text: string) => Uint8Array
  /** Compares in constant time; texts of different length are unequal. */
  readonly equal: (a: Uint8Array, b: Uint8Array) => boolean
  /** A keyed digest under a key that never leaves the process, for names that we must be able to make again. */
  readonly derive: (purpose: string, text: string) => Uint8Array
}

/** Encrypts at rest under the master key; what was sealed for one purpose does not open for another. */
export type Vault = {
  readonly seal: (purpose: string, plain: string) => Uint8Array
  readonly open: (purpose: string, sealed: Uint8Array) => string
  /** The same under a key made from a secret of 256 random bits that we do not keep: without it nobody opens it. */
  readonly sealUnder: (secret: string, purpose: string, plain: string) => Uint8Array
  readonly openUnder: (secret: string, purpose: string, sealed: Uint8Array) => string
}

/** argon2id in a bounded pool; throws Overloaded when too many wait. Verifies what kept-hash.ts reads, too. */
export type Passwords = {
  readonly hash: (password: string) => Promise<string>
  /** Whether a hash was made as `hash` makes them today. */
  readonly isCurrent: (hash: string) => boolean
  readonly verify: (hash: string, password: string) => Promise<boolean>
  /** Takes as long as a real verification, for accounts that do not exist. */
  readonly pretend: (password: string) => Promise<false>
  /** Whether it stands on the operator's list of stolen passwords; never, where there is no list. */
  readonly isStolen: (password: string) => Promise<boolean>
}

/**
 * Messages to people, by e-mail and SMS. In the sandbox without a server of its own they are taken and read on a page.
 * An answer that never came counts as a failure: what is sent twice does no harm.
 */
export type Messages = {
  /** Whether this medium leads anywhere in this house. */
  readonly carries: (medium: Medium) => boolean
  /** `id` names the message, also when it is tried again. */
  readonly sendEmail: (mail: {
    readonly id: string
    readonly to: string
    readonly subject: string
    readonly text: string
  }) => Promise<Sent>
  /** `to` in E.164 digits without `+`. */
  readonly sendSms: (sms: {
    readonly id: string
    readonly to: string
    readonly text: string
  }) => Promise<Sent>
}

/** One-time codes of an authenticator app (RFC 6238): six digits, thirty seconds, SHA-1, as every app makes them. */
export type OneTimeCodes = {
  /** The secret in base32 (RFC 4648), as people type it. */
  readonly print: (secret: Uint8Array) => string
  /** `otpauth://totp/…` for a QR code. */
  readonly address: (secret: string, names: { readonly issuer: string; readonly account: string }) => string
  /** The time step that the code belongs to, at most one before or after now; null when it is none's. */
  readonly stepOf: (secret: string, code: string, now: Instant) => number | null
}

/** A QR code as modules, for an SVG that a page draws: `path` of squares of 1 in a square of `size`. */
export type QrCodes = {
  readonly draw: (text: string) => { readonly size: number; readonly path: string }
}

/** Passkeys (WebAuthn level 3). The user is always verified by the device; null for whatever does not prove right. */
export type Passkeys = {
  readonly register: (asked: PasskeyAsked) => Promise<RegisteredPasskey | null>
  readonly prove: (asked: PasskeyAsked & { readonly key: PasskeyKey }) => Promise<ProvedPasskey | null>
}

export type PasskeyAsked = {
  /** What the browser gave us, as JSON. */
  readonly response: string
  /** What the device had to sign, base64url. */
  readonly challenge: string
  /** Our own address: whoever signed for another is no passkey of ours. */
  readonly origin: string
}

export type PasskeyKey = {
  readonly credentialId: string
  readonly publicKey: Uint8Array
  readonly signCount: number
}

export type RegisteredPasskey = PasskeyKey & {
  readonly transports: readonly string[]
  readonly backedUp: boolean
}

export type ProvedPasskey = { readonly signCount: number; readonly backedUp: boolean }

export type Phones = {
  /** E.164 digits without `+` of a number as people write it; null when it is none. Local numbers are Kenyan. */
  readonly read: (typed: string) => string | null
  /** ISO 3166-1 alpha-2 of the country that such digits belong to; null when no plan knows them. */
  readonly countryOf: (digits: string) => string | null
}

/** Outgoing HTTP behind the guard: no private address, no redirect followed, bounded time and size. */
export type Net = {
  readonly send: (request: Outgoing) => Promise<Answered>
}

export type Outgoing = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
  readonly maxBytes: number
  /** For who asks for the status alone: a body that is too long, too slow or broken off does not spoil it. */
  readonly bodyMayBeCut?: boolean
  /** Destinations that an operator configured (a provider) may be private; what others named may not. */
  readonly trust: 'configured' | 'named-by-others'
}

/** An answer of any status, or why none came. */
export type Answered =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array
    }
  | { readonly kind: 'no-answer'; readonly because: NoAnswer }

/** `name-unknown`: DNS knows no such host; `refused`: nobody listens there; `unreachable`: no way leads there. */
export type NoAnswer =
  | 'address-forbidden'
  | 'url-forbidden'
  | 'name-unknown'
  | 'refused'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'too-large'
  | 'broken-off'

export type Pictures = {
  /** Decodes any common bitmap and encodes it again, at most `side` pixels; null when it is not one. */
  readonly reencode: (
    bytes: Uint8Array,
    side: number,
  ) => Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | null>
}

/** Structured log. Fields never hold secrets, tokens, codes or full identity numbers. */
export type Log = {
  readonly info: (event: string, fields?: Readonly<Record<string, unknown>>) => void
  readonly warn: (event: string, fields?: Readonly<Record<string, unknown>>) => void
  readonly error: (event: string, fields?: Readonly<Record<string, unknown>>) => void
}
