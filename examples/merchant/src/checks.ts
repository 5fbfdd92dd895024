import type { Invoice, LangoErrorCode, Notice, PaymentStatus } from '@lango/sdk'
import { cents, shillings } from './money.ts'

/** One question that the shop puts to a notice, and the answer. */
export type Check = {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'not asked' | 'not reached'
  /** What was found; empty if there is nothing to add. */
  readonly finding: string
}

type Proof = { readonly code: LangoErrorCode; readonly name: string; readonly needsWebhookSecret: boolean }

/** What `verifyNotice` proves, in its order, by the code it throws when it cannot. */
const proofs: readonly Proof[] = [
  { code: 'notice_unsigned', name: 'It carries the headers of Standard Webhooks', needsWebhookSecret: true },
  { code: 'notice_signature', name: 'The signature covers the whole body', needsWebhookSecret: true },
  { code: 'notice_timestamp', name: 'It was sent within the last minutes', needsWebhookSecret: true },
  { code: 'notice_malformed', name: 'It reads as a notice', needsWebhookSecret: false },
  { code: 'notice_amount', name: 'Each amount has one exact form', needsWebhookSecret: false },
  {
    code: 'notice_hash',
    name: 'Its secure_hash was made with our key and secret',
    needsWebhookSecret: false,
  },
]

/** The proofs of a notice that `verifyNotice` took (`failed` is null) or refused. */
export function proofChecks(
  hasWebhookSecret: boolean,
  failed: { code: LangoErrorCode; message: string } | null,
): readonly Check[] {
  const failedAt = failed === null ? proofs.length : proofs.findIndex(({ code }) => code === failed.code)
  return proofs.map(({ name, needsWebhookSecret }, at): Check => {
    if (needsWebhookSecret && !hasWebhookSecret) {
      return { name, outcome: 'not asked', finding: 'The shop was given no webhook secret.' }
    }
    if (at === failedAt) return { name, outcome: 'failed', finding: failed?.message ?? '' }
    return { name, outcome: at < failedAt ? 'passed' : 'not reached', finding: '' }
  })
}

/** What the shop knows of an order by itself; `price` is what it asked for, before any commission. */
export type Expected = { readonly price: string; readonly invoice: Invoice | null }

/** What the shop asks besides: a genuine notice is not yet a notice of this order, paid in full, for the first time. */
export function orderChecks(
  { price, invoice }: Expected,
  notice: Notice,
  asked: PaymentStatus | null,
): readonly Check[] {
  const paid = cents(notice.amountPaid)
  const owed = cents(invoice?.amountExpected ?? notice.invoiceAmount)
  return [
    check(
      'It is about our invoice',
      invoice === null || invoice.invoiceNumber === notice.invoiceNumber,
      notice.invoiceNumber,
    ),
    check('The currency is ours', notice.currency === 'KES', notice.currency),
    check(
      'The invoice is not smaller than the order',
      cents(notice.invoiceAmount) >= cents(price),
      shillings(notice.invoiceAmount),
    ),
    check(
      'What it calls settled is paid in full',
      notice.status !== 'settled' || paid >= owed,
      `${notice.status}: ${shillings(notice.amountPaid)}`,
    ),
    ...(notice.signed ? [] : [askedCheck(notice, asked)]),
  ]
}

/** Without the signature nothing covers status and currency, so the gateway is asked in person. */
function askedCheck(notice: Notice, asked: PaymentStatus | null): Check {
  const name = 'The gateway says the same when it is asked'
  if (asked === null) return { name, outcome: 'failed', finding: 'It could not be asked.' }
  const same =
    asked.invoiceNumber === notice.invoiceNumber &&
    asked.currency === notice.currency &&
    asked.status === notice.status
  return check(name, same, `${asked.status}: ${asked.currency} ${asked.amountPaid}`)
}

function check(name: string, holds: boolean, finding: string): Check {
  return { name, outcome: holds ? 'passed' : 'failed', finding }
}
