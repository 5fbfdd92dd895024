import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator, type Actor } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findStoredClients, insertLink } from './api-client.sql.ts'
import { findOrganizations } from './organization.sql.ts'

export type LinkAggregator = {
  readonly apiClientId: string
  readonly organizationId: string
  /** Who links it; whoever holds the machine, when nobody is named. */
  readonly by?: Actor
}

/** Lets an aggregator pay into one more organization. */
export async function linkAggregator(
  ports: Pick<Ports, 'db' | 'ids' | 'clock'>,
  { apiClientId, organizationId, by = operator }: LinkAggregator,
): Promise<Result<null, Refusal<'field_invalid'>>> {
  const { db, clock } = ports
  const client = (await findStoredClients(db, [apiClientId], clock.now())).get(apiClientId)
  if (client?.role !== 'aggregator') {
    return no(refusal('field_invalid', { field: 'api-client', because: `${apiClientId} is no aggregator` }))
  }
  if (!(await findOrganizations(db, [organizationId])).has(organizationId)) {
    return no(
      refusal('field_invalid', { field: 'org', because: `there is no organization ${organizationId}` }),
    )
  }
  await db.transaction(async (tx) => {
    await insertLink(tx, apiClientId, organizationId)
    const about = { kind: 'api-client', id: apiClientId } as const
    await recordAct(tx, { what: 'aggregator.linked', by, about, organizationId }, ports)
  })
  return ok(null)
}
