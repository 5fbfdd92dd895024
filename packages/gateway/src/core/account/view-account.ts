import type { Instant } from '../../base/time.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Account } from './account.ts'
import { findAccount } from './account.sql.ts'
import type { Connection } from '../authorization/consent.ts'
import { listConnections } from '../authorization/consent.sql.ts'
import { findPassword } from './credential.sql.ts'
import { findSession } from '../session/find-session.ts'
import type { Api } from '../application/resource.ts'
import { findApis } from '../application/resource-server.sql.ts'
import type { Session } from '../session/session.ts'

/** All that an account's owner sees of it. */
export type AccountView = {
  readonly account: Account
  readonly session: Session
  readonly connections: readonly Connection[]
  /** Those that the connected applications may ask tokens for. */
  readonly apis: readonly Api[]
  readonly passwordChangedAt: Instant | null
}

export async function viewAccount(
  deps: Deps,
  cookie: string | undefined,
): Promise<Result<AccountView, Refusal<'login_required'>>> {
  const session = await findSession(deps, cookie)
  const account = session === null ? null : await findAccount(deps.db, session.accountId)
  if (session === null || account === null) return no(refusal('login_required'))
  const [connections, password] = await Promise.all([
    listConnections(deps.db, account.id),
    findPassword(deps.db, account.id),
  ])
  const resources = new Set(connections.flatMap((connection) => connection.resources))
  return ok({
    account,
    session,
    connections,
    apis: await findApis(deps.db, [...resources]),
    passwordChangedAt: password?.changedAt ?? null,
  })
}
