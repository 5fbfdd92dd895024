import { money, type Currency, type Money } from '../../base/money.ts'
import { isBefore, type Instant } from '../../base/time.ts'

/** What is owed. `number` is ours, `reference` is the client's. Amounts are minor units of `currency`. */
export type Invoice = {
  readonly organizationId: string
  readonly id: string
  readonly number: string
  readonly reference: string
  readonly apiClientId: string
  readonly serviceCode: string
  readonly currency: Currency
  readonly net: bigint
  readonly commission: bigint
  readonly paid: bigint
  readonly state: InvoiceState
  readonly description: string
  readonly payer: Payer
  readonly successUrl: string
  readonly notificationUrl: string
  readonly dialect: string
  readonly contentHash: Uint8Array
  readonly pictureUrl: string
  /** The number of its newest notice. */
  readonly sequence: number
  readonly paidAt: Instant | null
  readonly expiresAt: Instant | null
  readonly createdAt: Instant
}

/** `partial`: some of it arrived. `settled`: all of it. A cancelled invoice takes no money. */
export type InvoiceState = 'pending' | 'partial' | 'settled' | 'cancelled'

export type Payer = {
  readonly name: string
  readonly idNumber: string
  readonly phone: string
  readonly email: string
}

export function expected(invoice: Pick<Invoice, 'net' | 'commission' | 'currency'>): Money {
  return money(invoice.net + invoice.commission, invoice.currency)
}

export function outstanding(invoice: Pick<Invoice, 'net' | 'commission' | 'paid' | 'currency'>): Money {
  return money(invoice.net + invoice.commission - invoice.paid, invoice.currency)
}

/** Whether money that arrives now is too late to pay it. */
export function isExpired(invoice: Pick<Invoice, 'expiresAt' | 'state'>, now: Instant): boolean {
  return invoice.expiresAt !== null && invoice.state !== 'settled' && !isBefore(now, invoice.expiresAt)
}

/** Whether a payer may start to pay it now. */
export function isPayable(invoice: Pick<Invoice, 'expiresAt' | 'state'>, now: Instant): boolean {
  return (invoice.state === 'pending' || invoice.state === 'partial') && !isExpired(invoice, now)
}
