import { events, pesaflow, verifyHash, type AnyMac, type AsyncMac, type Keys } from '@lango/wire'
import { demandKeys, LangoError } from './fault.ts'
import { fieldOf } from './http.ts'
import { patient, webMac } from './mac.ts'
import { fromBareUtc, fromSpacedUtc } from './time.ts'

/** What a merchant was given. A webhook secret (`whsec_…`) demands the signature that covers the whole notice. */
export type NoticeKeys = Keys & { readonly webhookSecret?: string }

/** A notice that may be believed. */
export type Notice = {
  /** The same in every delivery of this notice: keep it, and do nothing twice. Null without webhook headers. */
  readonly id: string | null
  /** True if the signature over the whole body held; else only the four values under the secure hash are proved. */
  readonly signed: boolean
  readonly status: pesaflow.InvoiceStatus
  readonly invoiceNumber: string
  /** The merchant's own reference. */
  readonly reference: string
  readonly currency: string
  /** All that was paid for the invoice so far, such as `102.00`. Proved by either check. */
  readonly amountPaid: string
  readonly invoiceAmount: string
  readonly lastPaymentAmount: string
  readonly paidAt: Date
  readonly channel: string
  readonly phoneNumber: string
  /** Counts the notices of an invoice from 1: the greater one is the newer. Null from a gateway that does not say. */
  readonly sequence: number | null
  readonly payments: readonly NoticePayment[]
}
export type NoticePayment = {
  readonly reference: string
  readonly amount: string
  readonly currency: string
  readonly paidAt: Date
}

export type NoticeHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

export type NoticeOptions = {
  readonly now?: Date
  /** Seconds by which the delivery's time may differ from `now`; 300 if not given. */
  readonly tolerance?: number
  readonly mac?: AnyMac
}

/**
 * Proves that a notice comes from the gateway, and reads it. `rawBody` is the request's body as it was received, never
 * parsed and printed again. While keys are rotated, give both: one that holds is enough. Without a webhook secret the
 * body's secure hash proves reference, number, amount and time, but neither status nor currency: ask `status` then.
 * Throws a `LangoError` whose code (`notice_…`) names the check that failed.
 */
export async function verifyNotice(
  rawBody: string | Uint8Array,
  headers: NoticeHeaders,
  keys: NoticeKeys | readonly NoticeKeys[],
  options: NoticeOptions = {},
): Promise<Notice> {
  const live = 'key' in keys ? [keys] : keys
  for (const pair of live) demandKeys(pair)
  const mac = patient(options.mac ?? webMac)
  const body = textOfBody(rawBody)
  const header = (name: string) => headerOf(headers, name)
  const secrets = live.flatMap(({ webhookSecret }) =>
    webhookSecret === undefined ? [] : [secretOf(webhookSecret)],
  )
  if (secrets.length > 0) await proveSignature({ body, header, secrets, mac }, options)
  const notice = read(body, { id: header(events.headers.id) ?? null, signed: secrets.length > 0 })
  await proveHash(notice.hashed, live, mac)
  return notice.read
}

type Signed = {
  readonly body: string
  readonly header: (name: string) => string | undefined
  readonly secrets: readonly Uint8Array[]
  readonly mac: AsyncMac
}

async function proveSignature({ body, header, secrets, mac }: Signed, options: NoticeOptions): Promise<void> {
  const id = header(events.headers.id)
  const timestamp = header(events.headers.timestamp)
  const signature = header(events.headers.signature)
  if (id === undefined || timestamp === undefined || signature === undefined) {
    throw new LangoError(
      'notice_unsigned',
      'The notice has no webhook-id, webhook-timestamp or webhook-signature.',
    )
  }
  const proofs = secrets.map((secret) => events.verify({ id, timestamp, body }, signature, secret, mac))
  if (!(await Promise.all(proofs)).includes(true)) {
    throw new LangoError(
      'notice_signature',
      'No webhook-signature of the notice fits its body and these secrets.',
    )
  }
  const now = Math.floor((options.now ?? new Date()).getTime() / 1000)
  if (!events.timely(timestamp, now, options.tolerance)) {
    throw new LangoError(
      'notice_timestamp',
      `The delivery is of ${timestamp}, and now is ${now} (Unix seconds).`,
    )
  }
}

type Hashed = Readonly<Record<(typeof pesaflow.recipes.notification.fields)[number] | 'secure_hash', string>>

async function proveHash(notice: Hashed, live: readonly Keys[], mac: AsyncMac): Promise<void> {
  const proofs = live.map(({ key, secret }) =>
    verifyHash(pesaflow.recipes.notification, notice, notice.secure_hash, { keys: { key, secret }, mac }),
  )
  if ((await Promise.all(proofs)).every((encoding) => encoding === null)) {
    throw new LangoError(
      'notice_hash',
      'The secure_hash of the notice fits neither its values nor these keys.',
    )
  }
}

/** Reads the notice, with the exact characters that were hashed beside what they mean. */
function read(
  body: string,
  proof: Pick<Notice, 'id' | 'signed'>,
): { readonly read: Notice; readonly hashed: Hashed } {
  const json = parsed(body)
  const text = (name: string) => textField(json, name)
  const amount = (name: string) => amountField(json, name)
  const hashed = {
    client_invoice_ref: text('client_invoice_ref'),
    invoice_number: numberOf(text('invoice_number')),
    amount_paid: amount('amount_paid'),
    payment_date: text('payment_date'),
    secure_hash: text('secure_hash'),
  }
  const read: Notice = {
    ...proof,
    status: statusOf(text('status')),
    invoiceNumber: hashed.invoice_number,
    reference: hashed.client_invoice_ref,
    currency: text('currency'),
    amountPaid: hashed.amount_paid,
    invoiceAmount: amount('invoice_amount'),
    lastPaymentAmount: amount('last_payment_amount'),
    paidAt: timeOf(hashed.payment_date, fromSpacedUtc),
    channel: text('payment_channel'),
    phoneNumber: fieldOf(json, 'phone_number') === undefined ? '' : text('phone_number'),
    sequence: countOf(fieldOf(json, 'sequence')),
    payments: paymentsOf(fieldOf(json, 'payment_reference')),
  }
  return { read, hashed }
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null
}

function paymentsOf(list: unknown): readonly NoticePayment[] {
  if (!isList(list)) throw malformed('payment_reference is no list')
  return list.map((entry) => ({
    reference: textField(entry, 'payment_reference'),
    amount: amountField(entry, 'amount'),
    currency: textField(entry, 'currency'),
    paidAt: timeOf(textField(entry, 'payment_date'), fromBareUtc),
  }))
}

function textField(json: unknown, name: string): string {
  const value = fieldOf(json, name)
  if (typeof value !== 'string') throw malformed(`${name} is missing or no text`)
  return value
}

/** Strict, because the hash would not notice a digit that moved here from the date beside it. */
function amountField(json: unknown, name: string): string {
  const value = textField(json, name)
  if (pesaflow.grammar.sentAmount.test(value)) return value
  throw new LangoError(
    'notice_amount',
    `${name} of the notice is ${JSON.stringify(value)}, not an amount like 102.00.`,
  )
}

/** Letters only: the hash would not notice a digit that moved between it and the amount beside it. */
function numberOf(text: string): string {
  if (pesaflow.grammar.invoiceNumber.test(text)) return text
  throw malformed(`invoice_number ${JSON.stringify(text)} is not 6 to 8 letters`)
}

function statusOf(text: string): pesaflow.InvoiceStatus {
  const status = pesaflow.invoiceStatuses.find((known) => known === text)
  if (status === undefined) throw malformed(`status ${JSON.stringify(text)} is unknown`)
  return status
}

function timeOf(text: string, from: (text: string) => Date | null): Date {
  const time = from(text)
  if (time === null) throw malformed(`${JSON.stringify(text)} is no time of this wire`)
  return time
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new LangoError('notice_malformed', 'The notice is not JSON.', { cause })
  }
}

function textOfBody(rawBody: string | Uint8Array): string {
  if (typeof rawBody === 'string') return rawBody
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody)
  } catch (cause) {
    throw new LangoError('notice_malformed', 'The notice is not UTF-8.', { cause })
  }
}

function headerOf(headers: NoticeHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const [, value] = Object.entries(headers).find(([given]) => given.toLowerCase() === name) ?? []
  return typeof value === 'string' ? value : undefined
}

function secretOf(text: string): Uint8Array {
  const secret = events.parseSecret(text)
  if (secret === null)
    throw new LangoError('invalid_input', 'A webhook secret is whsec_ and base64 of 24 to 64 bytes.')
  return secret
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function malformed(what: string): LangoError {
  return new LangoError('notice_malformed', `The notice cannot be read: ${what}.`)
}
