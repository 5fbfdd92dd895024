import type { Locale, Words } from '../base/locale.ts'
import type { Money } from '../base/money.ts'
import type { Instant } from '../base/time.ts'

/** A bill as its payer may see it: no more of anybody than that needs. */
export type CheckoutView = {
  readonly organizationName: string
  readonly invoiceNumber: string
  readonly reference: string
  readonly description: string
  readonly expected: Money
  readonly paid: Money
  readonly outstanding: Money
  readonly state: 'pending' | 'partial' | 'settled' | 'cancelled' | 'expired'
  readonly successUrl: string
  readonly hasPicture: boolean
  /** Masked; empty when the merchant gave none. */
  readonly payerPhone: string
  readonly channels: readonly Way[]
  /** The newest try to pay. */
  readonly attempt: Try | null
  readonly payments: readonly Arrived[]
  readonly now: Instant
}

/** A way to pay, wholly described by data: a new channel needs no edit of the page. */
export type Way = {
  readonly id: string
  readonly label: Words
  readonly asks: readonly { readonly name: string; readonly label: Words; readonly hint: Words }[]
  readonly instructions?: Words
  /** Whether this amount can be carried; the channel refuses what it cannot, and never rounds. */
  readonly carries: (amount: Money) => { readonly ok: boolean }
  /** What to tell the payer for each of its words for a failure. */
  readonly advice: Readonly<Record<string, Words>>
}

export type Try = {
  readonly channel: string
  readonly state: 'started' | 'waiting' | 'succeeded' | 'failed' | 'unknown'
  /** Whether it may still end in money: then another one would risk paying twice. */
  readonly open: boolean
  readonly outcome: string | null
  readonly startedAt: Instant
  /** How often we asked the provider what became of it. */
  readonly asks: number
}

export type Arrived = {
  readonly reference: string
  readonly amount: Money
  /** How much of it went to this bill. */
  readonly applied: Money
  readonly channel: string
  readonly paidAt: Instant
}

export type CheckoutProps = {
  readonly locale: Locale
  readonly view: CheckoutView
  /** Our own address: merchants show this page from their origin, so every address in it is absolute. */
  readonly base: string
  readonly requestId: string
  /** Good for starting one try from exactly this state of the bill. */
  readonly token: string
  /** What was wrong with the form that was just sent. */
  readonly trouble?: Trouble
}

export type Trouble = {
  readonly kind: 'phone_invalid' | 'phone_limited' | 'refused' | 'unavailable' | 'form_expired'
  readonly channel: string
  /** What was typed, to be mended. */
  readonly phone: string
}

/** How long a payer may take before we say that we ask the provider, in milliseconds. */
const patienceMs = 60_000

export function isOpen(attempt: Try | null): boolean {
  return attempt?.open === true
}

/** Whether the provider calls an open try paid and has not named the payment yet: nobody should pay again. */
export function isSaidPaid(attempt: Try): boolean {
  return attempt.open && attempt.outcome === 'paid-without-receipt'
}

/** Whether the page should say that it takes long and that we ask the provider ourselves. */
export function isSlow({ attempt, now }: CheckoutView): boolean {
  if (attempt === null || !isOpen(attempt)) return false
  return (
    attempt.state === 'unknown' || attempt.asks > 0 || now.epochMs - attempt.startedAt.epochMs > patienceMs
  )
}

/** Tells versions of the page's live part apart. */
export function markOf({ view, token }: Pick<CheckoutProps, 'view' | 'token'>): string {
  return isSlow(view) ? `${token}.slow` : token
}

/** An address of this page or of a part of it; absolute, because the page may be shown from elsewhere. */
export function checkoutUrl(
  { base, requestId, locale }: Pick<CheckoutProps, 'base' | 'requestId' | 'locale'>,
  path = '',
  more: Readonly<Record<string, string>> = {},
): string {
  return `${base}/checkout${path}?${new URLSearchParams({ request_id: requestId, lang: locale, ...more }).toString()}`
}

/** Only web addresses are ever linked, whatever stands in an invoice. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//.test(url)
}

/** The channel's name in the reader's language; its id if it is not offered any more. */
export function wayName({ view, locale }: CheckoutProps, id: string): string {
  return view.channels.find((way) => way.id === id)?.label[locale] ?? id
}
