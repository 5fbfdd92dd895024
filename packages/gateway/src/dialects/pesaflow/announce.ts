import { pesaflow, secureHash } from '@lango/wire'
import { formatDecimals, isCurrency, parseMoney } from '../../base/money.ts'
import type { Announcer } from '../../core/notice/announcer.ts'
import type { EventPayment, InvoiceEvent } from '../../core/notice/event.ts'

/**
 * Prints an event as an Instant Payment Notification (seed, field-facts 2.9). Amounts have two decimals, so that no
 * digit of the date behind the amount can join it in the hash. While two keys live, the older one signs: a merchant
 * may not have changed over yet, and the Standard Webhooks headers beside it carry both. While none lives the hash is
 * empty, and those headers alone prove it: what arrived is told all the same.
 */
export const announce: Announcer = (event, keys, digests) => {
  const key = keys.at(-1)
  const said = notificationOf(event)
  const secure_hash =
    key === undefined ? '' : secureHash(pesaflow.recipes.notification, said, key, digests.hmacSha256)
  const body: pesaflow.Notification = { ...said, secure_hash }
  return { contentType: 'application/json', body: JSON.stringify(body) }
}

function notificationOf(event: InvoiceEvent): Omit<pesaflow.Notification, 'secure_hash'> {
  const last = event.payments.at(-1)
  if (last === undefined) throw new Error(`event ${event.sequence} of ${event.invoiceNumber} has no payment`)
  return {
    payment_channel: event.channel,
    client_invoice_ref: event.reference,
    payment_reference: event.payments.map(reference),
    currency: event.currency,
    amount_paid: twoDecimals(event.paid, event.currency),
    invoice_amount: twoDecimals(event.expected, event.currency),
    status: event.state === 'cancelled' ? 'pending' : event.state,
    invoice_number: event.invoiceNumber,
    payment_date: spaced(last.paidAt),
    last_payment_amount: twoDecimals(last.amount, last.currency),
    phone_number: event.payerPhone,
    sequence: event.sequence,
  }
}

function reference(payment: EventPayment): pesaflow.PaymentReference {
  return {
    payment_reference: payment.reference,
    payment_date: bare(payment.paidAt),
    inserted_at: bare(payment.receivedAt),
    currency: payment.currency,
    amount: twoDecimals(payment.amount, payment.currency),
  }
}

/** `2023-06-14T15:33:16.000Z` → `2023-06-14T15:33:16` */
function bare(iso: string): pesaflow.BareUtcTime {
  return iso.slice(0, 19) as pesaflow.BareUtcTime
}

/** `2023-06-14T15:33:16.000Z` → `2023-06-14 15:33:16Z` */
function spaced(iso: string): pesaflow.SpacedUtcTime {
  return `${iso.slice(0, 19).replace('T', ' ')}Z` as pesaflow.SpacedUtcTime
}

function twoDecimals(amount: string, currency: string): string {
  const parsed = isCurrency(currency) ? parseMoney(amount, currency) : null
  if (parsed?.ok !== true) throw new Error(`${amount} ${currency} in an event is no amount`)
  return formatDecimals(parsed.value, pesaflow.mostDecimals)
}
