/**
 * The port that reads what others signed, and that signs as others do where the house plays one of them. Our own tokens are
 * signed and read by the TokenSigner (signing-key.ts).
 */
import type { JsonWebKeys } from '../application/application.ts'

export type Signatures = {
  /**
   * Verifies a compact JWS (RFC 7515) with one of the given public keys and one of the given algorithms; whatever key
   * its header offers is not looked at. Unknown `crit` members are refused.
   */
  readonly verify: (jws: string, keys: JsonWebKeys, algs: readonly string[]) => Promise<Verified>
  /** The same with the public key that its own header holds (`jwk`), and that key's thumbprint (RFC 7638, SHA-256). */
  readonly verifyByOwnKey: (jws: string, algs: readonly string[]) => Promise<VerifiedByOwnKey>
  /** Why these cannot be an application's public keys, in one sentence; null when they can. */
  readonly keysFault: (keys: JsonWebKeys) => Promise<string | null>
  /** A pair for ES256, named by its thumbprint. It is kept by whoever asked for it, and nowhere else. */
  readonly newKey: () => Promise<KeyPair>
  /** A compact JWS over the claims, by ES256, with these members in its header beside `alg`. */
  readonly sign: (
    key: KeyPair,
    header: Readonly<Record<string, unknown>>,
    claims: Readonly<Record<string, unknown>>,
  ) => Promise<string>
}

/** RFC 7517. */
export type Jwk = Readonly<Record<string, unknown>>

export type KeyPair = {
  /** The thumbprint (RFC 7638, SHA-256). */
  readonly kid: string
  readonly publicJwk: Jwk
  readonly privateJwk: Jwk
}

export type VerifiedByOwnKey =
  | (Extract<Verified, { readonly kind: 'verified' }> & { readonly jkt: string })
  | Extract<Verified, { readonly kind: 'refused' }>

export type Verified =
  | {
      readonly kind: 'verified'
      /** The header's `typ`. */
      readonly type: string | undefined
      readonly claims: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'refused'; readonly because: 'unreadable' | 'alg' | 'no-key' | 'signature' }
