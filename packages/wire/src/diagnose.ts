// Why a secure hash does not match, for the sandbox, the console and `lango hash`. Wrong hashes are the most common
// trouble of integrators (field-facts section 6, 1): so we try what they are known to do and name what would have
// matched. Never in live mode: an answer that tells how near a guess came is an oracle.

import { asciiText, fromBase64, fromHex, sameBytes, toBase64 } from './bytes.ts'
import {
  dataString,
  encodeDigest,
  matchingEncoding,
  type Encoding,
  type Hashed,
  type Keys,
  type Recipe,
} from './hash.ts'
import type { AnyMac, AsyncMac, Mac } from './mac.ts'

export type Diagnosis = {
  /** What we hashed, with `[secret]` where the secret stands. */
  readonly dataString: string
  /** The same by field, because the joined text does not show where one value ends and the next begins. */
  readonly parts: readonly { readonly field: string; readonly value: string }[]
  /** The encoding that we write and every reader accepts. */
  readonly expectedEncoding: Encoding
  /** How the given hash spells a digest that we know, or null if it is none of ours in any spelling. */
  readonly spelling: Spelling | null
  /** What was done differently before hashing, or null if nothing that we know explains the given hash. */
  readonly cause: Cause | null
  /** What to do next, in one or two sentences. */
  readonly mend: string
}

export type Cause = keyof typeof causes
export type Spelling = keyof typeof spellings

/** What clients are known to do before hashing, each with its remedy. */
export const causes = {
  none: 'The right data was hashed with the right key.',
  'other-secret-rule': 'Append the secret to the data where the recipe asks for it, and nowhere else.',
  'key-appended':
    'The key was appended to the data; the HMAC is keyed with it, and the secret is what is appended.',
  'key-and-secret-swapped':
    'Key and secret are swapped: the HMAC is keyed with the key, and the secret is appended.',
  'secret-as-key': 'The HMAC was keyed with the secret; key it with the key.',
  'newline-appended': 'A line break follows the data (`echo` adds one; use `printf`).',
  'blanks-trimmed': 'Blanks around a value were removed before hashing but sent: hash exactly what is sent.',
  'amount-written-differently':
    'The amount was written differently when it was hashed: hash the characters that are sent.',
} as const

/** How clients are known to write the digest, each with its remedy. The first three are accepted in lenient mode. */
export const spellings = {
  'base64-of-hex': 'It is written as it should be.',
  hex: 'It is written as hexadecimal: encode those 64 lower-case characters in base64.',
  'base64-of-raw':
    'It is the base64 of the 32 raw bytes: make lower-case hexadecimal first and encode that in base64.',
  'base64-of-upper-hex':
    'The hexadecimal inside is upper case: make it lower case before encoding it in base64.',
  'lower-cased-base64': 'The base64 text was made lower case, which destroys it: leave it as it is.',
  'blank-for-plus':
    'A plus sign arrived as a blank: percent-encode the hash when it is sent in a form or a query.',
  'blanks-around': 'Blanks or a line break surround the hash: remove them.',
} as const

/** Explains a given hash; at once or as a promise, as the `mac` does. */
export function diagnoseHash<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  given: string,
  by: { readonly keys: Keys; readonly mac: Mac },
): Diagnosis
export function diagnoseHash<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  given: string,
  by: { readonly keys: Keys; readonly mac: AsyncMac },
): Promise<Diagnosis>
export function diagnoseHash<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  given: string,
  by: { readonly keys: Keys; readonly mac: AnyMac },
): Diagnosis | Promise<Diagnosis> {
  const suspects = suspectsOf(of, values, by.keys)
  const digests = suspects.map(({ key, data }) => by.mac(key, data))
  const conclude = (known: readonly Uint8Array[]): Diagnosis => {
    const found = firstMatch(suspects, known, given)
    return {
      dataString: dataString(of, values, '[secret]'),
      parts: of.fields.map((field) => ({ field, value: values[field] })),
      expectedEncoding: of.encoding,
      spelling: found?.spelling ?? null,
      cause: found?.cause ?? null,
      mend: mendOf(found),
    }
  }
  const known = digests.filter((digest) => digest instanceof Uint8Array)
  return known.length === digests.length
    ? conclude(known)
    : Promise.all(digests.map((digest) => Promise.resolve(digest))).then(conclude)
}

type Suspect = { readonly cause: Cause; readonly key: string; readonly data: string }
type Found = { readonly cause: Cause; readonly spelling: Spelling }

function suspectsOf<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  { key, secret }: Keys,
): readonly Suspect[] {
  const bare: Recipe<Field> = { ...of, secret: 'none' }
  const long: Recipe<Field> = { ...of, secret: 'appended' }
  const right = dataString(of, values, secret)
  return [
    { cause: 'none', key, data: right },
    { cause: 'other-secret-rule', key, data: dataString(of.secret === 'none' ? long : bare, values, secret) },
    { cause: 'key-appended', key, data: dataString(long, values, key) },
    { cause: 'key-and-secret-swapped', key: secret, data: dataString(long, values, key) },
    { cause: 'secret-as-key', key: secret, data: right },
    { cause: 'secret-as-key', key: secret, data: dataString(bare, values, '') },
    { cause: 'newline-appended', key, data: `${right}\n` },
    {
      cause: 'blanks-trimmed',
      key,
      data: dataString(
        of,
        mapValues(of, values, (value) => value.trim()),
        secret,
      ),
    },
    ...amountForms.map((write): Suspect => {
      const rewritten = mapValues(of, values, (value, field) =>
        /amount/i.test(field) ? write(value) : value,
      )
      return { cause: 'amount-written-differently', key, data: dataString(of, rewritten, secret) }
    }),
  ]
}

/** 100.00 as 100, as 100.0 and as 100.00. */
const amountForms: readonly ((amount: string) => string)[] = [
  (amount) => amount.replace(/\.0+$/, '').replace(/(\.\d*[1-9])0+$/, '$1'),
  (amount) => amount.replace(/^(\d+)(\.00)?$/, '$1.0'),
  (amount) => (/^\d+$/.test(amount) ? `${amount}.00` : amount.replace(/^(\d+\.\d)$/, '$10')),
]

function mapValues<Field extends string>(
  of: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  change: (value: string, field: string) => string,
): Hashed<Field> {
  const changed: Record<string, string> = {}
  for (const field of of.fields) changed[field] = change(values[field], field)
  return { ...values, ...changed }
}

function firstMatch(
  suspects: readonly Suspect[],
  digests: readonly Uint8Array[],
  given: string,
): Found | null {
  for (const [at, { cause }] of suspects.entries()) {
    const digest = digests[at]
    const spelling = digest === undefined ? null : spellingOf(digest, given)
    if (spelling !== null) return { cause, spelling }
  }
  return null
}

function spellingOf(digest: Uint8Array, given: string): Spelling | null {
  const accepted = matchingEncoding(digest, given)
  if (accepted !== null) return accepted
  const inner = fromBase64(given)
  const upper = inner === null ? null : fromHex(asciiText(inner))
  if (upper !== null && sameBytes(upper, digest)) return 'base64-of-upper-hex'
  const canonical = encodeDigest(digest, 'base64-of-hex')
  if (given === canonical.toLowerCase() || given === toBase64(digest).toLowerCase())
    return 'lower-cased-base64'
  if (matchingEncoding(digest, given.replaceAll(' ', '+')) !== null) return 'blank-for-plus'
  return matchingEncoding(digest, given.trim()) === null ? null : 'blanks-around'
}

function mendOf(found: Found | null): string {
  if (found === null) {
    return 'Compare the data string with yours, character by character, and check that key and secret are the current ones.'
  }
  const remedies = [
    ...(found.cause === 'none' ? [] : [causes[found.cause]]),
    ...(found.spelling === 'base64-of-hex' ? [] : [spellings[found.spelling]]),
  ]
  return remedies.length === 0 ? 'The hash is right.' : remedies.join(' ')
}
