import type { Money } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { ApiClient } from '../organization/api-key.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { mayServe } from './find-payable.ts'

export type ConfirmPayment = {
  readonly aggregator: ApiClient
  readonly number: string
  readonly askedReference: string
  readonly money: Money
  /** The aggregator's own id of the payment: its namespace is the aggregator. */
  readonly externalId: string
  readonly paidAt: Instant
  readonly payerName: string
  readonly payerAccount: string
  /** All that must be the same when the same payment is reported again. */
  readonly content: readonly string[]
}

/**
 * Books what an aggregator says arrived. It arrived, so it is booked wherever it fits, at worst in suspense; only an
 * id that was used for other content is refused.
 */
export async function confirmPayment(
  deps: Deps,
  asked: ConfirmPayment,
): Promise<Result<null, Refusal<'payment_conflicts'>>> {
  const key = await deps.routeInvoice(asked.number)
  const home = key !== null && mayServe(asked.aggregator, key.organizationId) ? key : null
  const booked = await deps.book({
    source: asked.aggregator.id,
    externalId: asked.externalId,
    fingerprint: deps.digests.sha256(JSON.stringify(asked.content)),
    attemptId: deps.ids.next(),
    organizationId: home?.organizationId ?? deps.operatorId,
    invoiceId: home?.invoiceId ?? null,
    homeless: home === null ? homeless(key !== null) : null,
    money: asked.money,
    channel: 'Bank',
    askedReference: asked.askedReference,
    payerName: asked.payerName,
    payerAccount: asked.payerAccount,
    paidAt: asked.paidAt,
  })
  return booked.kind === 'conflicting'
    ? no(refusal('payment_conflicts', { because: 'this transaction id was confirmed with other content' }))
    : ok(null)
}

function homeless(isKnown: boolean): string {
  return isKnown
    ? 'the bill is of an organization that this aggregator is not linked to'
    : 'no bill has this reference'
}
