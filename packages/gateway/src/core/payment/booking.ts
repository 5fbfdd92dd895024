import { formatMoney, money } from '../../base/money.ts'
import { toDate, type Instant } from '../../base/time.ts'
import * as address from '../ledger/address.ts'
import type { Transfer } from '../ledger/transfer.ts'
import { expected, type Invoice } from '../invoice/invoice.ts'
import type { EventPayment, InvoiceEvent } from '../notice/event.ts'
import type { Report } from './report.ts'
import { settle, type Allocation } from './settle.ts'

/** All rows that follow from a batch of claimed reports; written in one statement, or not at all. */
export type Booking = {
  readonly payments: readonly BookedPayment[]
  readonly allocations: readonly BookedAllocation[]
  readonly transfers: readonly Transfer[]
  /** Each touched invoice once, as it is after the whole batch. */
  readonly invoices: readonly Invoice[]
  readonly notices: readonly PlannedNotice[]
}

export type BookedPayment = { readonly id: string; readonly report: Report; readonly receivedAt: Instant }
export type BookedAllocation = {
  readonly organizationId: string
  readonly paymentId: string
  readonly place: number
  readonly allocation: Allocation
}

export type PlannedNotice = { readonly id: string; readonly invoice: Invoice; readonly event: InvoiceEvent }

/** A report whose external id this batch has claimed. */
export type Claimed = { readonly paymentId: string; readonly report: Report }

export type Ground = {
  readonly now: Instant
  readonly nextId: () => string
  /** Locked invoices by id. */
  readonly invoices: ReadonlyMap<string, Invoice>
  /** Payments of partly paid invoices, by invoice id, oldest first: an event tells all of them. */
  readonly earlier: ReadonlyMap<string, readonly EventPayment[]>
}

/** Decides a batch in order: each payment sees what those before it did to its invoice. */
export function planBooking(claimed: readonly Claimed[], ground: Ground): Booking {
  const invoices = new Map(ground.invoices)
  const told = new Map(ground.earlier)
  const touched = new Set<string>()
  const plan = {
    payments: [] as BookedPayment[],
    allocations: [] as BookedAllocation[],
    transfers: [] as Transfer[],
    notices: [] as PlannedNotice[],
  }
  for (const { paymentId, report } of claimed) {
    const before = report.invoiceId === null ? null : (invoices.get(report.invoiceId) ?? null)
    const { allocations, invoice, feeEarned } = settle(before, report, ground.now)
    plan.payments.push({ id: paymentId, report, receivedAt: ground.now })
    allocations.forEach((allocation, place) => {
      plan.allocations.push({ organizationId: report.organizationId, paymentId, place, allocation })
      plan.transfers.push(movement(paymentId, report, allocation, ground.nextId()))
    })
    if (invoice === null) continue
    if (feeEarned > 0n) plan.transfers.push(fee(paymentId, report, feeEarned, ground.nextId()))
    invoices.set(invoice.id, invoice)
    touched.add(invoice.id)
    const payments = [...(told.get(invoice.id) ?? []), eventPayment(report, ground.now)]
    told.set(invoice.id, payments)
    const event = paidEvent(invoice, allocations, payments, { channel: report.channel, now: ground.now })
    plan.notices.push({ id: ground.nextId(), invoice, event })
  }
  return {
    ...plan,
    invoices: [...touched].map((id) => invoices.get(id)).filter((invoice) => invoice !== undefined),
  }
}

const landing = {
  invoice: { credit: address.merchant, code: 'payment' },
  credit: { credit: address.credits, code: 'overpayment' },
  suspense: { credit: address.suspense, code: 'suspense' },
} as const

function movement(paymentId: string, report: Report, allocation: Allocation, id: string): Transfer {
  const { minor, currency } = allocation.amount
  const { credit, code } = landing[allocation.kind]
  return {
    id,
    organizationId: report.organizationId,
    debit: address.clearing(report.source, currency),
    credit: credit(currency),
    amount: minor,
    currency,
    code,
    paymentId,
    valueAt: report.paidAt,
  }
}

function fee(paymentId: string, report: Report, amount: bigint, id: string): Transfer {
  const { currency } = report.money
  return {
    id,
    organizationId: report.organizationId,
    debit: address.merchant(currency),
    credit: address.fees(currency),
    amount,
    currency,
    code: 'fee',
    paymentId,
    valueAt: report.paidAt,
  }
}

function eventPayment(report: Report, now: Instant): EventPayment {
  return {
    reference: report.externalId,
    amount: formatMoney(report.money),
    currency: report.money.currency,
    paidAt: toDate(report.paidAt).toISOString(),
    receivedAt: toDate(now).toISOString(),
  }
}

function paidEvent(
  invoice: Invoice,
  allocations: readonly Allocation[],
  payments: readonly EventPayment[],
  { channel, now }: { readonly channel: string; readonly now: Instant },
): InvoiceEvent {
  const credited = allocations.reduce(
    (sum, part) => (part.kind === 'credit' ? sum + part.amount.minor : sum),
    0n,
  )
  return {
    type: 'invoice.paid',
    organizationId: invoice.organizationId,
    apiClientId: invoice.apiClientId,
    invoiceNumber: invoice.number,
    reference: invoice.reference,
    sequence: invoice.sequence,
    state: invoice.state,
    currency: invoice.currency,
    expected: formatMoney(expected(invoice)),
    paid: formatMoney(money(invoice.paid, invoice.currency)),
    credited: formatMoney(money(credited, invoice.currency)),
    payerPhone: invoice.payer.phone,
    channel,
    occurredAt: toDate(now).toISOString(),
    payments,
  }
}
