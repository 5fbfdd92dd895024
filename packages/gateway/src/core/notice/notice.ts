import {
  after,
  days,
  hours,
  isBefore,
  minutes,
  seconds,
  type Instant,
  type Seconds,
} from '../../base/time.ts'
import type { Answered } from '../ports.ts'
import type { InvoiceEvent } from './event.ts'

/** One message owed to one address, and how far its delivery is. */
export type Notice = Lane & {
  readonly id: string
  readonly invoiceId: string
  readonly sequence: number
  readonly dialect: string
  readonly event: InvoiceEvent
  readonly endpoint: string
  /** Which try this is, from 1. */
  readonly tries: number
  readonly createdAt: Instant
}

/** What notices queue up in: a merchant's host. What goes wrong in one lane is not felt in another. */
export type Lane = { readonly organizationId: string; readonly origin: string }

export type NoticeState = 'waiting' | 'sending' | 'delivered' | 'given-up'

/** What a try came to. `gone`: the address said so before; `unprintable`: the fault is ours, and was logged. */
export type Heard = Answered | { readonly kind: 'not-sent'; readonly because: 'gone' | 'unprintable' }

export type Decision =
  | { readonly state: 'delivered' }
  | { readonly state: 'waiting'; readonly at: Instant }
  | { readonly state: 'given-up'; readonly because: 'tried-out' | 'gone' | 'address' }

/** Waits after the first try, the second, …: the schedule that Standard Webhooks 1.0.0 recommends, some three days. */
export const schedule: readonly Seconds[] = [
  seconds(5), minutes(5), minutes(30), hours(2), hours(5), hours(10), hours(14), hours(20), hours(24),
] // prettier-ignore

/** A notice that stood behind a dead host is not kept for ever: its tries may be few, its days are counted. */
const oldest = days(7)
const longestWait = hours(24)

/**
 * What follows from a try. Any 2xx is a receipt, whatever its body says; a redirect is a failure, because following
 * one would send the notice where nobody registered. `chance` in [0, 1) spreads tries that failed together.
 */
export function decide(notice: Notice, heard: Heard, now: Instant, chance: number): Decision {
  if (heard.kind === 'answer' && heard.status >= 200 && heard.status < 300) return { state: 'delivered' }
  if (isGone(heard)) return { state: 'given-up', because: 'gone' }
  // The text of an address does not heal; what a name points to may.
  if (heard.kind === 'no-answer' && heard.because === 'url-forbidden')
    return { state: 'given-up', because: 'address' }
  const wait = schedule[notice.tries - 1]
  if (wait === undefined || isBefore(after(notice.createdAt, oldest), now)) {
    return { state: 'given-up', because: 'tried-out' }
  }
  const spread = wait.seconds * (0.9 + 0.2 * chance)
  const asked = Math.min(askedToWait(heard, now) ?? 0, longestWait.seconds)
  return { state: 'waiting', at: after(now, seconds(Math.max(spread, asked))) }
}

/** 410 Gone: the receiver wants no more of it. */
export function isGone(heard: Heard): boolean {
  return heard.kind === 'answer' ? heard.status === 410 : heard.because === 'gone'
}

/** The address as far as 410 closes it: a query may differ with every invoice. */
export function addressOf(endpoint: string): string {
  return endpoint.replace(/[?#].*$/s, '')
}

/**
 * Seconds that the receiver asked for with Retry-After (RFC 9110 section 10.2.3), on an answer that says it is busy;
 * null when it did not.
 */
export function askedToWait(heard: Heard, now: Instant): number | null {
  if (heard.kind !== 'answer' || (heard.status !== 429 && heard.status !== 503)) return null
  const text = heard.headers['retry-after']?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const at = /[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, (at - now.epochMs) / 1000)
}
