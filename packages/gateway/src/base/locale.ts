/** The languages in which we speak to people, by their ISO 639-1 codes. The one list: all else is derived from it. */
export const locales = ['en', 'sw', 'fr'] as const

export type Locale = (typeof locales)[number]

/** A text in each language that we speak. */
export type Words = Readonly<Record<Locale, string>>

/** What is made for each language in the same way. */
export function inEachLocale<T>(make: (locale: Locale) => T): Readonly<Record<Locale, T>> {
  return Object.fromEntries(locales.map((locale) => [locale, make(locale)])) as Record<Locale, T>
}

/** Our language for a tag as browsers, applications and old clients write it: `fr`, `fr-CD`, `FR_fr` (RFC 5646). */
export function localeOfTag(tag: string): Locale | undefined {
  const language = tag.trim().toLowerCase().split(/[-_]/, 1)[0]
  return locales.find((locale) => locale === language)
}
