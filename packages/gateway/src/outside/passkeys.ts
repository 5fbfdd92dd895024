import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { PasskeyAsked, Passkeys } from '../core/ports.ts'

/** ES256, Ed25519 and RS256: what devices and platforms really make. */
const algorithms = [-7, -8, -257]

/**
 * The relying party is our own host and nothing above it, so that no neighbouring name can use our keys. What the
 * library throws at is what a stranger sent: it is no passkey, and no fault of ours.
 */
export const webPasskeys: Passkeys = {
  register: async (asked) => {
    const response = read<RegistrationResponseJSON>(asked.response)
    if (response === null) return null
    const proved = await orNull(
      verifyRegistrationResponse({
        response,
        ...expected(asked),
        requireUserVerification: true,
        supportedAlgorithmIDs: algorithms,
      }),
    )
    if (proved?.verified !== true) return null
    const { credential, credentialBackedUp } = proved.registrationInfo
    return {
      credentialId: credential.id,
      publicKey: new Uint8Array(credential.publicKey),
      signCount: credential.counter,
      transports: (credential.transports ?? []).filter((each) => /^[a-z-]{1,16}$/.test(each)).slice(0, 8),
      backedUp: credentialBackedUp,
    }
  },
  prove: async (asked) => {
    const response = read<AuthenticationResponseJSON>(asked.response)
    if (response === null || response.id !== asked.key.credentialId) return null
    const proved = await orNull(
      verifyAuthenticationResponse({
        response,
        ...expected(asked),
        requireUserVerification: true,
        credential: {
          id: asked.key.credentialId,
          publicKey: new Uint8Array(asked.key.publicKey),
          counter: asked.key.signCount,
        },
      }),
    )
    if (proved?.verified !== true || !proved.authenticationInfo.userVerified) return null
    const { newCounter, credentialBackedUp } = proved.authenticationInfo
    return { signCount: newCounter, backedUp: credentialBackedUp }
  },
}

function expected({ challenge, origin }: PasskeyAsked) {
  const url = new URL(origin)
  return { expectedChallenge: challenge, expectedOrigin: url.origin, expectedRPID: url.hostname }
}

/** The library looks at each member before it uses it; that there are members at all is ours to see. */
function read<Response extends { readonly id: string }>(text: string): Response | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && 'id' in value && 'response' in value
    return isObject && typeof value.id === 'string' ? (value as unknown as Response) : null
  } catch {
    return null
  }
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch {
    return null
  }
}
