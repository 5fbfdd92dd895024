import type { Deps } from '../deps.ts'
import type { Application } from '../application/application.ts'
import { findRefreshOwner, revokeFamily } from './token-family.sql.ts'
import { expireToken } from './token.sql.ts'
import { familyOf } from './token.ts'

/**
 * RFC 7009: a refresh token goes with all that came of the same authorization, an access token goes alone. What is
 * unknown or another application's stays as it is, and nobody is told.
 */
export async function revokeToken(
  deps: Pick<Deps, 'db' | 'clock' | 'digests'>,
  { token, by }: { readonly token: string; readonly by: Application },
): Promise<void> {
  const now = deps.clock.now()
  const access = familyOf('access', token)
  if (access !== null) {
    await expireToken(deps.db, { familyId: access, hash: deps.digests.sha256(token) }, by.clientId, now)
    return
  }
  const refresh = familyOf('refresh', token)
  if (refresh === null) return
  await endFamily(deps, { familyId: refresh, hash: deps.digests.sha256(token), clientId: by.clientId })
}

async function endFamily(
  deps: Pick<Deps, 'db' | 'clock'>,
  token: { readonly familyId: string; readonly hash: Uint8Array; readonly clientId: string },
): Promise<void> {
  // The family stands readable in the token; only who holds the rest of it may end the family.
  const owner = await findRefreshOwner(deps.db, token.familyId, token.hash)
  if (owner === null) return
  await revokeFamily(
    deps.db,
    { id: token.familyId, clientId: token.clientId, because: 'revoked' },
    deps.clock.now(),
  )
}
