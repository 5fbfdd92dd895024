import type { Ports } from '../ports.ts'
import { findOperator, insertOperator } from './organization.sql.ts'

/** The operator's own organization, made when the house is first opened; processes that open at once agree on one. */
export async function ensureOperator(ports: Ports): Promise<string> {
  const found = await findOperator(ports.db)
  if (found !== null) return found
  await insertOperator(ports.db, ports.ids.next(), ports.clock.now())
  const made = await findOperator(ports.db)
  if (made === null) throw new Error('the operator organization vanished')
  return made
}
