/** An application that proves itself by signed assertions (private_key_jwt). */
import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTHeaderParameters } from 'jose'
import { epochSeconds } from '../../../src/base/time.ts'
import type { CreateApplication } from '../../../src/core/application/create-application.ts'
import type { Application, Gate, Parameters } from './gate.ts'

export type SigningShop = {
  readonly application: Application
  readonly kid: string
  readonly key: CryptoKey
  readonly publicKey: CryptoKey
  readonly publicJwk: Readonly<Record<string, unknown>>
  /** The parameters of a right assertion, or of one that is changed; a claim that is undefined is left out. */
  readonly assert: (
    claims?: Readonly<Record<string, unknown>>,
    header?: Partial<JWTHeaderParameters>,
  ) => Promise<Parameters>
}

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export async function openSigningShop(
  gate: Gate,
  {
    alg = 'ES256',
    keyFor = 'alg',
    ...wanted
  }: Partial<CreateApplication> & { readonly alg?: string; readonly keyFor?: 'alg' | 'any' } = {},
): Promise<SigningShop> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const kid = `key-${randomUUID()}`
  const publicJwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', ...(keyFor === 'alg' ? { alg } : {}) }
  const keys = typeof wanted.more?.jwksUri === 'string' ? {} : { jwks: { keys: [publicJwk] } }
  const application = await gate.application({
    ...wanted,
    more: { authMethod: 'private_key_jwt', ...keys, ...wanted.more },
  })
  return {
    application,
    kid,
    key: privateKey,
    publicKey,
    publicJwk,
    assert: async (claims = {}, header = {}) => {
      const now = epochSeconds(gate.deps.clock.now())
      const { clientId } = application
      const right = {
        iss: clientId,
        sub: clientId,
        aud: gate.url,
        iat: now,
        exp: now + 60,
        jti: randomUUID(),
      }
      const jwt = new SignJWT({ ...right, ...claims }).setProtectedHeader({ alg, kid, ...header })
      return assertion(await jwt.sign(privateKey))
    },
  }
}

export function assertion(jwt: string): Parameters {
  return { client_assertion_type: assertionType, client_assertion: jwt }
}
