import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Account } from './account.ts'
import { findActiveAccount } from './find-account.ts'
import { findAccessToken } from './find-token.ts'
import { released, type Attribute } from './user-info.ts'

export type UserInfo = {
  /** Who she is to the token's application. */
  readonly subject: string
  readonly account: Account
  /** What the token's application may see of it. */
  readonly seen: readonly Attribute[]
}

/** Whom an access token speaks for. */
export async function readUserInfo(
  deps: Pick<Deps, 'db' | 'clock' | 'digests' | 'publicUrl'>,
  accessToken: string,
): Promise<Result<UserInfo, Refusal<'invalid_token' | 'insufficient_scope'>>> {
  const token = await findAccessToken(deps, accessToken)
  if (token === null) return no(ended)
  if (!token.scopes.includes('openid')) {
    return no(refusal('insufficient_scope', { because: 'The access token does not hold the scope openid.' }))
  }
  if (token.resources.length > 0 && !token.resources.includes(deps.publicUrl)) return no(elsewhere)
  const account = token.accountId === null ? null : await findActiveAccount(deps, token.accountId)
  if (account === null) return no(ended)
  return ok({ subject: token.subject, account, seen: released(token.releases, token.scopes) })
}

const ended = refusal('invalid_token', { because: 'The access token is unknown, expired or revoked.' })

const elsewhere = refusal('invalid_token', {
  because: 'The access token is for another resource. Ask for one with our own address as resource.',
})
