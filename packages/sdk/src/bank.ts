import { pesaflow as wire, secureHash } from '@lango/wire'
import { LangoError } from './fault.ts'
import { fieldOf, said, send, unexpected, type Answer, type CallOptions, type Reach } from './http.ts'
import { amountOf, currencyOf, demand, wellFormed, type Signing } from './order.ts'
import { toNairobi } from './time.ts'
import { words } from './words.ts'

/** May this be paid? */
export type BankQuestion = {
  /** The invoice number that the payer gave. */
  readonly reference: string
  readonly amount: string
  readonly currency: string
}

/** What is still to be paid, and whose bill it is, so that the payer can be asked whether it is theirs. */
export type Bill = { readonly amount: string; readonly name: string; readonly currency: string }

/** A payment that the bank took. To send a report again, send it unchanged: the transaction id makes it one payment. */
export type BankConfirmation = BankQuestion & {
  /** The bank's own, unique for ever: letters, digits, `.`, `_` and `-`. */
  readonly transactionId: string
  readonly transactionDate: Date
  readonly payerName: string
  readonly payerAccount: string
}

export async function validate(
  reach: Reach,
  { apiClientId, keys, mac }: Signing,
  question: BankQuestion,
  options?: CallOptions,
): Promise<Bill> {
  const asked = {
    api_client_id: apiClientId,
    ref_no: demand('reference', question.reference),
    currency: currencyOf(question.currency),
    amount: amountOf(question.amount),
  }
  wellFormed(asked)
  const json: wire.ValidateRequest = {
    ...asked,
    secure_hash: await secureHash(wire.recipes.validate, asked, keys, mac),
  }
  const answer = await send(reach, { method: 'POST', path: wire.paths.validate, json, words }, options)
  const bill: Answer = { ...answer, json: fieldOf(answer.json, 'data') }
  return { amount: said(bill, 'amount'), name: said(bill, 'name'), currency: said(bill, 'currency') }
}

export async function confirm(
  reach: Reach,
  { apiClientId, keys, mac }: Signing,
  payment: BankConfirmation,
  options?: CallOptions,
): Promise<void> {
  const said = {
    api_client_id: apiClientId,
    ref_no: demand('reference', payment.reference),
    amount: amountOf(payment.amount),
    currency: currencyOf(payment.currency),
    gateway_transaction_id: transactionIdOf(payment.transactionId),
    gateway_transaction_date: toNairobi(payment.transactionDate),
    customer_name: payment.payerName,
    customer_account_number: payment.payerAccount,
  }
  wellFormed(said)
  const json: wire.ConfirmRequest = {
    ...said,
    secure_hash: await secureHash(wire.recipes.confirm, said, keys, mac),
  }
  const answer = await send(reach, { method: 'POST', path: wire.paths.confirm, json, words }, options)
  // A 2xx alone is no receipt: a proxy's page has that status too.
  if (fieldOf(answer.json, 'status') !== wire.outcomes.success.status) throw unexpected(answer, 'status 200')
}

function transactionIdOf(id: string): string {
  if (wire.grammar.gatewayTransactionId.test(id)) return id
  throw new LangoError(
    'invalid_input',
    'transactionId is not 1 to 64 letters, digits, dots, underscores or hyphens.',
  )
}
