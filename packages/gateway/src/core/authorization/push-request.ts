import { no, ok, type Result } from '../../base/result.ts'
import { after, type Seconds } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Refusal } from '../refusal.ts'
import type { Application } from '../application/application.ts'
import type { AuthorizationRefusal, AuthorizationRequest, TrustRefusal } from './authorization.ts'
import { judge } from './decide-authorization.ts'
import type { GrantPolicy } from '../token/grant.ts'
import { newRequestUri, pushedLives } from './pushed-request.ts'
import { insertPushedRequest, type PushedPairs } from './pushed-request.sql.ts'
import { readHint } from './read-hint.ts'

export type PushRequest = {
  /** It proved who it is. */
  readonly application: Application
  readonly request: AuthorizationRequest
  /** The same request, as it is kept. */
  readonly pairs: PushedPairs
  readonly policy: GrantPolicy
}

export type Pushed = { readonly requestUri: string; readonly expiresIn: Seconds }

/** Judges a request as if a browser had brought it, as far as that needs no browser, and keeps it (RFC 9126 section 2). */
export async function pushRequest(
  deps: Deps,
  { application, request, pairs, policy }: PushRequest,
): Promise<Result<Pushed, Refusal<AuthorizationRefusal | TrustRefusal>>> {
  const now = deps.clock.now()
  const refused = judge(request, {
    application,
    policy,
    session: null,
    agreed: [],
    decision: null,
    sentToSignInAt: null,
    hint: await readHint(deps, request.parameters.get('id_token_hint')),
    subject: null,
    issuer: deps.publicUrl,
    now,
  })
  if (refused !== null) return no(refused)
  const requestUri = newRequestUri(deps.chance)
  const hash = deps.digests.sha256(requestUri)
  const kept = { hash, clientId: application.clientId, parameters: pairs, expiresAt: after(now, pushedLives) }
  await insertPushedRequest(deps.db, kept, now)
  return ok({ requestUri, expiresIn: pushedLives })
}
