import { pesaflow, secureHash, type AsyncMac, type Keys } from '@lango/wire'
import { LangoError } from './fault.ts'

/** What a merchant asks to be paid. */
export type Order = {
  /** The merchant's own, once for each thing to be paid: `billRefNumber`. */
  readonly reference: string
  /** Major units as text, at most two decimals: `500` or `1500.50`. No number, so that nothing is rounded. */
  readonly amount: string
  readonly description: string
  readonly payer: {
    readonly name: string
    readonly idNumber: string
    /** Digits with the country code, such as `254700000000`. */
    readonly phone: string
    readonly email?: string
  }
  /** Receives the notices. Its origin is registered with the gateway. */
  readonly notificationUrl: string
  /** Where the browser goes after the payment. Its origin is registered with the gateway. */
  readonly successUrl: string
  /** If the client has several services or currencies. */
  readonly serviceId?: string
  readonly currency?: string
  /** A picture for the page. */
  readonly pictureUrl?: string
  /** Whether a payment prompt goes to the payer's phone at once. */
  readonly prompt?: boolean
}

export type Signing = {
  readonly apiClientId: string
  readonly keys: Keys
  readonly serviceId?: string
  readonly currency?: string
  readonly mac: AsyncMac
}

/** The fields to post, in the order of the guide's form. */
export async function signOrder(
  order: Order,
  format: pesaflow.CheckoutFormat,
  signing: Signing,
): Promise<pesaflow.Checkout> {
  const fields = {
    apiClientID: signing.apiClientId,
    serviceID: demand('serviceId', order.serviceId ?? signing.serviceId),
    billDesc: order.description,
    currency: currencyOf(order.currency ?? signing.currency ?? 'KES'),
    billRefNumber: demand('reference', order.reference),
    clientMSISDN: order.payer.phone,
    clientName: order.payer.name,
    clientIDNumber: order.payer.idNumber,
    clientEmail: order.payer.email ?? '',
    callBackURLOnSuccess: order.successUrl,
    amountExpected: amountOf(order.amount),
    notificationURL: order.notificationUrl,
    pictureURL: order.pictureUrl ?? '',
    format,
    sendSTK: String(order.prompt ?? false),
  }
  wellFormed(fields)
  return {
    ...fields,
    secureHash: await secureHash(pesaflow.recipes.checkout, fields, signing.keys, signing.mac),
  }
}

/** A form that posts these fields. Every value is escaped, so an order may hold what a stranger typed. */
export function formOf(action: string, fields: pesaflow.Checkout, look: FormLook): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  )
  const target = look.target === undefined ? '' : ` target="${escaped(look.target)}"`
  const id = look.id === undefined ? '' : ` id="${escaped(look.id)}"`
  const button = `<button type="submit">${escaped(look.label ?? 'Pay')}</button>`
  return [
    `<form method="post" action="${escaped(action)}"${target}${id}>`,
    ...inputs,
    button,
    '</form>',
  ].join('\n')
}

export type FormLook = {
  /** Name of the frame in which the payment page opens; the whole window if not given. */
  readonly target?: string
  readonly id?: string
  /** Words on the button; `Pay` if not given. */
  readonly label?: string
}

export function amountOf(amount: string): string {
  if (pesaflow.grammar.amount.test(amount)) return amount
  throw new LangoError('invalid_input', `amount ${JSON.stringify(amount)} is not like 500 or 1500.50.`)
}

export function currencyOf(currency: string): string {
  if (pesaflow.grammar.currency.test(currency)) return currency
  throw new LangoError('invalid_input', `currency ${JSON.stringify(currency)} is not three capital letters.`)
}

export function demand(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new LangoError('invalid_input', `${name} is missing.`)
  return value
}

/** Half a surrogate pair becomes another character on its way, and the hash would fail without a word why. */
export function wellFormed(fields: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (/[\uD800-\uDFFF]/u.test(value))
      throw new LangoError('invalid_input', `${name} is not well-formed text.`)
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
