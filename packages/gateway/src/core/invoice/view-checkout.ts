import { masked } from '../../base/secret.ts'
import { money, type Money } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Instant } from '../../base/time.ts'
import type { Channel } from '../attempt/channel.ts'
import { findNewestAttempt, type AttemptNow } from '../attempt/attempt.sql.ts'
import { findEnabledChannels } from '../attempt/channel-setting.sql.ts'
import type { Deps } from '../deps.ts'
import { findOrganization } from '../organization/find-organization.ts'
import { findPaymentsOfInvoice, type InvoicePayment } from '../payment/payment.sql.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findInvoice, routeCheckoutPage, type InvoiceKey } from './invoice.sql.ts'
import { expected, isExpired, outstanding, type Invoice, type InvoiceState } from './invoice.ts'

/** What a payer sees of an invoice; no more of her than she needs to recognise it. */
export type CheckoutView = {
  readonly organizationId: string
  readonly organizationName: string
  /** Who may frame the page. */
  readonly origins: readonly string[]
  readonly invoiceId: string
  readonly invoiceNumber: string
  readonly reference: string
  readonly serviceName: string
  readonly description: string
  readonly expected: Money
  readonly commission: Money
  readonly paid: Money
  readonly outstanding: Money
  readonly state: InvoiceState | 'expired'
  readonly successUrl: string
  readonly hasPicture: boolean
  readonly payerPhone: string
  readonly channels: readonly Channel[]
  readonly attempt: AttemptNow | null
  readonly payments: readonly InvoicePayment[]
  readonly now: Instant
}

/** The invoice behind a hosted page's unguessable name. */
export async function viewCheckout(
  deps: Deps,
  requestId: string,
): Promise<Result<CheckoutView, Refusal<'not_found'>>> {
  const key = await findPage(deps, requestId)
  const invoice = key === null ? null : await findInvoice(deps.db, key)
  return invoice === null ? no(refusal('not_found')) : ok(await viewInvoice(deps, invoice))
}

/** The same for an invoice that is at hand. */
export async function viewInvoice(deps: Deps, invoice: Invoice): Promise<CheckoutView> {
  const key = { organizationId: invoice.organizationId, invoiceId: invoice.id }
  const [organization, enabled, attempt, payments] = await Promise.all([
    findOrganization(deps, invoice.organizationId),
    findEnabledChannels(deps.db, invoice.organizationId),
    findNewestAttempt(deps.db, key),
    findPaymentsOfInvoice(deps.db, key),
  ])
  const now = deps.clock.now()
  return {
    organizationId: invoice.organizationId,
    organizationName: organization.name,
    origins: organization.origins,
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    reference: invoice.reference,
    serviceName: organization.services.find(({ code }) => code === invoice.serviceCode)?.name ?? '',
    description: invoice.description,
    expected: expected(invoice),
    commission: money(invoice.commission, invoice.currency),
    paid: money(invoice.paid, invoice.currency),
    outstanding: outstanding(invoice),
    state: isExpired(invoice, now) ? 'expired' : invoice.state,
    successUrl: invoice.successUrl,
    hasPicture: invoice.pictureUrl !== '',
    payerPhone: masked(invoice.payer.phone),
    channels: enabled.map((id) => deps.channels.get(id)).filter((channel) => channel !== undefined),
    attempt,
    payments,
    now,
  }
}

/** Which invoice a hosted page shows; null for a name that we did not give. */
export async function findPage(deps: Deps, requestId: string): Promise<InvoiceKey | null> {
  if (!/^[A-Za-z0-9_-]{20}$/.test(requestId)) return null
  return await routeCheckoutPage(deps.db, deps.digests.sha256(requestId))
}
