/** A way to be paid, as the core sees it. A new one is one file in channels/ and a line in its list. */
import type { Words } from '../../base/locale.ts'
import type { Money } from '../../base/money.ts'
import type { Result } from '../../base/result.ts'
import type { Clock } from '../../base/time.ts'
import type { Net } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import type { Attempt, Heard, Outcome, Started } from './attempt.ts'

export type Channel = {
  /** Our name for it; never part of a public address, because some providers refuse addresses that name them. */
  readonly id: string
  /** What stands in callback addresses instead. */
  readonly alias: string
  readonly label: Words
  /** How notices name it, in the word that merchants' programs look for. */
  readonly noticeName: string
  /** What the checkout page asks before it starts. */
  readonly asks: readonly Question[]
  /** Shown instead of a form where the payer acts elsewhere (at a bank's counter). */
  readonly instructions?: Words
  /** What its provider wants to hear for a callback that we have stored. */
  readonly acknowledgement: Readonly<Record<string, unknown>>
  /** Whether this amount can be carried, exactly. */
  readonly carries: (amount: Money) => Result<Money, Refusal<'channel_refused'>>
  /** Validates its own settings, which an operator wrote. */
  readonly open: (settings: unknown) => Result<OpenChannel, Refusal<'channel_unavailable'>>
  /** What to tell the payer for each outcome word that this channel uses. */
  readonly advice: Readonly<Record<string, Words>>
}

export type Question = {
  readonly name: 'phone'
  readonly label: Words
  readonly hint: Words
  /** Whether its provider serves this number, in E.164 digits without `+`. */
  readonly accepts: (phone: string) => boolean
}

export type OpenChannel = {
  /**
   * Asks the provider to collect, and to report to the callback address. The attempt is already stored: a throw leaves
   * it unknown, never failed.
   */
  readonly start?: (attempt: Attempt, callbackUrl: string, world: ChannelWorld) => Promise<Started>
  /** Reads one callback. No side effect. */
  readonly read?: (body: string) => Result<Heard, Refusal<'field_invalid'>>
  /** Asks how an attempt with a provider's id ended. Ambiguous words mean pending; a throw as well. */
  readonly ask?: (attempt: Attempt, providerId: string, world: ChannelWorld) => Promise<Outcome>
}

export type ChannelWorld = {
  readonly net: Net
  readonly clock: Clock
  readonly token: TokenShare
}

/**
 * A provider's access token, fetched once for all processes. `refused` is one that the provider does not take any
 * more: if it is still the shared one, another is fetched. Null when none could be had.
 */
export type TokenShare = (
  name: string,
  fetchOne: () => Promise<FetchedToken | null>,
  refused?: string,
) => Promise<string | null>

/** `lives` in seconds. */
export type FetchedToken = { readonly token: string; readonly lives: number }
