/** A stream of choices that looks random and that the same seed repeats for ever. */
export type Chance = {
  /** A number in [0, 1). */
  readonly next: () => number
  /** A whole number in [0, below). */
  readonly integer: (below: number) => number
  /** Decimal digits, the first of which is never zero. */
  readonly digits: (length: number) => string
  /** Lower- and upper-case letters and digits. */
  readonly token: (length: number) => string
}

/**
 * Opens a stream. Each concern takes a stream of its own (`${seed}:faults`, `${seed}:ids`), so that adding a fault to a test
 * does not shift the identifiers that the test has written down.
 */
export function chanceFrom(seed: string): Chance {
  let state = fnv1a(seed)
  const next = (): number => {
    // mulberry32: 32 bits of state are plenty here, since nothing secret is drawn from it.
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (below: number): number => Math.floor(next() * below)
  const drawn = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet.charAt(integer(alphabet.length))).join('')
  return {
    next,
    integer,
    digits: (length) => drawn('123456789', 1) + drawn('0123456789', length - 1),
    token: (length) => drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', length),
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
