/**
 * Between the two steps of a sign-in: the password was right, and nothing is open yet. It stands sealed in a cookie of
 * this browser for some minutes; what it says is looked at again when the second step is done.
 */
import { base64url, bytesOfBase64url } from '../../base/bytes.ts'
import { after, instant, isBefore, minutes, type Instant } from '../../base/time.ts'
import type { Vault } from '../ports.ts'

export type Pending = {
  /** Tells the sign-ins of two tabs apart: the page carries it, the cookie proves it. */
  readonly mark: string
  readonly accountId: string
  /** The password that was right: when the account has another by now, the first step is done again. */
  readonly passwordChangedAt: Instant
  readonly until: Instant
}

export const pendingCookie = 'lango-pending'
export const pendingLives = minutes(10)

const purpose = 'sign-in between its steps'

export function newPending(
  first: Pick<Pending, 'mark' | 'accountId' | 'passwordChangedAt'>,
  now: Instant,
): Pending {
  return { ...first, until: after(now, pendingLives) }
}

export function printPending(vault: Vault, pending: Pending): string {
  const { mark, accountId, passwordChangedAt, until } = pending
  return base64url(vault.seal(purpose, [mark, accountId, passwordChangedAt.epochMs, until.epochMs].join(' ')))
}

/** Null for what we did not seal, and for what is over. */
export function readPending(vault: Vault, cookie: string | undefined, now: Instant): Pending | null {
  const [mark, accountId, changed, until] = opened(vault, cookie).split(' ')
  if (mark === undefined || accountId === undefined || until === undefined) return null
  const pending = {
    mark,
    accountId,
    passwordChangedAt: instant(Number(changed)),
    until: instant(Number(until)),
  }
  return isBefore(now, pending.until) ? pending : null
}

function opened(vault: Vault, cookie: string | undefined): string {
  const sealed = bytesOfBase64url(cookie ?? '')
  if (sealed === null) return ''
  try {
    return vault.open(purpose, sealed)
  } catch {
    // Anybody can write a cookie; one that is not ours means the same as none.
    return ''
  }
}
