import { statement, type Tx } from '../../base/db.ts'
import { money, type Currency, type Money } from '../../base/money.ts'
import { fromDate, type Instant } from '../../base/time.ts'
import type { InvoiceKey } from '../invoice/invoice.sql.ts'

/** One arrival of money on an invoice, as payers and merchants see it. */
export type InvoicePayment = {
  readonly reference: string
  readonly channel: string
  readonly amount: Money
  /** How much of it went to the invoice; the rest is the payer's credit or in suspense. */
  readonly applied: Money
  readonly paidAt: Instant
}

const ofInvoice = statement<{
  readonly external_id: string
  readonly channel: string
  readonly amount: bigint
  readonly currency: string
  readonly applied: bigint
  readonly paid_at: Date
}>(
  'find_payments_of_invoice',
  `select p.external_id, p.channel, p.amount, p.currency, p.paid_at,
     coalesce((select sum(a.amount) from allocation a where a.organization_id = p.organization_id
               and a.payment_id = p.id and a.kind = 'invoice'), 0)::bigint as applied
   from payment p where p.organization_id = $1 and p.invoice_id = $2 order by p.received_at, p.id limit 100`,
)

/** Its payments, oldest first, at most 100. */
export async function findPaymentsOfInvoice(tx: Tx, key: InvoiceKey): Promise<readonly InvoicePayment[]> {
  const rows = await tx.query(ofInvoice, [key.organizationId, key.invoiceId])
  return rows.map((row) => {
    const currency = row.currency as Currency
    return {
      reference: row.external_id,
      channel: row.channel,
      amount: money(row.amount, currency),
      applied: money(row.applied, currency),
      paidAt: fromDate(row.paid_at),
    }
  })
}
