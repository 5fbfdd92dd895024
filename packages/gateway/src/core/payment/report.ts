/** Somebody's word that money arrived, and what we did with it. */
import type { Money } from '../../base/money.ts'
import type { Instant } from '../../base/time.ts'

export type Report = {
  /** Who reports: a namespace for external ids. */
  readonly source: string
  /** The source's own id of the payment; with the source it names the payment once for ever. */
  readonly externalId: string
  /** SHA-256 over all that must be the same when the report is repeated. */
  readonly fingerprint: Uint8Array
  /** This very call: a retry of it is not a repeat. */
  readonly attemptId: string
  /** Whose money it is: the invoice's organization, or the operator's for money without a home. */
  readonly organizationId: string
  readonly invoiceId: string | null
  readonly money: Money
  /** How notices name the way it came. */
  readonly channel: string
  readonly askedReference: string
  readonly payerName: string
  readonly payerAccount: string
  readonly paidAt: Instant
  /** Why it has no home; set exactly when `invoiceId` is null. */
  readonly homeless: string | null
}

/** `booked` and `repeated` both mean: the money stands in our books. `conflicting`: this id came with other content. */
export type Booked = { readonly kind: 'booked' | 'repeated' | 'conflicting'; readonly paymentId: string }
