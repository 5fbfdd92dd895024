import type { Currency } from '../../base/money.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { Address } from './address.ts'

/** One movement: `amount` minor units leave `debit` and arrive at `credit`. Entries are a view of it, not rows. */
export type Transfer = {
  readonly id: string
  readonly organizationId: string
  readonly debit: Address
  readonly credit: Address
  readonly amount: bigint
  readonly currency: Currency
  readonly code: TransferCode
  readonly paymentId: string | null
  /** When it counts, by the word of whoever moved the money; when it was booked is the database's own time. */
  readonly valueAt: Instant
}

export type TransferCode = 'payment' | 'overpayment' | 'suspense' | 'fee' | 'move'

/** As statements take it: one row of a JSON array. */
export function transferRow(transfer: Transfer): Readonly<Record<string, unknown>> {
  return {
    organization_id: transfer.organizationId,
    id: transfer.id,
    debit: transfer.debit,
    credit: transfer.credit,
    amount: transfer.amount.toString(),
    currency: transfer.currency,
    code: transfer.code,
    payment_id: transfer.paymentId,
    value_at: toDate(transfer.valueAt),
  }
}
