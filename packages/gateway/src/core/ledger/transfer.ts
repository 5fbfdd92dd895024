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

/** The columns that a statement takes of it: base/recordset.ts. */
export const transferColumns = {
  organization_id: 'uuid',
  id: 'uuid',
  debit: 'text',
  credit: 'text',
  amount: 'bigint',
  currency: 'text',
  code: 'text',
  payment_id: 'uuid',
  value_at: 'timestamptz',
} as const

export function transferRow(transfer: Transfer) {
  return {
    organization_id: transfer.organizationId,
    id: transfer.id,
    debit: transfer.debit,
    credit: transfer.credit,
    amount: transfer.amount,
    currency: transfer.currency,
    code: transfer.code,
    payment_id: transfer.paymentId,
    value_at: toDate(transfer.valueAt),
  }
}
