import type { Locale } from './locale.ts'
import { no, ok, type Result } from './result.ts'

/** An amount in integer minor units of an ISO 4217 currency. */
export type Money = { readonly minor: bigint; readonly currency: Currency }

/**
 * Minor-unit digits by ISO 4217 code, for the currencies that we serve. A table, never a factor of 100:
 * an exponent that is guessed charges a hundredfold.
 */
export const exponents = {
  KES: 2, UGX: 0, TZS: 2, RWF: 0, BIF: 0, ETB: 2, SSP: 2, SOS: 2, DJF: 0, CDF: 2, NGN: 2, GHS: 2, XAF: 0, XOF: 0,
  ZAR: 2, ZMW: 2, MWK: 2, MZN: 2, EGP: 2, USD: 2, EUR: 2, GBP: 2, JPY: 0, KWD: 3, BHD: 3, JOD: 3, OMR: 3, TND: 3,
} as const // prettier-ignore

export type Currency = keyof typeof exponents

export function isCurrency(code: string): code is Currency {
  return Object.hasOwn(exponents, code)
}

/** Largest amount that we carry: 12 integer digits, well inside a bigint column even when summed for years. */
export const maxIntegerDigits = 12

export type MoneyFault = 'currency' | 'grammar' | 'range' | 'precision'

/**
 * Reads a decimal amount: `0` or no leading zero, at most 12 integer digits, optional decimals that the currency
 * has. Nothing else: no sign, exponent, blank, separator or foreign digit. It refuses and never rounds.
 */
export function parseMoney(text: string, currency: string): Result<Money, MoneyFault> {
  if (!isCurrency(currency)) return no('currency')
  const match = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text)
  if (match === null) return no('grammar')
  const [, whole = '0', fraction = ''] = match
  if (whole.length > maxIntegerDigits) return no('range')
  const digits = exponents[currency]
  if (fraction.length > digits) return no('precision')
  return ok({ minor: BigInt(whole + fraction.padEnd(digits, '0')), currency })
}

/** Prints with all decimals of the currency: KES 150050n is `1500.50`, UGX 1500n is `1500`. */
export function formatMoney(money: Money): string {
  return formatMinor(money.minor, exponents[money.currency])
}

/** Prints with a fixed number of decimals, for wires that want two whatever the currency has. Never drops a digit. */
export function formatDecimals(money: Money, decimals: number): string {
  const own = exponents[money.currency]
  if (decimals < own) throw new Error(`${money.currency} does not fit into ${decimals} decimals`)
  return formatMinor(money.minor * 10n ** BigInt(decimals - own), decimals)
}

function formatMinor(minor: bigint, digits: number): string {
  const sign = minor < 0n ? '-' : ''
  const all = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`
}

/** For people: grouped thousands, `KES 1,500.50`; in French, where a comma begins the decimals, `1 500,50 KES`. */
export function sayMoney(money: Money, locale: Locale): string {
  const { group, point, say } = ways[locale]
  const [whole = '0', fraction] = formatMoney(money).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  return say(money.currency, fraction === undefined ? grouped : grouped + point + fraction)
}

type WayOfSaying = {
  readonly group: string
  readonly point: string
  readonly say: (code: Currency, figures: string) => string
}

const codeFirst: WayOfSaying = { group: ',', point: '.', say: (code, figures) => `${code} ${figures}` }
/** The spaces within and behind the figures do not break (U+202F, U+00A0). */
const codeLast: WayOfSaying = {
  group: '\u202f',
  point: ',',
  say: (code, figures) => `${figures}\u00a0${code}`,
}
const ways: Readonly<Record<Locale, WayOfSaying>> = { en: codeFirst, sw: codeFirst, fr: codeLast }

export function money(minor: bigint, currency: Currency): Money {
  return { minor, currency }
}
