import { base64 } from '../../base/bytes.ts'
import type { Chance } from '../../base/id.ts'
import type { Digests } from '../ports.ts'

/*
 * Standard Webhooks 1.0.0: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * The SDK verifies by wire/events.ts, which the core may not see; a test holds the two against each other.
 */
const prefix = 'whsec_'

/** What is signed: nothing in it but the body may hold a full stop. */
export type Signed = { readonly id: string; readonly timestamp: number; readonly body: string }

/**
 * The headers of one try. The id is the same in every try, so that a receiver knows a repeat; the timestamp is the
 * try's own. One signature for each live secret, so that a secret can be changed on either side first.
 */
export function webhookHeaders(
  digests: Digests,
  signed: Signed,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const content = `${signed.id}.${signed.timestamp}.${signed.body}`
  const signatures = secrets.map((secret) => `v1,${base64(digests.hmacSha256(bytesOf(secret), content))}`)
  return {
    'webhook-id': signed.id,
    'webhook-timestamp': String(signed.timestamp),
    ...(signatures.length === 0 ? {} : { 'webhook-signature': signatures.join(' ') }),
  }
}

/** A fresh secret as it is shown to the receiver once: 32 random bytes. */
export function newWebhookSecret(chance: Chance): string {
  return prefix + base64(chance.bytes(32))
}

/** Whether a given secret has the form and length that the specification asks for: 24 to 64 bytes. */
export function isWebhookSecret(text: string): boolean {
  if (!text.startsWith(prefix) || !/^[A-Za-z0-9+/]+={0,2}$/.test(text.slice(prefix.length))) return false
  try {
    const { length } = bytesOf(text)
    return length >= 24 && length <= 64
  } catch {
    return false
  }
}

function bytesOf(secret: string): Uint8Array {
  return Uint8Array.from(atob(secret.slice(prefix.length)), (letter) => letter.charCodeAt(0))
}
