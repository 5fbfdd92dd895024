import { after } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Application } from '../application/application.ts'
import type { AuthorizationRequest, Effect } from './authorization.ts'
import { giveConsent } from './give-consent.ts'
import type { GrantPolicy } from '../token/grant.ts'
import { pairwiseSubject } from './subject.ts'
import { insertFamily } from '../token/token-family.sql.ts'
import { newToken } from '../token/token.ts'

export type IssueCode = {
  readonly application: Application
  readonly request: AuthorizationRequest
  readonly redirectUri: string
  readonly policy: GrantPolicy
  readonly effect: Extract<Effect, { readonly kind: 'issue-code' }>
}

/**
 * Remembers what was agreed to, and issues the code. Null when what it rests on went away since the request was judged:
 * the consent, the session, or the pushed request, whose answer somebody had in another tab.
 */
export async function issueCode(deps: Deps, issue: IssueCode): Promise<string | null> {
  const { application, request, effect, policy } = issue
  const { session, needed } = effect
  const { accountId } = session
  const { clientId, organizationId } = application
  const now = deps.clock.now()
  const id = deps.ids.next()
  const code = newToken('code', id, deps.chance)
  const family = {
    id,
    accountId,
    clientId,
    scopes: effect.scopes,
    redirectUri: issue.redirectUri,
    nonce: request.parameters.get('nonce') ?? null,
    sessionId: session.id,
    signedInAt: session.signedInAt,
    methods: session.methods,
    subject: pairwiseSubject(deps.digests, application, accountId),
    claims: effect.claims,
    jkt: request.parameters.get('dpop_jkt') ?? null,
    resources: effect.resources,
    codeHash: deps.digests.sha256(code),
    challenge: request.parameters.get('code_challenge') ?? null,
    codeExpiresAt: after(now, policy.codeLives),
  }
  const ground = { agreed: needed, pushed: request.pushed?.hash ?? null }
  if (!effect.remember) return (await insertFamily(deps.db, family, ground, now)) ? code : null
  return await deps.db.transaction(async (tx) => {
    await giveConsent(deps, { accountId, clientId, organizationId, scopes: needed }, tx)
    return (await insertFamily(tx, family, ground, now)) ? code : null
  })
}
