import { money, type Money } from '../../base/money.ts'
import type { Instant } from '../../base/time.ts'
import { isExpired, outstanding, type Invoice } from '../invoice/invoice.ts'
import type { Report } from './report.ts'

/** Where one payment goes. Its allocations add up to it, whatever happens. */
export type Settlement = {
  readonly allocations: readonly Allocation[]
  /** The invoice afterwards; null when the payment does not touch one. */
  readonly invoice: Invoice | null
  /** What of the commission is earned with this payment. */
  readonly feeEarned: bigint
}

export type Allocation =
  | { readonly kind: 'invoice'; readonly invoiceId: string; readonly amount: Money }
  | { readonly kind: 'credit'; readonly invoiceId: string; readonly amount: Money; readonly because: string }
  | {
      readonly kind: 'suspense'
      readonly invoiceId: string | null
      readonly amount: Money
      readonly because: string
    }

/**
 * Decides where money goes that certainly arrived: so there is no refusal here. What fits nowhere waits in suspense,
 * what is too much or too late is the payer's credit.
 */
export function settle(invoice: Invoice | null, report: Report, now: Instant): Settlement {
  if (invoice === null) return inSuspense(null, report, report.homeless ?? 'no bill has this reference')
  if (invoice.state === 'cancelled') return inSuspense(invoice, report, 'the bill was cancelled')
  if (report.money.currency !== invoice.currency) {
    return inSuspense(invoice, report, `the bill is in ${invoice.currency}`)
  }
  if (isExpired(invoice, now)) return asCredit(invoice, report.money, 'it came after the bill had expired')
  if (invoice.state === 'settled') return asCredit(invoice, report.money, 'the bill was paid already')
  return towards(invoice, report)
}

function towards(invoice: Invoice, report: Report): Settlement {
  const open = outstanding(invoice).minor
  const applied = report.money.minor < open ? report.money.minor : open
  const rest = report.money.minor - applied
  const settled = applied === open
  const part: Allocation = {
    kind: 'invoice',
    invoiceId: invoice.id,
    amount: money(applied, invoice.currency),
  }
  const over =
    rest > 0n ? asCredit(invoice, money(rest, invoice.currency), 'more was paid than owed').allocations : []
  return {
    allocations: [part, ...over],
    invoice: {
      ...invoice,
      paid: invoice.paid + applied,
      state: settled ? 'settled' : 'partial',
      sequence: invoice.sequence + 1,
      paidAt: report.paidAt,
    },
    feeEarned: settled ? invoice.commission : 0n,
  }
}

function asCredit(invoice: Invoice, amount: Money, because: string): Settlement {
  return {
    allocations: [{ kind: 'credit', invoiceId: invoice.id, amount, because }],
    invoice: null,
    feeEarned: 0n,
  }
}

function inSuspense(invoice: Invoice | null, report: Report, because: string): Settlement {
  return {
    allocations: [{ kind: 'suspense', invoiceId: invoice?.id ?? null, amount: report.money, because }],
    invoice: null,
    feeEarned: 0n,
  }
}
