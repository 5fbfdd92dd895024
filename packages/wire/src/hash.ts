// The secure hash of the Pesaflow wire (seed 000 "Secure Hash", field-facts 2.3 and 8): an HMAC over values that are
// joined without separators, and written as base64 of its lower-case hexadecimal form. Two facts follow from that form
// and cannot be mended here: characters may move between neighbouring fields without changing the hash, and what a
// recipe does not name is not protected. The grammars of pesaflow.ts close what grammars can close.

import { asciiBytes, asciiText, fromBase64, fromHex, sameBytes, toBase64, toHex } from './bytes.ts'
import { whenKnown, type AnyMac, type AsyncMac, type Mac } from './mac.ts'

/** What a message is hashed over. The names are a literal type: a message that lacks one of them does not compile. */
export type Recipe<Field extends string = string> = {
  readonly fields: readonly Field[]
  readonly digest: 'HMAC-SHA-256'
  /** Whether the secret follows the last field. The HMAC's own key is `Keys.key` either way. */
  readonly secret: 'appended' | 'none'
  /** The one form that is written; a lenient reader understands the others too. */
  readonly encoding: Encoding
}

/** The values that a recipe hashes: the exact characters that stand on the wire, never a number that was parsed. */
export type Hashed<Field extends string> = Readonly<Record<Field, string>>

/** A key keys the HMAC; a secret is appended to the data. Both are given to an organization, one pair for each role. */
export type Keys = { readonly key: string; readonly secret: string }

/** The ways in which clients write one digest (field-facts 2.3). Their lengths differ, so a reader can tell them apart. */
export const encodings = ['base64-of-hex', 'hex', 'base64-of-raw'] as const
export type Encoding = (typeof encodings)[number]

export function recipe<const Field extends string>(literal: Recipe<Field>): Recipe<Field> {
  return literal
}

/** The hash that belongs on the wire; at once or as a promise, as the `mac` does. */
export function secureHash<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  keys: Keys,
  mac: Mac,
): string
export function secureHash<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  keys: Keys,
  mac: AsyncMac,
): Promise<string>
export function secureHash<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  keys: Keys,
  mac: AnyMac,
): string | Promise<string> {
  const digest = mac(keys.key, dataString(of, values, keys.secret))
  return whenKnown(digest, (bytes) => encodeDigest(bytes, of.encoding))
}

/** How a given hash is read: by the recipe's own encoding only, or (`lenient`) by any that clients are known to use. */
export type Reading<AMac extends AnyMac> = {
  readonly keys: Keys
  readonly mac: AMac
  readonly lenient?: boolean
}

/** The encoding in which `given` is the right hash, or null if it is wrong or written in a form that is not accepted. */
export function verifyHash<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  given: string,
  by: Reading<Mac>,
): Encoding | null
export function verifyHash<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  given: string,
  by: Reading<AsyncMac>,
): Promise<Encoding | null>
export function verifyHash<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  given: string,
  by: Reading<AnyMac>,
): Encoding | null | Promise<Encoding | null> {
  const digest = by.mac(by.keys.key, dataString(of, values, by.keys.secret))
  return whenKnown(digest, (bytes) => {
    const encoding = matchingEncoding(bytes, given)
    return by.lenient === true || encoding === of.encoding ? encoding : null
  })
}

/** The characters under the HMAC: the recipe's values in its order, then the secret where the recipe appends it. */
export function dataString<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  secret: string,
): string {
  return of.fields.map((field) => values[field]).join('') + (of.secret === 'appended' ? secret : '')
}

export function encodeDigest(digest: Uint8Array, encoding: Encoding): string {
  return codecs[encoding].write(digest)
}

/** The encoding in which `given` spells this digest, or null. Compares the digest's bytes in constant time. */
export function matchingEncoding(digest: Uint8Array, given: string): Encoding | null {
  const encoding = encodingByLength.get(given.length)
  if (encoding === undefined) return null
  const bytes = codecs[encoding].read(given)
  return bytes !== null && sameBytes(bytes, digest) ? encoding : null
}

type Codec = {
  readonly length: number
  readonly write: (digest: Uint8Array) => string
  readonly read: (text: string) => Uint8Array | null
}

const codecs: Readonly<Record<Encoding, Codec>> = {
  'base64-of-hex': {
    length: 88,
    write: (digest) => toBase64(asciiBytes(toHex(digest))),
    read: (text) => {
      const inner = fromBase64(text)
      const hex = inner === null ? '' : asciiText(inner)
      return /^[0-9a-f]{64}$/.test(hex) ? fromHex(hex) : null
    },
  },
  hex: { length: 64, write: toHex, read: fromHex },
  'base64-of-raw': { length: 44, write: toBase64, read: fromBase64 },
}

const encodingByLength: ReadonlyMap<number, Encoding> = new Map(
  encodings.map((encoding) => [codecs[encoding].length, encoding]),
)
