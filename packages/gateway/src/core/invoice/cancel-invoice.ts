import { no, ok, type Result } from '../../base/result.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { cancelUnpaid, routeInvoiceNumbers } from './invoice.sql.ts'

/** Cancels an invoice on which nothing was paid. Money that still arrives for it waits in suspense. */
export async function cancelInvoice(
  { db }: Pick<Ports, 'db'>,
  number: string,
): Promise<Result<null, Refusal<'invoice_unknown' | 'invoice_settled'>>> {
  const key = (await routeInvoiceNumbers(db, [number])).get(number)
  if (key === undefined) return no(refusal('invoice_unknown', { because: `there is no invoice ${number}` }))
  const isCancelled = await cancelUnpaid(db, key)
  const because = `${number} was paid on, or was cancelled before`
  return isCancelled ? ok(null) : no(refusal('invoice_settled', { because }))
}
