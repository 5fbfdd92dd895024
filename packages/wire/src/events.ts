// Standard Webhooks 1.0.0: how a notice is signed as a whole, beside the secure hash in its body, which covers four
// fields only. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

import { fromBase64, sameBytes, toBase64 } from './bytes.ts'
import { whenKnown, type AnyMac, type AsyncMac, type Mac } from './mac.ts'

export const headers = {
  /** Names the notice; the same in every delivery of it, so that a receiver can tell a repeat. */
  id: 'webhook-id',
  /** Unix seconds of this delivery, not of the notice. */
  timestamp: 'webhook-timestamp',
  /** Signatures divided by blanks, each a version, a comma and base64. Several stand there while a secret is rotated. */
  signature: 'webhook-signature',
} as const

/** Seconds by which a delivery's timestamp may differ from the receiver's clock, either way. */
export const tolerance = 300

export const secretPrefix = 'whsec_'
/** A secret is this prefix and the base64 of 24 to 64 random bytes. */
export const secretBytes = { least: 24, most: 64 } as const

/** `v1` is HMAC-SHA-256 with the shared secret; `v1a` is ed25519, which we do not send. */
export type SignatureVersion = 'v1' | 'v1a'
export type Signature = { readonly version: SignatureVersion; readonly signature: string }

/** One delivery as it is signed. `body` is the text exactly as it is sent; `id` and `timestamp` have no full stop. */
export type Delivery = { readonly id: string; readonly timestamp: string; readonly body: string }

/** The text under the signature. Full stops divide it, so an id with one could borrow from the timestamp: throws. */
export function signedContent({ id, timestamp, body }: Delivery): string {
  if (id.includes('.') || timestamp.includes('.')) {
    throw new RangeError('A webhook id and its timestamp may not contain a full stop.')
  }
  return `${id}.${timestamp}.${body}`
}

/** The value of the signature header for one secret (bytes, as `parseSecret` gives them). */
export function sign(delivery: Delivery, secret: Uint8Array, mac: Mac): string
export function sign(delivery: Delivery, secret: Uint8Array, mac: AsyncMac): Promise<string>
export function sign(delivery: Delivery, secret: Uint8Array, mac: AnyMac): string | Promise<string> {
  return whenKnown(mac(secret, signedContent(delivery)), (digest) => `v1,${toBase64(digest)}`)
}

/** Whether one of the header's `v1` signatures was made with this secret. Looks at no clock: see `timely`. */
export function verify(delivery: Delivery, given: string, secret: Uint8Array, mac: Mac): boolean
export function verify(delivery: Delivery, given: string, secret: Uint8Array, mac: AsyncMac): Promise<boolean>
export function verify(
  delivery: Delivery,
  given: string,
  secret: Uint8Array,
  mac: AnyMac,
): boolean | Promise<boolean> {
  if (delivery.id.includes('.') || delivery.timestamp.includes('.')) return false
  const theirs = parseSignatures(given).filter(({ version }) => version === 'v1')
  return whenKnown(mac(secret, signedContent(delivery)), (digest) =>
    theirs.some(({ signature }) => {
      const bytes = fromBase64(signature)
      return bytes !== null && sameBytes(bytes, digest)
    }),
  )
}

/** The signatures of a header; versions that we do not know are left out, as the specification asks. */
export function parseSignatures(header: string): readonly Signature[] {
  return header.split(' ').flatMap((entry): readonly Signature[] => {
    const [, version, signature = ''] = /^(v1a?),(.+)$/.exec(entry) ?? []
    return version === 'v1' || version === 'v1a' ? [{ version, signature }] : []
  })
}

/** The bytes of a `whsec_…` secret, or null if the text is none. The prefix may be missing, as in other libraries. */
export function parseSecret(text: string): Uint8Array | null {
  const bytes = fromBase64(text.startsWith(secretPrefix) ? text.slice(secretPrefix.length) : text)
  return bytes !== null && bytes.length >= secretBytes.least && bytes.length <= secretBytes.most
    ? bytes
    : null
}

/** A secret as it is shown to an integrator. Throws on a length that the specification does not allow. */
export function formatSecret(bytes: Uint8Array): string {
  if (bytes.length < secretBytes.least || bytes.length > secretBytes.most) {
    throw new RangeError(`A webhook secret has ${secretBytes.least} to ${secretBytes.most} bytes.`)
  }
  return secretPrefix + toBase64(bytes)
}

/** Whether a timestamp header is whole Unix seconds near `now` (Unix seconds); else a recorded delivery may be replayed. */
export function timely(timestamp: string, now: number, within: number = tolerance): boolean {
  return /^\d{1,11}$/.test(timestamp) && Math.abs(Number(timestamp) - now) <= within
}
