import type { Money } from '../../base/money.ts'
import { after, isBefore, minutes, days, seconds, type Instant } from '../../base/time.ts'

/** One try to pay an invoice through a channel. */
export type Attempt = {
  readonly organizationId: string
  readonly id: string
  readonly invoiceId: string
  readonly invoiceNumber: string
  readonly description: string
  readonly channel: string
  readonly amount: Money
  /** E.164 digits without `+`. */
  readonly payerPhone: string | null
  readonly state: AttemptState
  /**
   * Whether it may still end in money that we have not seen: then nobody starts another one through the same
   * channel. An attempt that stays unknown is open only as long as we have reason to.
   */
  readonly open: boolean
  /** The channel's word for how it stands: pages have advice for each. */
  readonly outcome: string | null
  /** The provider's name for it, once it gave one. */
  readonly providerId: string | null
  /** What the channel needs again to ask about it. */
  readonly detail: Readonly<Record<string, unknown>>
  /** The external id of the payment that it ended in; taken before the payment is booked, so that there is only one. */
  readonly receipt: string | null
  /** How often the provider was asked what became of it. */
  readonly asks: number
  readonly createdAt: Instant
}

/** `started`: the provider has not answered yet. `waiting`: it asks the payer. `unknown`: it did not say. */
export type AttemptState = 'started' | 'waiting' | 'succeeded' | 'failed' | 'unknown'

/** How the provider took the request to collect. */
export type Started =
  | {
      readonly kind: 'waiting'
      readonly providerId: string
      readonly detail: Readonly<Record<string, unknown>>
      readonly askAfterSeconds: number
    }
  /** The provider certainly does nothing. */
  | { readonly kind: 'failed'; readonly outcome: string; readonly because?: string }
  /** No answer, or one that leaves it open: ask later. */
  | { readonly kind: 'unknown'; readonly because: string }

/** What the provider says became of an attempt. Ambiguous words mean pending. */
export type Outcome =
  | { readonly kind: 'paid'; readonly money: PaidMoney }
  /** It is paid, but the provider does not name the payment here, so that it cannot be booked once and only once. */
  | { readonly kind: 'paid-without-receipt' }
  | { readonly kind: 'failed'; readonly outcome: string }
  | { readonly kind: 'pending'; readonly because: string }

/** What the provider says arrived. */
export type PaidMoney = {
  /** The provider's receipt; with the channel it names the payment once for ever. */
  readonly externalId: string
  readonly amount: Money
  readonly payerAccount: string
  /** Null when the provider does not say. */
  readonly paidAt: Instant | null
}

/** A word of the provider about one of its own ids. */
export type Heard = { readonly providerId: string; readonly outcome: Outcome }

/** Why a word of the provider is not believed. Nothing is booked on it; the provider is asked. */
export type Doubt = 'other-attempt' | 'other-amount' | 'other-receipt' | 'receipt-taken'

export type Decision =
  /** Take the receipt, book the money, and only then call it succeeded. */
  | { readonly kind: 'book'; readonly money: PaidMoney; readonly providerId: string }
  | { readonly kind: 'save'; readonly change: AttemptChange }
  /** It says nothing new. */
  | { readonly kind: 'nothing' }
  /** We do not know yet what the provider calls it: the answer to our own request is on its way. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'doubt'; readonly doubt: Doubt }

/** What becomes of an attempt; `askAt` null: nobody asks any more. */
export type AttemptChange = Pick<Attempt, 'state' | 'open' | 'outcome' | 'asks'> & {
  readonly providerId?: string
  readonly detail?: Attempt['detail']
  readonly askAt: Instant | null
}

/** The word of an attempt that the provider calls paid and cannot name (docs/decisions/0004). */
const paidWithoutReceipt = 'paid-without-receipt'

/** How long a provider may take to answer the request itself, before somebody else looks after the attempt. */
export const startLease = seconds(60)

/** Where there is nothing to ask by, a late word of the provider is all that can come: a prompt lives a minute or two. */
const unaskable = minutes(15)
const longestAsking = days(1)

/** Waits after the first ask, the second, …; the last one goes on. */
const asking = [30, 30, 60, 120, 300, 900, 3600] as const

/** What follows from the provider's answer to our request to collect. */
export function decideStart(attempt: Attempt, started: Started, now: Instant): AttemptChange | null {
  // The callback overtook the answer: what is known already is better.
  if (!attempt.open || attempt.state === 'waiting') return null
  const { asks } = attempt
  if (started.kind === 'waiting') {
    const { providerId, detail } = started
    const askAt = after(now, seconds(started.askAfterSeconds))
    return { state: 'waiting', open: true, outcome: null, asks, providerId, detail, askAt }
  }
  if (started.kind === 'failed') {
    return { state: 'failed', open: false, outcome: started.outcome, asks, askAt: null }
  }
  return stillUnknown(attempt, now)
}

/** What follows from a callback, which claims an id and an amount: our own record decides. */
export function decideHeard(attempt: Attempt, heard: Heard, now: Instant): Decision {
  // Only the provider knows the callback's address, so an id that never reached us is taken from there.
  if (attempt.providerId === null && attempt.state === 'started') return { kind: 'wait' }
  if (attempt.providerId !== null && attempt.providerId !== heard.providerId) return doubt('other-attempt')
  return decide(attempt, heard, now)
}

/** What follows from the provider's word, when it certainly speaks of this attempt. */
export function decide(attempt: Attempt, { outcome, providerId }: Heard, now: Instant): Decision {
  switch (outcome.kind) {
    case 'paid':
      return paid(attempt, outcome.money, providerId)
    case 'paid-without-receipt':
      return attempt.state === 'succeeded'
        ? { kind: 'nothing' }
        : save(askOn(attempt, paidWithoutReceipt, now))
    case 'failed':
      // Money that has arrived stays; a failure that was known is no news.
      return (attempt.open || attempt.state === 'unknown') && attempt.receipt === null
        ? save({
            state: 'failed',
            open: false,
            outcome: outcome.outcome,
            asks: attempt.asks,
            askAt: null,
            providerId,
          })
        : { kind: 'nothing' }
    case 'pending':
      return attempt.open ? save(askOn(attempt, attempt.outcome, now)) : { kind: 'nothing' }
  }
}

/** Success counts whenever it comes, even after a failure; but one attempt is paid once, and exactly. */
function paid(attempt: Attempt, money: PaidMoney, providerId: string): Decision {
  if (attempt.receipt !== null && attempt.receipt !== money.externalId) return doubt('other-receipt')
  if (attempt.state === 'succeeded') return { kind: 'nothing' }
  const { minor, currency } = attempt.amount
  if (money.amount.minor !== minor || money.amount.currency !== currency) return doubt('other-amount')
  return { kind: 'book', money, providerId }
}

export function succeeded(attempt: Attempt): AttemptChange {
  return { state: 'succeeded', open: false, outcome: null, asks: attempt.asks, askAt: null }
}

/** After something that is not believed: ask at once, if anything is to be asked. */
export function askNow(attempt: Attempt, now: Instant): AttemptChange | null {
  const { state, open, outcome, asks } = attempt
  return open && attempt.providerId !== null ? { state, open, outcome, asks, askAt: now } : null
}

/** What follows where nobody can be asked, because the provider never named the attempt or answers no questions. */
export function stillUnknown(attempt: Attempt, now: Instant): AttemptChange {
  const until = after(attempt.createdAt, unaskable)
  const over = !isBefore(now, until)
  return {
    state: 'unknown',
    open: !over,
    outcome: attempt.outcome,
    asks: attempt.asks,
    askAt: over ? null : until,
  }
}

/**
 * Asks again later, ever more slowly, for a day. Then it stays unknown for the desk; what the provider called paid
 * stays open, because whoever paid must not be asked to pay again.
 */
function askOn(attempt: Attempt, outcome: string | null, now: Instant): AttemptChange {
  const asks = attempt.asks + 1
  const isPaid = outcome === paidWithoutReceipt
  const over = isBefore(after(attempt.createdAt, longestAsking), now)
  const wait = asking[Math.min(asks, asking.length) - 1] ?? 3600
  return {
    state: isPaid || over ? 'unknown' : attempt.state,
    open: attempt.open && (isPaid || !over),
    outcome,
    asks,
    askAt: over ? null : after(now, seconds(wait)),
  }
}

function save(change: AttemptChange): Decision {
  return { kind: 'save', change }
}

function doubt(because: Doubt): Decision {
  return { kind: 'doubt', doubt: because }
}
