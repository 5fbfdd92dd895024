/**
 * Password hashes that other systems kept. What they cost to verify is bounded here, at the door: whoever brings a
 * hash along must not be able to make one sign-in take minutes.
 */
import { base64, bytesOfBase64url, fromHex } from '../../base/bytes.ts'
import { no, ok, type Result } from '../../base/result.ts'

export const digestBytes = { sha1: 20, sha256: 32, sha512: 64 } as const
export type HashDigest = keyof typeof digestBytes

export type KeptHash =
  /** In the PHC string format, as every argon2 library writes and reads it. */
  | { readonly scheme: 'argon2'; readonly text: string }
  | Salted<{ readonly scheme: 'scrypt'; readonly ln: number; readonly r: number; readonly p: number }>
  | Salted<{ readonly scheme: 'pbkdf2'; readonly digest: HashDigest; readonly rounds: number }>

type Salted<Cost> = Cost & { readonly salt: Uint8Array; readonly key: Uint8Array }
type Read = Result<KeptHash, string>

/** Reads PHC strings and what widely used frameworks write instead; the refusal is one sentence. */
export function readKeptHash(text: string): Read {
  if (text.length > longest) return no(`A hash has at most ${longest} characters.`)
  for (const [form, read] of forms) {
    const found = form.exec(text)
    if (found?.groups !== undefined) return read(found.groups, text)
  }
  return no(
    /^\$2[abxy]?\$/.test(text)
      ? 'bcrypt cannot be verified here: leave the hash out, and the person chooses a new password by recovery.'
      : 'This is no hash that can be verified here: argon2, scrypt or PBKDF2, as a PHC string, or as Django, passlib or Werkzeug write it.',
  )
}

const longest = 512

type Groups = Readonly<Record<string, string | undefined>>
type Reader = (groups: Groups, text: string) => Read

/** Salts of passlib use `.` for `+`; the others pad or do not. */
const word = '[A-Za-z0-9+/.]+={0,2}'
const number = '[1-9][0-9]{0,9}'
const forms: readonly (readonly [RegExp, Reader])[] = [
  [
    new RegExp(
      `^(?:argon2)?(?<phc>\\$argon2(?:id|i|d)\\$v=(?:16|19)\\$m=(?<m>${number}),t=(?<t>${number}),p=(?<p>${number})\\$(?<salt>${word})\\$(?<key>${word}))$`,
    ),
    readArgon2,
  ],
  [
    new RegExp(
      `^\\$scrypt\\$ln=(?<ln>${number}),r=(?<r>${number}),p=(?<p>${number})\\$(?<salt>${word})\\$(?<key>${word})$`,
    ),
    readScrypt,
  ],
  [
    new RegExp(
      `^scrypt\\$(?<plain>[^$]{1,128})\\$(?<n>${number})\\$(?<r>${number})\\$(?<p>${number})\\$(?<key>${word})$`,
    ),
    readScrypt,
  ],
  [
    new RegExp(
      `^scrypt:(?<n>${number}):(?<r>${number}):(?<p>${number})\\$(?<plain>[^$]{1,128})\\$(?<hex>[0-9a-f]{2,256})$`,
    ),
    readScrypt,
  ],
  [
    new RegExp(
      `^\\$pbkdf2(?:-(?<digest>sha1|sha256|sha512))?\\$(?:i=)?(?<rounds>${number})(?:,l=${number})?\\$(?<salt>${word})\\$(?<key>${word})$`,
    ),
    readPbkdf2,
  ],
  [
    new RegExp(
      `^pbkdf2_(?<digest>sha1|sha256|sha512)\\$(?<rounds>${number})\\$(?<plain>[^$]{1,128})\\$(?<key>${word})$`,
    ),
    readPbkdf2,
  ],
  [
    new RegExp(
      `^pbkdf2:(?<digest>sha1|sha256|sha512):(?<rounds>${number})\\$(?<plain>[^$]{1,128})\\$(?<hex>[0-9a-f]{2,256})$`,
    ),
    readPbkdf2,
  ],
] // prettier-ignore -- a form a line

/** KiB of memory; what the widely used libraries have asked for by themselves lies below. */
const mostArgonMemory = 131_072
/** Memory times passes: some 0.3 s of one core. */
const mostArgonWork = 524_288

function readArgon2({ phc = '', m, t, p, salt = '', key = '' }: Groups): Read {
  const [memory, passes, lanes] = [Number(m), Number(t), Number(p)]
  if (lanes > 16 || memory < 8 * lanes) return no('argon2: p is at most 16, and m at least 8 times p.')
  if (memory > mostArgonMemory || memory * passes > mostArgonWork) {
    return no(`argon2: m is at most ${mostArgonMemory}, and m times t at most ${mostArgonWork}.`)
  }
  const fault = faultOfBytes(bytesOf(salt), bytesOf(key))
  return fault === null ? ok({ scheme: 'argon2', text: phc }) : no(`argon2: ${fault}`)
}

const mostScryptMemory = 128 * 1024 * 1024
/** N times r times p: some 0.4 s of one core. */
const mostScryptWork = 2 ** 20

function readScrypt(groups: Groups): Read {
  const [r, p] = [Number(groups['r']), Number(groups['p'])]
  const ln = groups['n'] === undefined ? Number(groups['ln']) : Math.log2(Number(groups['n']))
  if (!Number.isInteger(ln) || ln < 1 || ln > 30) return no('scrypt: N is a power of two.')
  const blocks = 2 ** ln * r
  if (128 * blocks > mostScryptMemory || blocks * p > mostScryptWork) {
    return no(`scrypt: N times r times p is at most ${mostScryptWork}.`)
  }
  return salted({ scheme: 'scrypt', ln, r, p }, groups)
}

const leastRounds = 1000
/** Some 0.8 s of one core with SHA-256. */
const mostRounds = 1_500_000

function readPbkdf2(groups: Groups): Read {
  const digest = digestOf(groups['digest'] ?? 'sha1')
  const rounds = Number(groups['rounds'])
  const read = salted({ scheme: 'pbkdf2', digest, rounds }, groups)
  if (!read.ok || read.value.scheme !== 'pbkdf2') return read
  const blocks = Math.ceil(read.value.key.length / digestBytes[digest])
  if (rounds < leastRounds) return no(`pbkdf2: at least ${leastRounds} rounds; fewer protect nobody.`)
  return rounds * blocks > mostRounds ? no(`pbkdf2: at most ${mostRounds} rounds.`) : read
}

function digestOf(name: string): HashDigest {
  return name === 'sha256' || name === 'sha512' ? name : 'sha1'
}

type Cost =
  | { readonly scheme: 'scrypt'; readonly ln: number; readonly r: number; readonly p: number }
  | { readonly scheme: 'pbkdf2'; readonly digest: HashDigest; readonly rounds: number }

function salted(cost: Cost, { plain, salt, hex, key }: Groups): Read {
  const saltBytes = plain === undefined ? bytesOf(salt ?? '') : new TextEncoder().encode(plain)
  const keyBytes = hex === undefined ? bytesOf(key ?? '') : hex.length % 2 === 0 ? fromHex(hex) : null
  const fault = faultOfBytes(saltBytes, keyBytes)
  if (fault !== null || saltBytes === null || keyBytes === null) return no(`${cost.scheme}: ${fault ?? ''}`)
  return ok({ ...cost, salt: saltBytes, key: keyBytes })
}

/** Keys under 16 bytes could be met by chance, and longer ones than 64 nobody writes. */
function faultOfBytes(salt: Uint8Array | null, key: Uint8Array | null): string | null {
  if (salt === null || key === null) return 'salt and key are base64, without stray bits.'
  if (salt.length < 4 || salt.length > 128) return 'a salt has 4 to 128 bytes.'
  return key.length < 16 || key.length > 64 ? 'a key has 16 to 64 bytes.' : null
}

function bytesOf(text: string): Uint8Array | null {
  return bytesOfBase64url(text.replace(/=+$/, '').replaceAll(/[+.]/g, '-').replaceAll('/', '_'))
}

/** One way to write each: the PHC string format. */
export function printKeptHash(kept: KeptHash): string {
  if (kept.scheme === 'argon2') return kept.text
  const tail = `$${bare(kept.salt)}$${bare(kept.key)}`
  return kept.scheme === 'scrypt'
    ? `$scrypt$ln=${kept.ln},r=${kept.r},p=${kept.p}${tail}`
    : `$pbkdf2-${kept.digest}$i=${kept.rounds}${tail}`
}

function bare(bytes: Uint8Array): string {
  return base64(bytes).replace(/=+$/, '')
}
