import { nairobiStamp } from '../nairobi.ts'
import type { ResultCode } from './results.ts'
import { describeResult } from './results.ts'

/** The end of a prompt, as a callback tells it. */
export type Outcome =
  | { readonly code: Exclude<ResultCode, 0> }
  | {
      readonly code: 0
      readonly amount: number
      readonly receipt: string
      readonly at: number
      readonly msisdn: string
      /** Some callbacks carry a `Balance` item without a value. */
      readonly withBalance: boolean
    }

export type Identified = { readonly merchantRequestId: string; readonly checkoutRequestId: string }

/**
 * The callback's body, byte for byte as Daraja writes it: amount, date and phone are JSON numbers, the amount with two
 * decimals, and the account reference is not among them.
 *
 * @source providers.md 2.3, callback success and failure
 */
export function printCallback(prompt: Identified, outcome: Outcome): string {
  const head = [
    `"MerchantRequestID":${JSON.stringify(prompt.merchantRequestId)}`,
    `"CheckoutRequestID":${JSON.stringify(prompt.checkoutRequestId)}`,
    `"ResultCode":${JSON.stringify(outcome.code)}`,
    `"ResultDesc":${JSON.stringify(describeResult(outcome.code))}`,
  ].join(',')
  const metadata = outcome.code === 0 ? `,"CallbackMetadata":{"Item":[${items(outcome)}]}` : ''
  return `{"Body":{"stkCallback":{${head}${metadata}}}}`
}

/** The answer to a status query. Here the result code is a string, and there is no receipt. */
export function printQueryAnswer(prompt: Identified, code: ResultCode): string {
  return JSON.stringify({
    ResponseCode: '0',
    // The three s are Daraja's own.
    ResponseDescription: 'The service request has been accepted successsfully',
    MerchantRequestID: prompt.merchantRequestId,
    CheckoutRequestID: prompt.checkoutRequestId,
    ResultCode: String(code),
    ResultDesc: describeResult(code),
  })
}

/** The answer to an accepted push. */
export function printPushAnswer(prompt: Identified): string {
  return JSON.stringify({
    MerchantRequestID: prompt.merchantRequestId,
    CheckoutRequestID: prompt.checkoutRequestId,
    ResponseCode: '0',
    ResponseDescription: 'Success. Request accepted for processing',
    CustomerMessage: 'Success. Request accepted for processing',
  })
}

function items(outcome: Extract<Outcome, { code: 0 }>): string {
  return [
    `{"Name":"Amount","Value":${outcome.amount.toFixed(2)}}`,
    `{"Name":"MpesaReceiptNumber","Value":${JSON.stringify(outcome.receipt)}}`,
    ...(outcome.withBalance ? ['{"Name":"Balance"}'] : []),
    `{"Name":"TransactionDate","Value":${nairobiStamp(outcome.at)}}`,
    `{"Name":"PhoneNumber","Value":${outcome.msisdn}}`,
  ].join(',')
}
