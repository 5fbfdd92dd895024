import assert from 'node:assert/strict'
import { findPaymentsOfInvoice } from '../../../src/core/payment/payment.sql.ts'
import { comesTo, type Bill, type Street } from './street.ts'

/** A success as the provider writes it; by hand, because a simulator does not forge. */
export function success(
  checkoutRequestId: string,
  changes: { readonly amount?: string; readonly receipt?: string } = {},
): string {
  const { amount = '105.00', receipt = 'NLJ7RT61SV' } = changes
  return `{"Body":{"stkCallback":{"MerchantRequestID":"29115-34620561-1","CheckoutRequestID":"${checkoutRequestId}",
    "ResultCode":0,"ResultDesc":"ok","CallbackMetadata":{"Item":[{"Name":"Amount","Value":${amount}},
    {"Name":"MpesaReceiptNumber","Value":"${receipt}"},{"Name":"Balance"},
    {"Name":"TransactionDate","Value":20191219102115},{"Name":"PhoneNumber","Value":254708374149}]}}}}`
}

export async function paymentsOf({ world }: Street, bill: Bill) {
  const key = await world.deps.routeInvoice(bill.number)
  assert.ok(key !== null)
  return await findPaymentsOfInvoice(world.deps.db, key)
}

/** A prompt that is on a phone; its bill, the provider's id for it and where the provider reports. */
export async function promptOnPhone(
  street: Street,
  reference: string,
  phone: string,
): Promise<{ readonly bill: Bill; readonly id: string; readonly address: string }> {
  const bill = await street.bill(reference)
  await street.pay(bill, phone)
  const attempt = await comesTo(street, bill, 'waiting')
  return { bill, id: attempt.provider_id ?? '', address: street.callbackUrl() }
}
