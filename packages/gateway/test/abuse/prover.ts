/** A key on somebody's device, and the proofs that it makes: RFC 9449 section 4.2. */
import { createHash, randomUUID } from 'node:crypto'
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import type { Instant } from '../../src/base/time.ts'

export type Prover = {
  readonly jwk: JWK
  readonly jkt: string
  readonly prove: (asked: AskedProof, changed?: Changed) => Promise<string>
}

export type AskedProof = { readonly url: string; readonly method?: string; readonly token?: string }

/** What is otherwise than it should be; undefined takes a claim or a header away. */
export type Changed = {
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
}

export async function openProver(now: () => Instant, alg = 'ES256'): Promise<Prover> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(publicKey)
  return {
    jwk,
    jkt: await calculateJwkThumbprint(jwk),
    prove: async ({ url, method = 'POST', token }, { header = {}, claims = {} } = {}) => {
      const said = {
        jti: randomUUID(),
        htm: method,
        htu: url,
        iat: Math.floor(now().epochMs / 1000),
        ...(token === undefined ? {} : { ath: digest(token) }),
        ...claims,
      }
      const signed = new SignJWT(present(said))
      return await signed
        .setProtectedHeader({ alg, ...present({ typ: 'dpop+jwt', jwk, ...header }) })
        .sign(privateKey, { crit: { 'made-up': true } })
    },
  }
}

export function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function present(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
