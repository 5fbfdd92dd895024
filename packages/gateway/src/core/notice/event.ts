/** What happened to an invoice, with its whole state at that moment: receivers need no history. */

/** Amounts are decimal texts of the currency; times are ISO 8601 in UTC. */
export type InvoiceEvent = {
  readonly type: 'invoice.paid'
  readonly organizationId: string
  readonly apiClientId: string
  readonly invoiceNumber: string
  readonly reference: string
  readonly sequence: number
  readonly state: 'pending' | 'partial' | 'settled' | 'cancelled'
  readonly currency: string
  readonly expected: string
  readonly paid: string
  /** More than was owed, or too late: kept as the payer's credit. */
  readonly credited: string
  readonly payerPhone: string
  readonly channel: string
  readonly occurredAt: string
  /** All payments of the invoice so far; the last one caused the event. */
  readonly payments: readonly EventPayment[]
}

export type EventPayment = {
  readonly reference: string
  readonly amount: string
  readonly currency: string
  readonly paidAt: string
  readonly receivedAt: string
}
