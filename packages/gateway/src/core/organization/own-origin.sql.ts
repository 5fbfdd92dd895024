/** Where an organization's programs are, as its members see and change it. */
import { statement, type Tx } from '../../base/db.ts'

const list = statement<{ readonly origin: string }>(
  'own_origin_list',
  'select origin from organization_origin where organization_id = $1 order by origin limit 500',
)

/** Bounded by the quota of origins. */
export async function findOwnOrigins(tx: Tx, organizationId: string): Promise<readonly string[]> {
  return (await tx.query(list, [organizationId])).map(({ origin }) => origin)
}

const remove = statement<{ readonly origin: string }>(
  'own_origin_delete',
  'delete from organization_origin where organization_id = $1 and origin = $2 returning origin',
)

/** False when it was not registered. */
export async function deleteOrigin(tx: Tx, organizationId: string, origin: string): Promise<boolean> {
  return (await tx.query(remove, [organizationId, origin])).length === 1
}
