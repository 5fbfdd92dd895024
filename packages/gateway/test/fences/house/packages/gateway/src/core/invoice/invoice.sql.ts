// caught by: nothing
import type { Tx } from '../../base/db.ts'

export async function lockInvoice(tx: Tx, number: string): Promise<readonly unknown[]> {
  return await tx.query('select number from invoices where number = $1 for update', [number])
}
