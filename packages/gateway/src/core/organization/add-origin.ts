import { no, ok, type Result } from '../../base/result.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findOrganizations, insertOrigin } from './organization.sql.ts'
import { originOf } from './organization.ts'

export type AddOrigin = { readonly organizationId: string; readonly origin: string }

/** Registers one more origin of an organization. One that is there already stays. */
export async function addOrigin(
  { db }: Pick<Ports, 'db'>,
  { organizationId, origin }: AddOrigin,
): Promise<Result<null, Refusal<'field_invalid'>>> {
  if (originOf(origin) !== origin) {
    return no(
      refusal('field_invalid', { field: 'origin', because: `write ${origin} as scheme://host[:port]` }),
    )
  }
  if (!(await findOrganizations(db, [organizationId])).has(organizationId)) {
    return no(
      refusal('field_invalid', { field: 'org', because: `there is no organization ${organizationId}` }),
    )
  }
  await insertOrigin(db, organizationId, origin)
  return ok(null)
}
