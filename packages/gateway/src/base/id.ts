/** Identifiers and chance, through ports so that tests can fix both. */
import { hex } from './bytes.ts'

/** Makes time-ordered identifiers (UUIDv7, RFC 9562 section 5.7). */
export type Ids = { readonly next: () => string }

/** Fills a fresh array with unguessable bytes. */
export type Chance = { readonly bytes: (length: number) => Uint8Array }

/** A UUIDv7 from a time and ten random bytes. */
export function uuidv7(epochMs: number, random: Uint8Array): string {
  if (random.length < 10) throw new Error('a UUIDv7 needs 10 random bytes')
  const time = Math.trunc(epochMs).toString(16).padStart(12, '0')
  const bytes = random.slice(0, 10)
  bytes[0] = ((random[0] ?? 0) & 0x0f) | 0x70
  bytes[2] = ((random[2] ?? 0) & 0x3f) | 0x80
  const tail = hex(bytes)
  return `${time.slice(0, 8)}-${time.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}`
}

/** Letters that nobody mistakes for another when reading them out: no I, L, O, Q, no U beside V. */
export const invoiceLetters = 'ABCDEFGHJKMNPRSTVWXYZ'

/** An invoice number: seven random letters and a check letter (see checkLetter). */
export function invoiceNumber(chance: Chance): string {
  const body = randomLetters(chance, 7)
  return body + checkLetter(body)
}

/** Whether the text is one of our numbers: right letters, right length, right check letter. */
export function isInvoiceNumber(text: string): boolean {
  return /^[A-HJKMNPRSTV-Z]{8}$/.test(text) && checkLetter(text.slice(0, 7)) === text.charAt(7)
}

/**
 * Makes the weighted sum of all letters a multiple of 21, with weights 1, 2, 4, 8, … from the right. Neither 2 nor a
 * power of it shares a factor with 21, so every single wrong letter and every swap of neighbours is noticed, and a
 * mistyped reference is caught before money moves. (Luhn's algorithm would not do: it needs an even number of letters.)
 */
export function checkLetter(body: string): string {
  const base = invoiceLetters.length
  const sum = [...body].reduce((total, letter) => 2 * (total + invoiceLetters.indexOf(letter)), 0)
  return invoiceLetters.charAt((base - (sum % base)) % base)
}

/** Service codes: fixed length, no leading zero, last digit by Luhn, so that no other split of a text is a code. */
export function serviceCode(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return body + String((10 - (sum % 10)) % 10)
}

export function isServiceCode(text: string): boolean {
  return /^[1-9][0-9]{5}$/.test(text) && serviceCode(text.slice(0, 5)) === text
}

function randomLetters(chance: Chance, length: number): string {
  let letters = ''
  while (letters.length < length) {
    for (const byte of chance.bytes(length)) {
      // 252 is the largest multiple of 21 in a byte: beyond it some letters would come more often.
      if (byte < 252 && letters.length < length)
        letters += invoiceLetters.charAt(byte % invoiceLetters.length)
    }
  }
  return letters
}
