import { no, ok, type Result } from '../../base/result.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findStoredClients, insertLink } from './api-client.sql.ts'
import { findOrganizations } from './organization.sql.ts'

export type LinkAggregator = { readonly apiClientId: string; readonly organizationId: string }

/** Lets an aggregator pay into one more organization. */
export async function linkAggregator(
  { db, clock }: Pick<Ports, 'db' | 'clock'>,
  { apiClientId, organizationId }: LinkAggregator,
): Promise<Result<null, Refusal<'field_invalid'>>> {
  const client = (await findStoredClients(db, [apiClientId], clock.now())).get(apiClientId)
  if (client?.role !== 'aggregator') {
    return no(refusal('field_invalid', { field: 'api-client', because: `${apiClientId} is no aggregator` }))
  }
  if (!(await findOrganizations(db, [organizationId])).has(organizationId)) {
    return no(
      refusal('field_invalid', { field: 'org', because: `there is no organization ${organizationId}` }),
    )
  }
  await insertLink(db, apiClientId, organizationId)
  return ok(null)
}
