import { batcher } from '../../base/batch.ts'
import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { isBefore, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal } from '../refusal.ts'
import { proofOf, type CheckedCredentials } from '../client/client-credentials.ts'
import { issueClientTokens, type ClientIssued, type ClientToken } from './client-token.sql.ts'
import { countingGuesses } from '../client/count-guesses.ts'
import { canBeClientId } from '../application/find-application.ts'
import type { GrantPolicy, Tokens } from './grant.ts'
import { notRegisteredFor, type GrantRefusal } from './grant-refusal.ts'
import { draftFor } from './issue-tokens.ts'
import type { ClientGrant } from './token-request.ts'

/**
 * An access token that speaks for the application itself: for scopes of resource servers that it is registered for, and
 * for nobody's person. Without a scope it is for all of those; where it has none, for nothing.
 */
export async function issueForClient(
  deps: Deps,
  by: CheckedCredentials,
  { scopes, resources, jkt }: ClientGrant & { readonly jkt: string | null },
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const familyId = deps.ids.next()
  const draft = draftFor(deps, familyId, { ...policy, refresh: 'none' })
  const item: ClientToken = {
    by: proofOf(deps.digests, by),
    familyId,
    hash: draft.accessHash,
    expiresAt: draft.expiresAt,
    scopes,
    resources,
    jkt,
  }
  const issued = await countingGuesses(deps, by, async () =>
    canBeClientId(by.clientId) ? await issuing(deps.db)('', { item, now: draft.now }) : null,
  )
  if (!issued.ok) return issued
  if (issued.value.scopes === null) return no(whyNot(issued.value))
  return ok({
    type: jkt === null ? 'Bearer' : 'DPoP',
    accessToken: draft.accessToken,
    expiresAt: draft.expiresAt,
    expiresIn: policy.accessTokenLives,
    scopes: issued.value.scopes,
    refreshToken: null,
    idToken: null,
  })
}

function whyNot({ registered, unbound, mistargeted }: ClientIssued): GrantRefusal {
  if (!registered) return notRegisteredFor('client_credentials')
  if (unbound) {
    const because = 'This application gets tokens that are bound to a key: send a DPoP proof.'
    return refusal('invalid_grant', { because })
  }
  if (mistargeted) {
    const because = 'A resource is unknown, or not one that this application may ask for.'
    return refusal('invalid_target', { field: 'resource', because })
  }
  const because =
    'This application is not registered for these scopes of a resource server, or for none at all.'
  return refusal('invalid_scope', { field: 'scope', because })
}

type Asked = { readonly item: ClientToken; readonly now: Instant }

const issuing = oncePer((db: Database) =>
  batcher<Asked, ClientIssued | null>({
    limit: 64,
    queue: 5_000,
    together: true,
    run: async (asked) => {
      const latest = asked.reduce((a, b) => (isBefore(a.now, b.now) ? b : a)).now
      return await issueClientTokens(
        db,
        asked.map(({ item }) => item),
        latest,
      )
    },
  }),
)
