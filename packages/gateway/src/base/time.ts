import { no, ok, type Result } from './result.ts'

/** A point in time: milliseconds since 1970-01-01T00:00:00Z. Made by a clock, never by `Date.now()`. */
export type Instant = { readonly epochMs: number }
export type Seconds = { readonly seconds: number }

export type Clock = { readonly now: () => Instant }

export function instant(epochMs: number): Instant {
  return { epochMs }
}

export function fromDate(date: Date): Instant {
  return { epochMs: date.getTime() }
}

export function toDate(at: Instant): Date {
  return new Date(at.epochMs)
}

export function seconds(count: number): Seconds {
  return { seconds: count }
}

export function minutes(count: number): Seconds {
  return { seconds: count * 60 }
}

export function hours(count: number): Seconds {
  return { seconds: count * 3600 }
}

export function days(count: number): Seconds {
  return { seconds: count * 86_400 }
}

export function after(at: Instant, wait: Seconds): Instant {
  return { epochMs: at.epochMs + wait.seconds * 1000 }
}

export function isBefore(a: Instant, b: Instant): boolean {
  return a.epochMs < b.epochMs
}

/** Whole seconds since 1970, as JWTs and webhook timestamps carry them. */
export function epochSeconds(at: Instant): number {
  return Math.floor(at.epochMs / 1000)
}

/** East Africa Time has no summer time, so a constant offset is exact. */
const nairobiOffsetMs = 3 * 3600 * 1000

/** `2024-01-01 12:30:01` as read on a wall clock in Nairobi. */
export function formatNairobi(at: Instant): string {
  return wallClock(at.epochMs + nairobiOffsetMs)
}

function wallClock(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ')
}

/**
 * Reads exactly `YYYY-MM-DD HH:MM:SS` as Nairobi time. Days that do not exist and years outside 2000–2099 are
 * refused: a looser grammar lets a digit move into the neighbouring field of a signed text.
 */
export function parseNairobi(text: string): Result<Instant, 'grammar' | 'no such day'> {
  const match = /^(20\d\d)-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text)
  if (match === null) return no('grammar')
  const asUtc = Date.parse(`${text.replace(' ', 'T')}Z`)
  if (Number.isNaN(asUtc) || wallClock(asUtc) !== text) return no('no such day')
  return ok(instant(asUtc - nairobiOffsetMs))
}
