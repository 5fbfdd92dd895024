import type { Ports } from '../ports.ts'
import { findViolations, ledgerTotals, type Violation } from './invariants.sql.ts'

/** Holds the books against their invariants: nothing answered means that every shilling is in exactly one place. */
export async function checkLedger(ports: Pick<Ports, 'db'>): Promise<readonly Violation[]> {
  return await ports.db.transaction(async (tx) => {
    const violations = await findViolations(tx, 100)
    const totals = [...(await ledgerTotals(tx))].filter(([, total]) => total !== 0n)
    const unbalanced = totals.map(([currency, total]) => ({
      rule: 'all accounts of a currency add up to zero',
      where: `${currency}: ${total} minor units`,
    }))
    return [...violations, ...unbalanced]
  })
}
