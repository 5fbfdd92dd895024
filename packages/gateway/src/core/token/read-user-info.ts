import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Account } from '../account/account.ts'
import { checkProof } from './check-proof.ts'
import { findActiveAccount } from '../account/find-account.ts'
import { findAccessToken } from './find-token.ts'
import type { LiveToken } from './token.ts'
import { released, type Attribute } from './user-info.ts'

export type UserInfo = {
  /** Who she is to the token's application. */
  readonly subject: string
  readonly account: Account
  /** What the token's application may see of it. */
  readonly seen: readonly Attribute[]
  /** Claims that it asked for by name beside that. */
  readonly asked: readonly string[]
}

/** An access token as it was presented. */
export type PresentedToken = {
  readonly token: string
  readonly scheme: 'bearer' | 'dpop'
  /** The DPoP proof that came along, and for which request it has to be. */
  readonly proof: { readonly text: string | null; readonly method: string; readonly url: string }
}

export type UserInfoRefusal = Refusal<'invalid_token' | 'invalid_dpop_proof' | 'insufficient_scope'>

/** Whom an access token speaks for. */
export async function readUserInfo(
  deps: Pick<Deps, 'db' | 'clock' | 'digests' | 'signatures' | 'publicUrl'>,
  presented: PresentedToken,
): Promise<Result<UserInfo, UserInfoRefusal>> {
  const token = await findAccessToken(deps, presented.token)
  if (token === null) return no(ended)
  const held = await checkHeld(deps, token, presented)
  if (!held.ok) return held
  if (!token.scopes.includes('openid')) {
    return no(refusal('insufficient_scope', { because: 'The access token does not hold the scope openid.' }))
  }
  if (token.resources.length > 0 && !token.resources.includes(deps.publicUrl)) return no(elsewhere)
  const account = token.accountId === null ? null : await findActiveAccount(deps, token.accountId)
  if (account === null) return no(ended)
  const seen = released(token.releases, token.scopes)
  return ok({ subject: token.subject, account, seen, asked: token.claims })
}

/** A token that is bound to a key is good with a proof of that key alone, and one that is not is no DPoP token. */
async function checkHeld(
  deps: Pick<Deps, 'db' | 'clock' | 'digests' | 'signatures'>,
  { jkt }: LiveToken,
  { token, scheme, proof }: PresentedToken,
): Promise<Result<null, UserInfoRefusal>> {
  if (scheme === 'bearer') return jkt === null ? ok(null) : no(bound)
  if (jkt === null) return no(unbound)
  if (proof.text === null) return no(refusal('invalid_dpop_proof', { because: 'The DPoP proof is missing.' }))
  const accessTokenHash = deps.digests.sha256(token)
  const proved = await checkProof(deps, proof.text, { ...proof, accessTokenHash })
  if (!proved.ok) return proved
  return proved.value === jkt ? ok(null) : no(otherKey)
}

const ended = refusal('invalid_token', { because: 'The access token is unknown, expired or revoked.' })

const elsewhere = refusal('invalid_token', {
  because: 'The access token is for another resource. Ask for one with our own address as resource.',
})

const bound = refusal('invalid_token', {
  because: 'The access token is bound to a key: send it as DPoP, with a proof.',
})
const unbound = refusal('invalid_token', {
  because: 'The access token is not bound to a key: send it as Bearer.',
})
const otherKey = refusal('invalid_token', {
  because: 'The DPoP proof is of another key than the access token.',
})
