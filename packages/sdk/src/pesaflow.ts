import { pesaflow as wire, secureHash, type AnyMac, type Keys } from '@lango/wire'
import { confirm, validate, type BankConfirmation, type BankQuestion } from './bank.ts'
import { demandKeys } from './fault.ts'
import { fieldOf, said, send, textOf, unexpected, type Answer, type CallOptions, type Reach } from './http.ts'
import { patient, webMac } from './mac.ts'
import { demand, formOf, signOrder, wellFormed, type FormLook, type Order, type Signing } from './order.ts'
import { fromNairobi } from './time.ts'
import { words } from './words.ts'

export type PesaflowSettings = Reach & {
  readonly apiClientId: string
  /** Of one role: a merchant's pair creates invoices, a bank's pair confirms payments, and neither does both. */
  readonly keys: Keys
  /** The service that orders are for, if they do not say. */
  readonly serviceId?: string
  /** The currency of orders that do not say; KES if not given. */
  readonly currency?: string
  /** Another HMAC than WebCrypto's. */
  readonly mac?: AnyMac
  readonly now?: () => Date
}

/** A raised invoice. Amounts are text with two decimals; expected = net + commission. */
export type Invoice = {
  readonly invoiceNumber: string
  /** The page where it is paid; it may stand in a frame if the merchant's origin is registered. */
  readonly invoiceLink: string
  readonly commission: string
  readonly amountNet: string
  readonly amountExpected: string
}

export type PaymentStatus = {
  readonly status: wire.InvoiceStatus
  readonly invoiceNumber: string
  readonly reference: string
  readonly name: string
  readonly currency: string
  readonly amountPaid: string
  readonly amountExpected: string
  /** Null until something was paid. */
  readonly paidAt: Date | null
}

export type Token = { readonly token: string; readonly expiresAt: Date }

export type Pesaflow = ReturnType<typeof pesaflow>

/** A client of Pesaflow's payments, for a merchant or a bank. Each call throws `LangoError`. */
export function pesaflow(settings: PesaflowSettings) {
  demandKeys(settings.keys)
  const signing: Signing = { ...settings, mac: patient(settings.mac ?? webMac) }
  const token = keptToken(settings)
  const action = new URL(wire.paths.checkout[0], settings.baseUrl).href
  return {
    /** The fields of a checkout with their secure hash, to post from a form of your own to `checkoutAddress`. */
    signCheckout: (order: Order, format: wire.CheckoutFormat = 'html') => signOrder(order, format, signing),
    checkoutAddress: action,

    /** A form for a page: its button takes the payer to the payment page, or opens it in a frame. */
    checkoutForm: async (order: Order, look: FormLook = {}) =>
      formOf(action, await signOrder(order, 'html', signing), look),

    /** Raises an invoice. The same order again gives the same invoice; another order with its reference is refused. */
    checkout: async (order: Order, options?: CallOptions): Promise<Invoice> => {
      const form = await signOrder(order, 'json', signing)
      return invoiceOf(
        await send(settings, { method: 'POST', path: wire.paths.checkout[0], form, words }, options),
      )
    },

    /** Whether an invoice is paid, by its number or by the merchant's own reference. */
    status: (reference: string, options?: CallOptions) => status(settings, signing, reference, options),

    /** A bearer token for `createInvoice`; kept until a minute before it ends. */
    token,

    /** Raises an invoice from a server without a secure hash, for clients that were granted it. */
    createInvoice: async (invoice: wire.CreateInvoiceRequest, options?: CallOptions): Promise<Invoice> => {
      const { token: bearer } = await token(options)
      const call = { method: 'POST', path: wire.paths.createInvoice, json: invoice, bearer, words } as const
      return invoiceOf(await send(settings, call, options))
    },

    /** A bank asks whether this may be paid, and hears what is outstanding. Throws `not_found` if there is no such bill. */
    validate: (question: BankQuestion, options?: CallOptions) =>
      validate(settings, signing, question, options),

    /** A bank reports a payment. Returns once it is booked; the same report may be sent again until it does. */
    confirm: (payment: BankConfirmation, options?: CallOptions) =>
      confirm(settings, signing, payment, options),
  }
}

async function status(
  reach: Reach,
  { apiClientId, keys, mac }: Signing,
  reference: string,
  options?: CallOptions,
): Promise<PaymentStatus> {
  const asked = { api_client_id: apiClientId, ref_no: demand('reference', reference) }
  wellFormed(asked)
  const json = { ...asked, secure_hash: await secureHash(wire.recipes.status, asked, keys, mac) }
  // The guide's POST form: this hash never expires, so it should not stand in the addresses that servers log.
  const answer = await send(reach, { method: 'POST', path: wire.paths.status[0], json, words }, options)
  const known = wire.invoiceStatuses.find((one) => one === textOf(answer.json, 'status'))
  if (known === undefined) throw unexpected(answer, 'a known status')
  return {
    status: known,
    invoiceNumber: said(answer, 'ref_no'),
    reference: said(answer, 'client_invoice_ref'),
    name: said(answer, 'name'),
    currency: said(answer, 'currency'),
    amountPaid: said(answer, 'amount_paid'),
    amountExpected: said(answer, 'amount_expected'),
    paidAt: fieldOf(answer.json, 'payment_date') === null ? null : paidAt(answer),
  }
}

function paidAt(answer: Answer): Date {
  const time = fromNairobi(said(answer, 'payment_date'))
  if (time === null) throw unexpected(answer, 'a payment_date like 2024-01-01 12:30:01')
  return time
}

function invoiceOf(answer: Answer): Invoice {
  return {
    invoiceNumber: said(answer, 'invoice_number'),
    invoiceLink: said(answer, 'invoice_link'),
    commission: said(answer, 'commission'),
    amountNet: said(answer, 'amount_net'),
    amountExpected: said(answer, 'amount_expected'),
  }
}

/** Asks for a token when there is none that lasts another minute. */
function keptToken(settings: PesaflowSettings): (options?: CallOptions) => Promise<Token> {
  const now = settings.now ?? (() => new Date())
  let kept: Token | null = null
  return async (options) => {
    if (kept !== null && kept.expiresAt.getTime() - 60_000 > now().getTime()) return kept
    const json: wire.TokenRequest = { key: settings.keys.key, secret: settings.keys.secret }
    const answer = await send(settings, { method: 'POST', path: wire.paths.token, json, words }, options)
    const lives = fieldOf(answer.json, 'expiry')
    if (typeof lives !== 'number') throw unexpected(answer, 'expiry')
    kept = { token: said(answer, 'token'), expiresAt: new Date(now().getTime() + lives * 1000) }
    return kept
  }
}
