import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Application } from './application.ts'
import { canBeClientId, findApplication } from './find-application.ts'
import {
  findAllApplications,
  findOwnApplication,
  findOwnApplications,
  findOwnSecrets,
  type ListedApplication,
  type OwnedApplication,
  type SecretView,
} from './own-application.sql.ts'

const page = 500

/** All applications of one organization, or of the house, for whoever holds the machine. */
export async function listAnyApplications(
  { db }: Pick<Deps, 'db'>,
  organizationId: string | null,
): Promise<readonly OwnedApplication[]> {
  const all: OwnedApplication[] = []
  for (;;) {
    const behind = all.at(-1) ?? null
    const next =
      organizationId === null
        ? await findAllApplications(db, behind?.clientId ?? '', page)
        : await findOwnApplications(db, organizationId, behind, page)
    all.push(...next.map((one) => ({ organizationId: organizationId ?? '', ...one })))
    if (next.length < page) return all
  }
}

export type AnyApplication = {
  readonly application: Application
  readonly listed: ListedApplication
  readonly secrets: readonly SecretView[]
}

/** Everything that is known of an application but its secrets. */
export async function viewAnyApplication(
  deps: Pick<Deps, 'db' | 'clock'>,
  clientId: string,
): Promise<Result<AnyApplication, Refusal<'client_unknown'>>> {
  const found = canBeClientId(clientId) ? await findApplication(deps, clientId) : null
  const listed = found === null ? null : await findOwnApplication(deps.db, found.organizationId, clientId)
  if (found === null || listed === null) {
    return no(
      refusal('client_unknown', { field: 'clientId', because: `there is no application ${clientId}` }),
    )
  }
  const { secrets: _hashes, ...application } = found
  return ok({ application, listed, secrets: await findOwnSecrets(deps.db, clientId, deps.clock.now()) })
}
