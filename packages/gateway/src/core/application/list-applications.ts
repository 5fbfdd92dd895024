import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import type { MemberNo } from '../organization/check-member.ts'
import type { Asker } from '../organization/member.ts'
import { viewOrganization, type Desk } from '../organization/view-organization.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Application } from './application.ts'
import { canBeClientId, findApplication } from './find-application.ts'
import {
  findOwnApplication,
  findOwnApplications,
  findOwnSecrets,
  type ListedApplication,
  type SecretView,
} from './own-application.sql.ts'

export type ListApplications = {
  readonly organizationId: string
  readonly behind: Pick<ListedApplication, 'createdAt' | 'clientId'> | null
  readonly most: number
}

export async function listApplications(
  deps: Pick<Deps, 'db'>,
  asker: Pick<Asker, 'accountId'>,
  { organizationId, behind, most }: ListApplications,
): Promise<Result<Desk & { readonly applications: readonly ListedApplication[] }, MemberNo>> {
  const desk = await viewOrganization(deps, asker, organizationId, 'applications.see')
  if (!desk.ok) return desk
  return ok({ ...desk.value, applications: await findOwnApplications(deps.db, organizationId, behind, most) })
}

export type OwnApplication = Desk & {
  readonly application: Application
  readonly listed: ListedApplication
  readonly secrets: readonly SecretView[]
}

/** One application with all that its members may know: everything but its secrets. */
export async function viewApplication(
  deps: Pick<Deps, 'db' | 'clock'>,
  asker: Pick<Asker, 'accountId'>,
  { organizationId, clientId }: { readonly organizationId: string; readonly clientId: string },
): Promise<Result<OwnApplication, MemberNo | Refusal<'not_found'>>> {
  const desk = await viewOrganization(deps, asker, organizationId, 'applications.see')
  if (!desk.ok) return desk
  const missing = no(refusal('not_found', { field: 'application' }))
  if (!canBeClientId(clientId)) return missing
  const listed = await findOwnApplication(deps.db, organizationId, clientId)
  const found = listed === null ? null : await findApplication(deps, clientId)
  if (listed === null || found === null) return missing
  const { secrets: _hashes, ...application } = found
  const secrets = await findOwnSecrets(deps.db, clientId, deps.clock.now())
  return ok({ ...desk.value, application, listed, secrets })
}
