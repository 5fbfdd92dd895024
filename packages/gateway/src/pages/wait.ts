import type { Locale } from '../base/locale.ts'
import { signInCopy } from './copy/signin.ts'

/** How long, in the words of the reader: seconds at first, then whole minutes. */
export function timeOf(locale: Locale, seconds: number): string {
  const words = signInCopy[locale]
  return seconds < 90 ? words.seconds(seconds) : words.minutes(Math.ceil(seconds / 60))
}

export function waitTitle(locale: Locale): string {
  return signInCopy[locale].waitTitle
}

export function waitWords(locale: Locale, time: string): string {
  return signInCopy[locale].wait(time)
}
