import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import type { Digests } from '../core/ports.ts'
import { derivedKeys } from './vault.ts'

/**
 * The digests port over node:crypto. While a master key is rotated, `naming` stays the old one until nothing that
 * was named under it is looked up any more: a derived name is found by making it again.
 */
export function openDigests(naming: Uint8Array): Digests {
  const keyFor = derivedKeys(naming, 'lango digest 1')
  return {
    sha256: (text) => new Uint8Array(hash('sha256', text, 'buffer')),
    sha512: (text) => new Uint8Array(hash('sha512', text, 'buffer')),
    hmacSha256: mac,
    equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
    derive: (purpose, text) => mac(keyFor(purpose), text),
  }
}

function mac(key: string | Uint8Array, text: string): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(text, 'utf8').digest())
}
