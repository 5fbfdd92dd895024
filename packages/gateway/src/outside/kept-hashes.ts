import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { verify as verifyArgon2 } from '@node-rs/argon2'
import { readKeptHash, type KeptHash } from '../core/account/kept-hash.ts'

/** Whether a password belongs to a hash, ours or one that moved in. Computed off the event loop, in libuv's pool. */
export async function verifyKept(text: string, password: string): Promise<boolean> {
  const kept = readKeptHash(text)
  if (!kept.ok) throw new Error(`a stored password hash cannot be read: ${kept.refusal}`)
  if (kept.value.scheme === 'argon2') return await verifyArgon2(kept.value.text, password)
  return timingSafeEqual(await derive(kept.value, password), kept.value.key)
}

/** Room for the largest that core/account/kept-hash.ts lets in, and its overhead. */
const maxmem = 160 * 1024 * 1024

async function derive(kept: Exclude<KeptHash, { scheme: 'argon2' }>, password: string): Promise<Buffer> {
  const { salt, key } = kept
  return kept.scheme === 'scrypt'
    ? await scrypted(password, salt, key.length, { N: 2 ** kept.ln, r: kept.r, p: kept.p, maxmem })
    : await pbkdf2ed(password, salt, kept.rounds, key.length, kept.digest)
}

type Scrypted = (
  password: string,
  salt: Uint8Array,
  length: number,
  options: { readonly N: number; readonly r: number; readonly p: number; readonly maxmem: number },
) => Promise<Buffer>
const scrypted: Scrypted = promisify(scrypt)
const pbkdf2ed = promisify(pbkdf2)
