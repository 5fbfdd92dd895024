import {
  constants,
  createPrivateKey,
  generateKeyPair,
  sign as signBytes,
  type KeyObject,
  type SignKeyObjectInput,
} from 'node:crypto'
import { promisify } from 'node:util'
import { calculateJwkThumbprint, compactVerify, createLocalJWKSet, exportJWK, type JWK } from 'jose'
import { seconds, after, isBefore, type Instant } from '../base/time.ts'
import type { Ports } from '../core/ports.ts'
import {
  loadSigningKeys,
  storeDueKey,
  storeFirstKey,
  storeNextKey,
} from '../core/signing-key/keep-signing-keys.ts'
import {
  isPublished,
  needsSuccessor,
  signingAlgs,
  signingKey,
  type PublicJwk,
  type SigningAlg,
  type StoredKey,
  type TokenSigner,
} from '../core/signing-key/signing-key.ts'

export type SigningKeys = TokenSigner & {
  /** Publishes a new key, which signs a day later; the old one is published until its last token has ended. */
  readonly rotate: (alg: SigningAlg) => Promise<PublicJwk>
}

type Needs = Pick<Ports, 'db' | 'clock' | 'ids' | 'vault'>

/** How long a process signs before it looks for newer keys; shorter by far than a key is published before its use. */
const looksAgainAfter = seconds(300)

/** The token signer. Makes a key for each algorithm when there is none. */
export async function openSigningKeys(ports: Needs): Promise<SigningKeys> {
  const ring = await openRing(ports)
  return {
    sign: async (alg, claims, type = 'JWT') => {
      const { kid, head, key } = await ring.signing(alg)
      const text = `${type === 'JWT' ? head : headOf({ alg, kid }, type)}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
      return `${text}.${(await signs[alg](Buffer.from(text), key)).toString('base64url')}`
    },
    publicKeys: async () => {
      const now = ports.clock.now()
      return (await loadSigningKeys(ports)).filter((key) => isPublished(key, now)).map((key) => key.publicJwk)
    },
    read: async (token) => await readOwn(token, await loadSigningKeys(ports)),
    renew: async () => await renewKeys(ports),
    rotate: async (alg) => {
      const next = await makeKey(ports, alg)
      await storeNextKey(ports, next)
      return next.publicJwk
    },
  }
}

/** A key takes a while to make, so it is made before anything is locked, and thrown away when another was stored. */
async function renewKeys(ports: Needs): Promise<readonly SigningAlg[]> {
  const keys = await loadSigningKeys(ports)
  const due = signingAlgs.filter((alg) => needsSuccessor(keys, alg, ports.clock.now()))
  const renewed: SigningAlg[] = []
  for (const alg of due) if (await storeDueKey(ports, await makeKey(ports, alg))) renewed.push(alg)
  return renewed
}

type Signing = { readonly kid: string; readonly head: string; readonly key: KeyObject }

/** Opened private keys, by kid; the list of keys is read again now and then, and when none of it may sign. */
async function openRing(ports: Needs) {
  await Promise.all(
    (await missing(ports)).map(async (alg) => {
      await storeFirstKey(ports, await makeKey(ports, alg))
    }),
  )
  const opened = new Map<string, Signing>()
  let known: { readonly keys: readonly StoredKey[]; readonly at: Instant } = await look(ports)

  async function signing(alg: SigningAlg): Promise<Signing> {
    const now = ports.clock.now()
    if (isBefore(after(known.at, looksAgainAfter), now)) known = await look(ports)
    const stored = signingKey(known.keys, alg, now)
    if (stored === null) throw new Error(`no ${alg} key may sign`)
    const before = opened.get(stored.kid)
    if (before !== undefined) return before
    const fresh = { kid: stored.kid, head: headOf(stored), key: openKey(ports, stored) }
    opened.set(stored.kid, fresh)
    return fresh
  }
  return { signing }
}

async function look(ports: Needs) {
  return { keys: await loadSigningKeys(ports), at: ports.clock.now() }
}

async function missing(ports: Needs): Promise<readonly SigningAlg[]> {
  const now = ports.clock.now()
  const keys = await loadSigningKeys(ports)
  return signingAlgs.filter((alg) => signingKey(keys, alg, now) === null)
}

function headOf({ alg, kid }: Pick<StoredKey, 'alg' | 'kid'>, typ = 'JWT'): string {
  return Buffer.from(JSON.stringify({ alg, kid, typ })).toString('base64url')
}

function openKey({ vault }: Needs, { sealed }: StoredKey): KeyObject {
  return createPrivateKey({ key: JSON.parse(vault.open('signing-key', sealed)) as JWK, format: 'jwk' })
}

const signElsewhere = promisify(
  (data: Buffer, key: SignKeyObjectInput, done: (fault: Error | null, signature: Buffer) => void): void => {
    signBytes('sha256', data, key, done)
  },
)

/** RFC 7518 section 3.5: salted with as many bytes as the digest has. */
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }

/** RSA takes a third of a millisecond, so it goes to a thread; a curve is quicker than the way there. */
const signs: Readonly<Record<SigningAlg, (data: Buffer, key: KeyObject) => Buffer | Promise<Buffer>>> = {
  RS256: async (data, key) => await signElsewhere(data, { key }),
  PS256: async (data, key) => await signElsewhere(data, { key, ...pss }),
  ES256: (data, key) => signBytes('sha256', data, { key, dsaEncoding: 'ieee-p1363' }),
  // Ed25519 digests by itself (RFC 8032).
  EdDSA: (data, key) => signBytes(null, data, key),
}

async function makeKey(
  { vault }: Needs,
  alg: SigningAlg,
): Promise<Pick<StoredKey, 'kid' | 'alg' | 'publicJwk' | 'sealed'>> {
  const { publicKey, privateKey } = await pairs[alg]()
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  const publicJwk: PublicJwk = { ...jwk, kty: String(jwk.kty), kid, alg, use: 'sig' }
  return {
    kid,
    alg,
    publicJwk,
    sealed: vault.seal('signing-key', JSON.stringify(privateKey.export({ format: 'jwk' }))),
  }
}

const generate = promisify(generateKeyPair)

const rsa = async () => await generate('rsa', { modulusLength: 2048 })

/** PS256 has a key of its own: one key is for one algorithm (RFC 7517 section 4.4). */
const pairs = {
  RS256: rsa,
  PS256: rsa,
  ES256: async () => await generate('ec', { namedCurve: 'P-256' }),
  EdDSA: async () => await generate('ed25519'),
} as const satisfies Readonly<
  Record<SigningAlg, () => Promise<{ publicKey: KeyObject; privateKey: KeyObject }>>
>

/** Verifies with our published keys alone: whatever key a token's header offers is not looked at. */
async function readOwn(
  token: string,
  keys: readonly StoredKey[],
): Promise<Readonly<Record<string, unknown>> | null> {
  if (token.length > 4096) return null
  try {
    const set = createLocalJWKSet({ keys: keys.map(({ publicJwk }) => ({ ...publicJwk })) })
    const { payload } = await compactVerify(token, set, { algorithms: [...signingAlgs] })
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload))
    return typeof claims === 'object' && claims !== null ? { ...claims } : null
  } catch {
    return null
  }
}
