/** What becomes of a refresh token that is presented: RFC 6749 section 6, RFC 9700 section 4.14, RFC 8707, RFC 9449. */
import { isBefore, type Instant } from '../../base/time.ts'
import { readResources } from '../application/resource.ts'
import type { Scope } from '../application/scope.ts'

export type AskedRefresh = {
  readonly clientId: string
  /** Null for all that was granted. */
  readonly scopes: readonly Scope[] | null
  /** Null for all that was granted. */
  readonly resources: readonly string[] | null
  /** Thumbprint of the key whose proof came along. */
  readonly jkt: string | null
}

export type KnownRefresh = {
  readonly clientId: string
  readonly usedAt: Instant | null
  readonly expiresAt: Instant
  readonly revoked: boolean
  /** False when the account is closed; true where there is none. */
  readonly accountActive: boolean
  readonly scopes: readonly Scope[]
  /** That it may name: those of the grant, and ourselves. */
  readonly resources: readonly string[]
  /** The key that it is bound to. */
  readonly jkt: string | null
  /** Whether its application takes tokens only for a key. */
  readonly mustProve: boolean
  /** What it gave, while it may give it again. */
  readonly answer: { readonly asked: string; readonly sealed: Uint8Array; readonly expiresAt: Instant } | null
}

export type RefreshVerdict =
  | { readonly kind: 'spend'; readonly scopes: readonly Scope[] }
  /** The very same answer again. */
  | { readonly kind: 'repeat'; readonly sealed: Uint8Array }
  /** Somebody else holds a copy: all that came of the authorization ends. */
  | { readonly kind: 'end-family'; readonly because: 'refresh token used twice' | 'account inactive' }
  | {
      readonly kind: 'refuse'
      readonly code: 'invalid_grant' | 'invalid_scope' | 'invalid_target'
      readonly because: string
    }

export function decideRefresh(known: KnownRefresh | null, asked: AskedRefresh, now: Instant): RefreshVerdict {
  if (known === null) return bad('The refresh token is none that we gave.')
  if (known.clientId !== asked.clientId) return bad('The refresh token was given to another application.')
  if (known.usedAt !== null) return decideUsed(known, asked, now)
  if (known.revoked) return bad('What was granted was taken back.')
  if (!isBefore(now, known.expiresAt)) return bad('The refresh token has ended.')
  if (!known.accountActive) return { kind: 'end-family', because: 'account inactive' }
  if (known.mustProve && asked.jkt === null) return bad('A DPoP proof is missing.')
  if (known.jkt !== null && known.jkt !== asked.jkt) return bad('The refresh token is bound to another key.')
  const scopes = asked.scopes ?? known.scopes
  if (!scopes.every((scope) => known.scopes.includes(scope)))
    return { kind: 'refuse', code: 'invalid_scope', because: 'A refresh cannot widen what was granted.' }
  if (asked.resources !== null) {
    const read = readResources(asked.resources, known.resources)
    if (!read.ok)
      return { kind: 'refuse', code: 'invalid_target', because: 'A resource is none that was granted.' }
  }
  return { kind: 'spend', scopes }
}

/**
 * One that was used gives the same again while its answer is kept, to whoever asks for the same with the same key. Who
 * asks for something else then gets nothing, and harms nobody: two tabs may differ in what they ask for. Later it can
 * only be a copy.
 */
function decideUsed(known: KnownRefresh, asked: AskedRefresh, now: Instant): RefreshVerdict {
  const { answer } = known
  if (answer === null || !isBefore(now, answer.expiresAt))
    return { kind: 'end-family', because: 'refresh token used twice' }
  if (known.revoked) return bad('What was granted was taken back.')
  if (!known.accountActive) return { kind: 'end-family', because: 'account inactive' }
  return answer.asked === askedText(asked, known.scopes)
    ? { kind: 'repeat', sealed: answer.sealed }
    : bad('The refresh token was used a moment ago for another scope, resource or key.')
}

/** What is asked for, in one text for all ways to say the same. */
export function askedText(
  { scopes, resources, jkt }: Omit<AskedRefresh, 'clientId'>,
  held: readonly Scope[],
): string {
  return JSON.stringify([[...(scopes ?? held)].toSorted(), resources?.toSorted() ?? null, jkt])
}

function bad(because: string): RefreshVerdict {
  return { kind: 'refuse', code: 'invalid_grant', because }
}
