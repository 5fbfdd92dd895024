/** What we send to people themselves: codes, links, and news of their own accounts. */
import { isBefore, seconds, after, type Instant, type Seconds } from '../../base/time.ts'

export type Medium = 'email' | 'sms'

/** Where somebody is reached: an e-mail address in normal form, or E.164 digits without `+`. */
export type Contact = { readonly medium: Medium; readonly address: string }

/** An SMS has no subject, and leaves it out. */
export type Letter = { readonly subject: string; readonly text: string }

export type Message = Contact & {
  readonly id: string
  readonly letter: Letter
  /** Not sent after this. */
  readonly expiresAt: Instant
  /** Tries that were begun, this one included. */
  readonly tries: number
}

/** What became of a try. */
export type Sent =
  | { readonly kind: 'sent' }
  /** `final`: the other side will never take it. `because` holds neither address nor text. */
  | { readonly kind: 'failed'; readonly because: string; readonly final: boolean }

export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'again'; readonly at: Instant; readonly because: string }
  | { readonly kind: 'given-up'; readonly because: string }

/** Somebody waits for a code with the page open: soon at first, then rarer. */
const pauses: readonly Seconds[] = [3, 10, 30, 60, 180, 600].map(seconds)
const longestPause = seconds(1800)

/** What is done after a try. A message whose time is over before the next one is given up. */
export function decideOutcome(
  message: Pick<Message, 'tries' | 'expiresAt'>,
  sent: Sent,
  now: Instant,
): Outcome {
  if (sent.kind === 'sent') return { kind: 'sent' }
  if (sent.final) return { kind: 'given-up', because: sent.because }
  const at = after(now, pauses[message.tries - 1] ?? longestPause)
  return isBefore(at, message.expiresAt)
    ? { kind: 'again', at, because: sent.because }
    : { kind: 'given-up', because: `expired; ${sent.because}` }
}
