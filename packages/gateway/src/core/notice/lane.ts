import { after, isBefore, seconds, type Instant } from '../../base/time.ts'
import { askedToWait, type Heard } from './notice.ts'

/** How a merchant's host has been doing. */
export type Health = { readonly failures: number; readonly restsUntil: Instant | null }

/** One try as far as the host's health is concerned. */
export type Knock = { readonly startedAt: Instant; readonly heard: Heard }

/** Notices under way at once to a host that is well. */
const abreast = 16
/** After so many failures in a row a host is knocked at by one notice at a time, with growing rests. */
const troubled = 2
const longestRest = seconds(60)
const longestAskedRest = seconds(15 * 60)

export function mostAbreast(failures: number): number {
  return failures >= troubled ? 1 : abreast
}

/** Whether an answer speaks for the host (`well`), against it (`ill`), or only about this one notice (null). */
export function soundsLike(heard: Heard): 'well' | 'ill' | null {
  switch (heard.kind) {
    case 'not-sent':
      return null
    case 'no-answer':
      return heard.because === 'url-forbidden' ? null : 'ill'
    case 'answer':
      if (heard.status >= 200 && heard.status < 300) return 'well'
      return heard.status === 429 || heard.status >= 500 ? 'ill' : null
  }
}

/**
 * The host's health after some failures at once. A try that began before the last failure was known counts no more:
 * sixteen that failed together are one failure, not sixteen. `chance` in [0, 1) spreads the rests.
 */
export function afterFailures(
  before: Health,
  knocks: readonly Knock[],
  now: Instant,
  chance: number,
): Health {
  const { restsUntil } = before
  const isNews = knocks.some(({ startedAt }) => restsUntil === null || !isBefore(startedAt, restsUntil))
  const failures = before.failures + (isNews ? 1 : 0)
  const growing = failures < troubled ? 0 : Math.min(2 ** (failures - troubled), longestRest.seconds)
  const asked = Math.max(0, ...knocks.map(({ heard }) => askedToWait(heard, now) ?? 0))
  const rest = Math.max(growing * (0.75 + 0.5 * chance), Math.min(asked, longestAskedRest.seconds))
  const until = after(now, seconds(rest))
  return { failures, restsUntil: restsUntil !== null && isBefore(until, restsUntil) ? restsUntil : until }
}
