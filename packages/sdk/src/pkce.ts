import { toBase64 } from '@lango/wire'

/** 43 characters of 256 random bits: enough for a `state`, a nonce or a code verifier (RFC 7636 4.1). */
export function randomToken(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

/** RFC 7636 4.2, method S256. */
export async function codeChallengeOf(codeVerifier: string): Promise<string> {
  return base64url(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier))),
  )
}

function base64url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
