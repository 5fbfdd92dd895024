import type { Tx } from '../../base/db.ts'
import { countOwnApplications } from '../application/own-application.sql.ts'
import { findStanding } from '../organization/member.sql.ts'
import { findOrganizations } from '../organization/organization.sql.ts'
import { countOwnClients } from '../organization/own-api-client.sql.ts'
import type { BroughtRow } from './document.ts'
import { findOwners } from './import-request.sql.ts'
import { planRows, type Around, type By, type Planned } from './plan.ts'

/** What would become of a document's rows, by what is here now. */
export async function loadPlan(
  tx: Tx,
  rows: readonly BroughtRow[],
  asked: Pick<Around, 'organizationId' | 'mode'> & { readonly by: By; readonly operatorId: string | null },
): Promise<readonly Planned[]> {
  const { organizationId, mode, by, operatorId } = asked
  const isTheirs = by === 'operator' || operatorId === organizationId
  const keeper = isTheirs || operatorId === null ? null : await findStanding(tx, operatorId)
  const named = (kind: BroughtRow['kind']): readonly string[] =>
    rows.flatMap((row) => (row.kind === kind && row.brought.ok ? [row.name] : []))
  const owners = await findOwners(tx, named('application'), named('api-client'))
  const organization = (await findOrganizations(tx, [organizationId])).get(organizationId)
  if (organization === undefined) throw new Error(`there is no organization ${organizationId}`)
  const had = {
    application: await countOwnApplications(tx, organizationId),
    'api-client': (await countOwnClients(tx, organizationId)).all,
    service: organization.services.length,
    origin: organization.origins.length,
  }
  const services = new Set(organization.services.map(({ code }) => code))
  const origins = new Set(organization.origins)
  return planRows(
    rows,
    { organizationId, mode, owners, services, origins, had, operatorName: keeper?.name ?? null },
    by,
  )
}
