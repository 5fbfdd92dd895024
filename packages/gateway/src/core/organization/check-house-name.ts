import type { Tx } from '../../base/db.ts'
import type { Deps } from '../deps.ts'
import { findStanding } from './member.sql.ts'
import { houseNameFault } from './name.ts'

/** Why an organization cannot have or give this name, which is the house's own; null when it can. */
export async function checkHouseName(
  { operatorId }: Pick<Deps, 'operatorId'>,
  tx: Tx,
  { name, organizationId }: { readonly name: string; readonly organizationId: string | null },
): Promise<string | null> {
  if (organizationId === operatorId) return null
  const house = await findStanding(tx, operatorId)
  return houseNameFault(name, house?.name ?? '')
}
