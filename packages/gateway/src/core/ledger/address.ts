import type { Currency } from '../../base/money.ts'

/**
 * Ledger accounts of an organization are addressed by what they are for and their currency. Addresses are derived,
 * never looked up, so that posting needs no read.
 */
export type Address = string

/** Money that a source collected and has not handed over yet. */
export function clearing(source: string, currency: Currency): Address {
  return `clearing/${source}/${currency}`
}

/** What the organization earned: credit-only, so it is never locked. */
export function merchant(currency: Currency): Address {
  return `merchant/${currency}`
}

/** The operator's commission. */
export function fees(currency: Currency): Address {
  return `fees/${currency}`
}

/** Overpaid or late money; it belongs to its payers. */
export function credits(currency: Currency): Address {
  return `credits/${currency}`
}

/** Money whose place is not yet known. */
export function suspense(currency: Currency): Address {
  return `suspense/${currency}`
}

/** A wallet: bounded, it can refuse a debit. */
export function wallet(accountId: string, currency: Currency): Address {
  return `wallet/${accountId}/${currency}`
}

/** The first part of an address says what kind of account it is. */
export function kindOf(address: Address): string {
  return address.split('/', 1)[0] ?? address
}
