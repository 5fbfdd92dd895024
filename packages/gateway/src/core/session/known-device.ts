/**
 * A browser where an account signed in before. Its cookie proves it; the row beside it (known_device) lets the owner
 * see and forget it. It opens nothing: it spares its owner from waiting because of what strangers tried, tells a
 * strange sign-in from a usual one, and may be let off the second step for a while.
 */
import { base64url } from '../../base/bytes.ts'
import { randomToken } from '../../base/secret.ts'
import { days, type Instant } from '../../base/time.ts'
import type { Digests } from '../ports.ts'
import type { Chance } from '../../base/id.ts'

export const deviceCookie = 'lango-device'

/** For so long a browser is let off the second step, when its owner ticked that. */
export const deviceTrusted = days(30)
/** As long as browsers keep a cookie. */
export const deviceLives = days(400)

/** Accounts that one browser remembers: a family shares a phone. The oldest is forgotten first. */
const remembered = 5

/** Whose device: another password makes every device unknown. Without a password, `passwordChangedAt` is null. */
export type Holder = { readonly accountId: string; readonly passwordChangedAt: Instant | null }

/** The device as its row says. */
export type KnownDevice = {
  /** Names the row; from the cookie by a digest, so that the table gives no cookie away. */
  readonly nameHash: Uint8Array
  readonly userAgent: string | null
  readonly firstSeenAt: Instant
  readonly seenAt: Instant
  readonly trustedUntil: Instant | null
}

/** The device's name if its cookie proves it for the account, else null. Whether it was forgotten, its row says. */
export function deviceNameOf(
  cookie: string | undefined,
  holder: Holder | null,
  digests: Digests,
): string | null {
  const [name = '', ...proofs] = read(cookie)
  if (holder === null || name === '') return null
  const right = proofOf(name, holder, digests)
  return proofs.includes(right) ? name : null
}

/** The cookie's value after this account signed in here, and the name that it carries. */
export function rememberDevice(
  cookie: string | undefined,
  holder: Holder,
  ports: { readonly digests: Digests; readonly chance: Chance },
): { readonly name: string; readonly cookie: string } {
  const [before = '', ...proofs] = read(cookie)
  const name = before === '' ? randomToken(ports.chance, 16) : before
  const proof = proofOf(name, holder, ports.digests)
  const kept = [name, proof, ...proofs.filter((other) => other !== proof)].slice(0, remembered + 1)
  return { name, cookie: kept.join('.') }
}

export function deviceNameHash(name: string, digests: Digests): Uint8Array {
  return digests.sha256(`device ${name}`)
}

function read(cookie: string | undefined): readonly string[] {
  return /^[\w-]{22}(\.[\w-]{43}){1,5}$/.test(cookie ?? '') ? (cookie ?? '').split('.') : []
}

function proofOf(name: string, { accountId, passwordChangedAt }: Holder, digests: Digests): string {
  return base64url(digests.derive('known device', `${name} ${accountId} ${passwordChangedAt?.epochMs ?? 0}`))
}
