// caught by: nothing
import type { Tx } from '../../base/db.ts'
import type { Deps } from '../deps.ts'
import type { Invoice } from './invoice.ts'
import { lockInvoice } from './invoice.sql.ts'

export async function settleInvoice(deps: Deps, invoice: Invoice): Promise<number> {
  const lock = async (tx: Tx): Promise<number> => (await lockInvoice(tx, invoice.number)).length
  return await deps.transaction(lock)
}
