import type { Currency, Money } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { findInvoice } from '../invoice/invoice.sql.ts'
import { isExpired, outstanding } from '../invoice/invoice.ts'
import type { ApiClient } from '../organization/api-key.ts'
import { refusal, type Refusal } from '../refusal.ts'

export type FindPayable = {
  readonly aggregator: ApiClient
  readonly number: string
  readonly currency: Currency
}

export type Payable = { readonly outstanding: Money; readonly payerName: string }

/** What a bank may still take for a number: what is outstanding, and from whom. */
export async function findPayable(
  deps: Deps,
  asked: FindPayable,
): Promise<Result<Payable, Refusal<'invoice_unknown' | 'invoice_settled' | 'currency_differs'>>> {
  const key = await deps.routeInvoice(asked.number)
  if (key === null || !mayServe(asked.aggregator, key.organizationId)) return no(refusal('invoice_unknown'))
  const invoice = await findInvoice(deps.db, key)
  if (invoice === null) return no(refusal('invoice_unknown'))
  if (invoice.state === 'settled') return no(refusal('invoice_settled', { because: 'Bill already paid' }))
  if (invoice.state === 'cancelled') return no(refusal('invoice_settled', { because: 'Bill cancelled' }))
  if (isExpired(invoice, deps.clock.now())) return no(refusal('invoice_settled', { because: 'Bill expired' }))
  if (invoice.currency !== asked.currency) {
    return no(refusal('currency_differs', { because: `the bill is in ${invoice.currency}` }))
  }
  return ok({ outstanding: outstanding(invoice), payerName: invoice.payer.name })
}

/** Whether an aggregator was linked to an organization. */
export function mayServe({ serves }: ApiClient, organizationId: string): boolean {
  return serves === null || serves.has(organizationId)
}
