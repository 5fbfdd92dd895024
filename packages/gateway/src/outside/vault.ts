import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Vault } from '../core/ports.ts'

/*
 * What is sealed: one byte of version (1), four bytes that name the master key, twelve bytes of nonce, the text
 * encrypted with AES-256-GCM, sixteen bytes of tag. Version and key name are authenticated too.
 */
const version = 1
const header = 5
const nonceLength = 12
const tagLength = 16
const masterLength = 32

/** The newest seals; the others still open what they sealed, so that a master key can be rotated without a stop. */
export type MasterKeys = readonly [newest: Uint8Array, ...older: Uint8Array[]]

/** Encryption at rest. Opening throws when the text was changed, sealed for another purpose or under a lost key. */
export function openVault(keys: MasterKeys): Vault {
  const masters = keys.map((key) => ({ name: keyName(key), keyFor: derivedKeys(key, 'lango vault 1') }))
  const [newest = masters[0]] = masters
  if (newest === undefined) throw new Error('the vault needs a master key')
  return {
    seal: (purpose, plain) => {
      const head = Buffer.concat([Uint8Array.of(version), newest.name])
      return encrypt(newest.keyFor(purpose), head, plain)
    },
    open: (purpose, sealed) => {
      if (sealed.length < header + nonceLength + tagLength || sealed[0] !== version) {
        throw new Error(`what was sealed for ${purpose} has a form that this version does not know`)
      }
      const master = masters.find(({ name }) => timingSafeEqual(name, sealed.subarray(1, header)))
      if (master === undefined)
        throw new Error(`what was sealed for ${purpose} needs a master key that is not here`)
      return decrypt(master.keyFor(purpose), sealed, purpose)
    },
    sealUnder: (secret, purpose, plain) => encrypt(keyUnder(secret, purpose), underHead, plain),
    openUnder: (secret, purpose, sealed) => {
      if (sealed.length < header + nonceLength + tagLength || sealed[0] !== version)
        throw new Error(`what was sealed for ${purpose} has a form that this version does not know`)
      return decrypt(keyUnder(secret, purpose), sealed, purpose)
    },
  }
}

/** Where the key comes from what somebody brings along, no master key is named. */
const underHead = Uint8Array.of(version, 0, 0, 0, 0)

/** HKDF-SHA-256 (RFC 5869): the secret has the entropy of a key and only needs to be made one. */
function keyUnder(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'lango brought key 1', purpose, 32))
}

/** Reads `LANGO_MASTER_KEY`: 32 bytes in hex or base64, or several divided by commas, newest first. Null if it is none. */
export function parseMasterKeys(text: string): MasterKeys | null {
  const [newest, ...older] = text.split(',').map((part) => parseKey(part.trim()))
  if (newest === undefined || newest === null) return null
  return older.every((key) => key !== null) ? [newest, ...older] : null
}

/** A fresh master key as it is written into a file or an environment. */
export function newMasterKey(): string {
  return randomBytes(masterLength).toString('hex')
}

/** A key of its own for each purpose (HKDF-SHA-256, RFC 5869), remembered: purposes are few and fixed. */
export function derivedKeys(master: Uint8Array, salt: string): (purpose: string) => Uint8Array {
  const known = new Map<string, Uint8Array>()
  return (purpose) => {
    const before = known.get(purpose)
    if (before !== undefined) return before
    const key = new Uint8Array(hkdfSync('sha256', master, salt, purpose, 32))
    // A caller that puts names of people or rows into the purpose must not be able to fill the memory.
    if (known.size < 256) known.set(purpose, key)
    return key
  }
}

function encrypt(key: Uint8Array, head: Uint8Array, plain: string): Uint8Array {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(head)
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([head, nonce, sealed, cipher.getAuthTag()]))
}

function decrypt(key: Uint8Array, sealed: Uint8Array, purpose: string): string {
  const nonce = sealed.subarray(header, header + nonceLength)
  const tag = sealed.subarray(sealed.length - tagLength)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
    .setAAD(sealed.subarray(0, header))
    .setAuthTag(tag)
  try {
    const plain = decipher.update(sealed.subarray(header + nonceLength, sealed.length - tagLength))
    return Buffer.concat([plain, decipher.final()]).toString('utf8')
  } catch {
    throw new Error(`what was sealed for ${purpose} was changed, or sealed for another purpose`)
  }
}

/** Four bytes that tell master keys apart and give nothing away of them. */
function keyName(key: Uint8Array): Uint8Array {
  if (key.length !== masterLength)
    throw new Error(`a master key has ${masterLength} bytes, not ${key.length}`)
  return new Uint8Array(
    hash('sha256', Buffer.concat([Buffer.from('lango master key name'), key]), 'buffer'),
  ).subarray(0, 4)
}

function parseKey(text: string): Uint8Array | null {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : fromBase64(text)
  return bytes !== null && bytes.length === masterLength ? new Uint8Array(bytes) : null
}

function fromBase64(text: string): Buffer | null {
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : null
}
