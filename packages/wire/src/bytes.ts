// Written out, because this package runs where neither Buffer nor Uint8Array.prototype.toBase64 can be counted on,
// and because platform decoders forgive what a signature check must not: blanks, missing padding, left-over bits.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const notBase64 = 64
/** The value of each ASCII character in the alphabet. */
const sextets = new Uint8Array(128).fill(notBase64)
for (let value = 0; value < 64; value++) sextets[alphabet.charCodeAt(value)] = value

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** RFC 4648 section 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (byteAt(bytes, at) << 16) | (byteAt(bytes, at + 1) << 8) | byteAt(bytes, at + 2)
    const left = bytes.length - at
    text += letterOf(group >> 18) + letterOf(group >> 12)
    text += (left > 1 ? letterOf(group >> 6) : '=') + (left > 2 ? letterOf(group) : '=')
  }
  return text
}

/** The bytes of a base64 text in its one canonical form (RFC 4648 section 4), or null for any other text. */
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const letters = text.length - padding
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let bits = 0
  let held = 0
  let filled = 0
  for (let at = 0; at < letters; at++) {
    const sextet = sextets[text.charCodeAt(at)] ?? notBase64
    if (sextet === notBase64) return null
    bits = ((bits << 6) | sextet) & 0xfff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes[filled++] = bits >> held
  }
  // Left-over bits that are not zero would give one digest several spellings.
  return (bits & ((1 << held) - 1)) === 0 ? bytes : null
}

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexPairs[byte] ?? ''
  return text
}

/** The bytes of a hexadecimal text in either case, or null for any other text. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return null
  const bytes = new Uint8Array(text.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16)
  return bytes
}

/** Compares without stopping at the first difference; only the lengths, which are public, may end it early. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (let at = 0; at < one.length; at++) difference |= byteAt(one, at) ^ byteAt(other, at)
  return difference === 0
}

/** The bytes of a text that holds ASCII only, as base64 and hexadecimal texts do. */
export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** The text whose characters have these bytes as codes; above 127 none that base64 or hexadecimal knows. */
export function asciiText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function letterOf(bits: number): string {
  return alphabet.charAt(bits & 63)
}

/** Zero past the end, which is what padding means. */
function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}
