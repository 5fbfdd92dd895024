import type { Locale, Words } from '../../base/locale.ts'
import { toDate, type Instant } from '../../base/time.ts'

const zone = 'Africa/Nairobi'

/** Day and time of day as a reader in Nairobi says them. */
export function sayWhen(locale: Locale, at: Instant): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: zone } as const
  return new Intl.DateTimeFormat(tags[locale], style).format(toDate(at))
}

/** A calendar day, `1990-05-28`, which is the same day everywhere. */
export function sayDay(locale: Locale, day: string): string {
  const style = { dateStyle: 'long', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(tags[locale], style).format(new Date(`${day}T00:00:00Z`))
}

const tags: Words = { en: 'en-GB', sw: 'sw-KE', fr: 'fr-CD' }
