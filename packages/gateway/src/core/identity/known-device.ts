/**
 * A browser where an account signed in before. Its cookie proves it to us without a row in the database; it opens
 * nothing, and only spares its owner from waiting because of what strangers tried.
 */
import { base64url } from '../../base/bytes.ts'
import { randomToken } from '../../base/secret.ts'
import type { Digests } from '../ports.ts'
import type { Chance } from '../../base/id.ts'
import type { Credential } from './credential.ts'

export const deviceCookie = 'lango-device'

/** Accounts that one browser remembers: a family shares a phone. The oldest is forgotten first. */
const remembered = 5

type Holder = { readonly accountId: string; readonly credential: Credential }

/** The device's name if it is known to the account, else null. A new password makes every device unknown. */
export function knownDevice(
  cookie: string | undefined,
  holder: Holder | null,
  digests: Digests,
): string | null {
  const [name = '', ...proofs] = read(cookie)
  if (holder === null || name === '') return null
  const right = proofOf(name, holder, digests)
  return proofs.includes(right) ? name : null
}

/** The cookie's value after this account signed in here. */
export function rememberDevice(
  cookie: string | undefined,
  holder: Holder,
  ports: { readonly digests: Digests; readonly chance: Chance },
): string {
  const [before = '', ...proofs] = read(cookie)
  const name = before === '' ? randomToken(ports.chance, 16) : before
  const proof = proofOf(name, holder, ports.digests)
  return [name, proof, ...proofs.filter((other) => other !== proof)].slice(0, remembered + 1).join('.')
}

function read(cookie: string | undefined): readonly string[] {
  return /^[\w-]{22}(\.[\w-]{43}){1,5}$/.test(cookie ?? '') ? (cookie ?? '').split('.') : []
}

function proofOf(name: string, { accountId, credential }: Holder, digests: Digests): string {
  return base64url(digests.derive('known device', `${name} ${accountId} ${credential.changedAt.epochMs}`))
}
