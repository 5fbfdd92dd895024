import { pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto'
import { verifySync } from '@node-rs/argon2'
import { readKeptHash, type KeptHash } from '../core/account/kept-hash.ts'

/** Whether a password belongs to a hash, ours or one that moved in. Computes on the thread that calls it. */
export function verifyKept(text: string, password: string): boolean {
  const kept = readKeptHash(text)
  if (!kept.ok) throw new Error(`a stored password hash cannot be read: ${kept.refusal}`)
  if (kept.value.scheme === 'argon2') return verifySync(kept.value.text, password)
  return timingSafeEqual(derive(kept.value, password), kept.value.key)
}

/** Room for the largest that core/account/kept-hash.ts lets in, and its overhead. */
const maxmem = 160 * 1024 * 1024

function derive(kept: Exclude<KeptHash, { scheme: 'argon2' }>, password: string): Buffer {
  const { salt, key } = kept
  return kept.scheme === 'scrypt'
    ? scryptSync(password, salt, key.length, { N: 2 ** kept.ln, r: kept.r, p: kept.p, maxmem })
    : pbkdf2Sync(password, salt, kept.rounds, key.length, kept.digest)
}
