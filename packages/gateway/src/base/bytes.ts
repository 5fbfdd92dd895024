/** Bytes as text. */

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexOfByte[byte] ?? ''
  return text
}

/** Of an even number of hex digits. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, place) =>
    Number.parseInt(text.slice(2 * place, 2 * place + 2), 16),
  )
}

/** Url-safe and without padding: RFC 4648 section 5. */
export function base64url(bytes: Uint8Array): string {
  let text = ''
  for (let place = 0; place < bytes.length; place += 3) {
    const first = bytes[place] ?? 0
    const second = bytes[place + 1] ?? 0
    const third = bytes[place + 2] ?? 0
    text += (lettersOf[(first << 4) | (second >> 4)] ?? '') + (lettersOf[((second & 15) << 8) | third] ?? '')
  }
  return text.slice(0, Math.ceil((bytes.length * 4) / 3))
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('')
/** The two letters of each twelve bits: every code and token is written with it. */
const lettersOf = alphabet.flatMap((one) => alphabet.map((other) => one + other))

/** What base64url was made of; null for any other text, padding and stray bits included. */
export function bytesOfBase64url(text: string): Uint8Array | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
    one.charCodeAt(0),
  )
  return base64url(bytes) === text ? bytes : null
}

export function base64(bytes: Uint8Array): string {
  const letters = base64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return letters.padEnd(Math.ceil(bytes.length / 3) * 4, '=')
}
