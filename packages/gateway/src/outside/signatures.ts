import {
  calculateJwkThumbprint,
  CompactSign,
  compactVerify,
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose'
import type { JsonWebKeys } from '../core/application/application.ts'
import { assertionAlgs } from '../core/client/client-assertion.ts'
import { holdsSecret } from '../core/client/json-web-keys.ts'
import type { Jwk, KeyPair, Signatures, Verified, VerifiedByOwnKey } from '../core/client/signatures.ts'

/** What others signed, read by jose, and what is signed in their place. */
export const joseSignatures: Signatures = { verify, verifyByOwnKey, keysFault, newKey, sign }

async function verify(jws: string, keys: JsonWebKeys, algs: readonly string[]): Promise<Verified> {
  try {
    const { alg } = decodeProtectedHeader(jws)
    if (typeof alg !== 'string' || !algs.includes(alg)) return { kind: 'refused', because: 'alg' }
    const set = createLocalJWKSet({
      keys: keys.keys.map((key): JWK => ({ ...key, kty: String(key['kty']) })),
    })
    const { payload, protectedHeader } = await compactVerify(jws, set, { algorithms: [...algs] })
    return said(payload, protectedHeader.typ)
  } catch (fault) {
    return { kind: 'refused', because: becauseOf(fault) }
  }
}

async function verifyByOwnKey(jws: string, algs: readonly string[]): Promise<VerifiedByOwnKey> {
  try {
    const { alg, jwk } = decodeProtectedHeader(jws)
    if (typeof alg !== 'string' || !algs.includes(alg)) return { kind: 'refused', because: 'alg' }
    if (typeof jwk !== 'object' || holdsSecret({ ...jwk })) return { kind: 'refused', because: 'no-key' }
    const own: JWK = { ...jwk, kty: String(jwk.kty) }
    const key = await importJWK(own, alg)
    const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: [...algs] })
    const verified = said(payload, protectedHeader.typ)
    if (verified.kind === 'refused') return verified
    return { ...verified, jkt: await calculateJwkThumbprint(own) }
  } catch (fault) {
    return { kind: 'refused', because: becauseOf(fault) }
  }
}

function said(payload: Uint8Array, type: string | undefined): Verified {
  const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  return typeof claims !== 'object' || claims === null || Array.isArray(claims)
    ? { kind: 'refused', because: 'unreadable' }
    : { kind: 'verified', type, claims: { ...claims } }
}

function becauseOf(fault: unknown): Extract<Verified, { readonly kind: 'refused' }>['because'] {
  if (fault instanceof errors.JWKSNoMatchingKey || fault instanceof errors.JWKSMultipleMatchingKeys)
    return 'no-key'
  return fault instanceof errors.JWSSignatureVerificationFailed ? 'signature' : 'unreadable'
}

async function keysFault({ keys }: JsonWebKeys): Promise<string | null> {
  if (keys.length === 0) return 'The set holds no key.'
  for (const [place, key] of keys.entries()) {
    const name = `Key ${place + 1}`
    if (holdsSecret(key)) return `${name} holds a private key or a shared secret: give the public half alone.`
    const fault = await faultOf(key)
    if (fault !== null) return `${name} ${fault}`
  }
  return null
}

const algsByType: Readonly<Record<string, readonly string[]>> = {
  RSA: ['PS256', 'RS256'],
  EC: ['ES256'],
  OKP: ['EdDSA'],
}

async function faultOf(key: Readonly<Record<string, unknown>>): Promise<string | null> {
  const algs = algsByType[String(key['kty'])]
  const alg = key['alg'] === undefined ? algs?.[0] : algs?.find((one) => one === key['alg'])
  if (alg === undefined) return `is for none of ${assertionAlgs.join(', ')}.`
  if (key['use'] !== undefined && key['use'] !== 'sig') return 'is not for signatures (use).'
  try {
    const made = await importJWK({ ...key, kty: String(key['kty']) }, alg)
    if (made instanceof Uint8Array || made.type !== 'public') return 'is no public key.'
    return isShort(made) ? 'is an RSA key of fewer than 2048 bits.' : null
  } catch {
    return 'cannot be read as a public key (RFC 7518 section 6).'
  }
}

function isShort({ algorithm }: CryptoKey): boolean {
  return 'modulusLength' in algorithm && Number(algorithm.modulusLength) < 2048
}

async function newKey(): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const [own, others] = [await exportJWK(privateKey), { ...publicJwk, kid, use: 'sig', alg: 'ES256' }]
  return { kid, publicJwk: others, privateJwk: { ...own } }
}

async function sign({ privateJwk }: KeyPair, header: Jwk, claims: Jwk): Promise<string> {
  const key = await importJWK({ ...privateJwk, kty: 'EC' }, 'ES256')
  const payload = new TextEncoder().encode(JSON.stringify(claims))
  return await new CompactSign(payload).setProtectedHeader({ ...header, alg: 'ES256' }).sign(key)
}
