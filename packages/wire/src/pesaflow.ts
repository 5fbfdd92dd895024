// What merchants, banks and USSD gateways say to Pesaflow and hear from it: seed 000 from "Invoicing" to "USSD", and
// what clients in the field do beyond it (field-facts section 2). Every value is text on this wire, because the secure
// hash is made over characters. Times without a zone are Africa/Nairobi, +03:00 all year.

import { recipe } from './hash.ts'

export const paths = {
  /** One handler: the seed's path, the one that all clients in the field use, and a white-label variant (2.1). */
  checkout: ['/api/PaymentAPI/checkout', '/PaymentAPI/iframev2.1.php', '/PaymentAPI/invoice/checkout'],
  /** The hosted page; `?request_id=` with 20 characters of A-Z a-z 0-9 - _ (2.4). */
  hostedPage: '/checkout',
  /** GET and POST. The seed's PHP sample leaves `/api` out. */
  status: ['/api/invoice/payment/status', '/invoice/payment/status'],
  validate: '/api/payment/validate',
  confirm: '/api/payment/confirm',
  token: '/api/oauth/generate/token',
  createInvoice: '/api/invoice/create',
  /** Followed by the invoice number; answers the page of that invoice (2.1). */
  invoicePage: '/api/invoice/checkout',
} as const

const form = { digest: 'HMAC-SHA-256', secret: 'appended', encoding: 'base64-of-hex' } as const

/**
 * Each kind of message and what its hash covers, in order (field-facts section 8 has a vector for each). The data does
 * not say which kind it is, so one kind's hash may fit another's values (S12): give each role keys of its own.
 */
export const recipes = {
  checkout: recipe({
    fields: [
      'apiClientID',
      'amountExpected',
      'serviceID',
      'clientIDNumber',
      'currency',
      'billRefNumber',
      'billDesc',
      'clientName',
    ],
    ...form,
  }),
  /** Leaves the currency out: compare it with the invoice's. */
  validate: recipe({
    fields: ['api_client_id', 'ref_no', 'amount'],
    ...form,
  }),
  confirm: recipe({
    fields: [
      'api_client_id',
      'ref_no',
      'amount',
      'currency',
      'gateway_transaction_id',
      'gateway_transaction_date',
      'customer_name',
      'customer_account_number',
    ],
    ...form,
  }),
  /** The one recipe without the secret. */
  status: recipe({
    fields: ['api_client_id', 'ref_no'],
    ...form,
    secret: 'none',
  }),
  /** Leaves status, currency, channel and references out: hence the Standard Webhooks signature beside it. */
  notification: recipe({
    fields: ['client_invoice_ref', 'invoice_number', 'amount_paid', 'payment_date'],
    ...form,
  }),
  /** Seed 000 "SecureHash Generation": its four samples disagree; Java's and C#'s form is this one (2.11). */
  ussd: recipe({
    fields: ['reference', 'service_code'],
    ...form,
  }),
} as const

/**
 * The forms that a value may have. They are strict because neighbouring values can trade characters without changing
 * the hash: they leave one reading for each boundary where the wire allows it (money-abuse-cases 4.3, S1 to S12).
 */
export const grammar = {
  /** Major units, at most two decimals, no leading zero (S1). */
  amount: /^(?:0|[1-9]\d{0,11})(?:\.\d{1,2})?$/,
  /** An amount that we send: always two decimals, so that no digit of the date behind it can join it (S8). */
  sentAmount: /^(?:0|[1-9]\d{0,11})\.\d{2}$/,
  /** ISO 4217. */
  currency: /^[A-Z]{3}$/,
  /** Ours. Letters only, so that no digit of an amount beside it can join it; older installations have 6 of them. */
  invoiceNumber: /^[A-Z]{6,8}$/,
  requestId: /^[A-Za-z0-9_-]{20}$/,
  /** Its last digit could join the date behind it, but the date's own form then fails (S6). */
  gatewayTransactionId: /^[A-Za-z0-9._-]{1,64}$/,
  /** `Y-m-d H:i:s` in the years 2000 to 2099 (S6). */
  gatewayTransactionDate:
    /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
} as const

export const checkoutMandatory = [
  'apiClientID',
  'serviceID',
  'billRefNumber',
  'billDesc',
  'clientMSISDN',
  'clientIDNumber',
  'clientName',
  'clientEmail',
  'notificationURL',
  'callBackURLOnSuccess',
  'currency',
  'amountExpected',
  'secureHash',
] as const

/** `pictureURL` is shown on the page; `format` picks the answer; `sendSTK` asks for a prompt on the payer's phone. */
export const checkoutOptional = ['pictureURL', 'format', 'sendSTK'] as const

export type CheckoutField = (typeof checkoutMandatory)[number] | (typeof checkoutOptional)[number]

/** Misspelt names that official documents taught clients, and what they mean (field-facts 2.2, 2.5). */
export const checkoutAliases: ReadonlyMap<string, CheckoutField> = new Map([
  ['callBackURLONSuccess', 'callBackURLOnSuccess'],
  ['PictureURL', 'pictureURL'],
  ['pictueURL', 'pictureURL'],
])

/** Names that clients send besides and that mean nothing to us (field-facts 2.2). */
export const checkoutIgnored: ReadonlySet<string> = new Set([
  'callBackURLOnFail',
  'callBackURLOnFailure',
  'callBackURLOnTimeout',
  'clientType',
  'payment_channel',
  'amount',
  'secretKey',
])

/** Some clients send their secret along: never log it and never echo it. */
export const neverLogged: ReadonlySet<string> = new Set(['secretKey', 'secret', 'key'])

/** A checkout as it is posted, in a form, in multipart or in JSON. `clientEmail` may be empty. */
export type Checkout = Said<(typeof checkoutMandatory)[number]> &
  Partial<Said<(typeof checkoutOptional)[number]>>

/** Read in any case; absent or empty means `html`. `html` and `iframe` both answer the page. */
export type CheckoutFormat = 'html' | 'iframe' | 'json'

/** The answer to a checkout with format json (2.4). Amounts have two decimals; expected = net + commission. */
export type CheckoutAnswer = Said<
  'invoice_number' | 'invoice_link' | 'commission' | 'amount_net' | 'amount_expected'
>

/**
 * What the hosted page in a frame posts to its parent when the payer's part is over (2.4); sent to the merchant's
 * registered origin only. A hint: the notification or a status query says whether it is paid.
 */
export type PageMessage = { readonly status: 'success' | 'failed'; readonly message: string }

/** `partial` is paid in part; `settled` is paid in full. */
export const invoiceStatuses = ['pending', 'partial', 'settled'] as const
export type InvoiceStatus = (typeof invoiceStatuses)[number]

/** As query, form or JSON body. `ref_no` is our invoice number or the client's own reference (2.8). */
export type StatusRequest = {
  readonly api_client_id: string
  readonly ref_no: string
  readonly secure_hash: string
}

/** `payment_date` is `Y-m-d H:i:s`, and null until something was paid; `amount_expected` includes the commission. */
export type StatusAnswer = {
  readonly status: InvoiceStatus
  readonly ref_no: string
  readonly payment_date: NairobiTime | null
  readonly name: string
  readonly currency: string
  readonly client_invoice_ref: string
  readonly amount_paid: string
  readonly amount_expected: string
}

export type ValidateRequest = Said<'api_client_id' | 'ref_no' | 'currency' | 'amount' | 'secure_hash'>

/** What a bank hears about an invoice that can be paid: what is outstanding, and from whom. */
export type ValidateAnswer = {
  readonly status: 200
  readonly description: 'Bill Found'
  readonly data: { readonly amount: string; readonly name: string; readonly currency: string }
}

export type ConfirmRequest = Said<(typeof recipes.confirm.fields)[number] | 'secure_hash'> & {
  readonly gateway_transaction_date: NairobiTime
}

/** The words of the seed for validate and confirm; the HTTP status repeats `status`. */
export type Outcome = { readonly status: number; readonly description: string }
export const outcomes = {
  billFound: { status: 200, description: 'Bill Found' },
  billNotFound: { status: 404, description: 'Bill not found' },
  success: { status: 200, description: 'Success' },
  failed: { status: 500, description: 'Failed' },
} as const satisfies Readonly<Record<string, Outcome>>

export type TokenRequest = Said<'key' | 'secret'>
/** `expiry` is in seconds. Some clients look for OAuth's names, so both stand there (2.6). */
export type TokenAnswer = {
  readonly token: string
  readonly expiry: number
  readonly access_token: string
  readonly expires_in: number
  readonly token_type: 'Bearer'
}

/** Needs `Authorization: Bearer`; no hash (2.7). */
export type CreateInvoiceRequest = Said<
  | 'account_id'
  | 'amount_expected'
  | 'amount_net'
  | 'amount_settled_offline'
  | 'callback_url'
  | 'client_invoice_ref'
  | 'commission'
  | 'currency'
  | 'email'
  | 'format'
  | 'id_number'
  | 'msisdn'
  | 'name'
  | 'notification_url'
> & { readonly items: readonly InvoiceItem[] }
export type InvoiceItem = Said<
  'account_id' | 'desc' | 'item_ref' | 'price' | 'quantity' | 'require_settlement' | 'currency'
>

/** As a checkout with format json answers. */
export type CreateInvoiceAnswer = CheckoutAnswer

/** `2024-01-01 12:30:01`, Africa/Nairobi: in a status answer and in a confirm. */
export type NairobiTime = `${string}-${string}-${string} ${string}:${string}:${string}`
/** `2023-06-14 15:33:16Z`, UTC: a notification's `payment_date`, and one of the four values under its hash. */
export type SpacedUtcTime = `${string}-${string}-${string} ${string}:${string}:${string}Z`
/** `2023-06-14T15:33:16`, UTC though it does not say so: the times of a payment reference. */
export type BareUtcTime = `${string}-${string}-${string}T${string}:${string}:${string}`

/** What a merchant's notificationURL receives as JSON (seed "Instant Payment Notification", 2.9). */
export type Notification = {
  readonly payment_channel: string
  readonly client_invoice_ref: string
  readonly payment_reference: readonly PaymentReference[]
  readonly currency: string
  /** All money that arrived for this invoice so far, two decimals. */
  readonly amount_paid: string
  readonly invoice_amount: string
  readonly status: InvoiceStatus
  readonly invoice_number: string
  readonly payment_date: SpacedUtcTime
  readonly last_payment_amount: string
  /** Not in the seed; sent since 2025. */
  readonly phone_number: string
  /** Ours: counts the notices of an invoice from 1, so that an old one is known when it comes late. */
  readonly sequence: number
  readonly secure_hash: string
}
/** One payment; `payment_reference` is what the payer's receipt says, such as an M-PESA code. */
export type PaymentReference = {
  readonly payment_reference: string
  readonly payment_date: BareUtcTime
  readonly inserted_at: BareUtcTime
  readonly currency: string
  readonly amount: string
}

/** What a service's validation URL is asked before a USSD payment, and what it answers. */
export type UssdRequest = {
  readonly reference: string
  readonly service_code: string
  readonly secure_hash: string
}
export type UssdAnswer = { readonly display_info: Readonly<Record<string, string>>; readonly valid: boolean }

/** Every refusal outside validate and confirm (2.5). `field` is ours, and so is `mend`, which only a sandbox sends. */
export type ErrorAnswer = { readonly error: string; readonly field?: string; readonly mend?: Mend }
/** How to mend a refused message: `hint` in a sentence, and what it is about by name, such as `data_string`. */
export type Mend = Readonly<Record<string, string>>
/** What a server-side invoice without the right to it hears (2.5). */
export type NotGrantedAnswer = { readonly status: 401; readonly message: string }

/** The exact words that clients know (2.5, seed "FAQs"). */
export const errors = {
  invalidHash: 'Invalid Hash',
  referenceTaken: 'BillRefNumber already taken',
  invoiceNotFound: 'Invoice Not Found',
  notGranted: 'Access to this resource Pesaflow.Invoice has not been granted',
} as const

/** A service has one currency. The wire carries two decimals, so one with three (such as KWD) cannot be served. */
export const mostDecimals = 2

/** A message of texts. */
type Said<Field extends string> = Readonly<Record<Field, string>>
