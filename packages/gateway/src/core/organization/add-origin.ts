import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator, type Actor } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findOrganizations, insertOrigin } from './organization.sql.ts'
import { originOf } from './organization.ts'

export type AddOrigin = {
  readonly organizationId: string
  readonly origin: string
  /** Who adds it; whoever holds the machine, when nobody is named. */
  readonly by?: Actor
  readonly requestId?: string
}

/** Registers one more origin of an organization. One that is there already stays. */
export async function addOrigin(
  ports: Pick<Ports, 'db' | 'ids' | 'clock'>,
  { organizationId, origin, by = operator, requestId }: AddOrigin,
): Promise<Result<null, Refusal<'field_invalid'>>> {
  if (originOf(origin) !== origin) {
    return no(
      refusal('field_invalid', { field: 'origin', because: `write ${origin} as scheme://host[:port]` }),
    )
  }
  if (!(await findOrganizations(ports.db, [organizationId])).has(organizationId)) {
    return no(
      refusal('field_invalid', { field: 'org', because: `there is no organization ${organizationId}` }),
    )
  }
  await ports.db.transaction(async (tx) => {
    await insertOrigin(tx, organizationId, origin)
    const about = { kind: 'organization', id: organizationId } as const
    const act = { what: 'origin.added', by, about, organizationId, requestId: requestId ?? null } as const
    await recordAct(tx, { ...act, details: { origin } }, ports)
  })
  return ok(null)
}
