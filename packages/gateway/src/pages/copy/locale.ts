/** The languages that we speak, and how one is picked. */

export type Locale = 'en' | 'sw'

/** A text in each language that we speak. */
export type Words = Readonly<Record<Locale, string>>

export const locales = ['en', 'sw'] as const satisfies readonly Locale[]

/** Each language by its own name: whoever needs the switch cannot read the other one. */
export const localeNames: Words = { en: 'English', sw: 'Kiswahili' }

/**
 * The best of our languages for an `Accept-Language` header (RFC 9110 section 12.5.4); English when none fits.
 * `chosen` is what the reader picked with the switch, and wins.
 */
export function pickLocale(acceptLanguage: string, chosen = ''): Locale {
  const picked = locales.find((locale) => locale === chosen)
  if (picked !== undefined) return picked
  const wanted = acceptLanguage
    .split(',')
    .map((part, place) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.map((each) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(each)?.[1]).find(Boolean)
      return { language: range.split('-')[0] ?? '', weight: Number(weight ?? 1), place }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.place - b.place)
  for (const { language } of wanted) {
    const known = locales.find((locale) => locale === language)
    if (known !== undefined) return known
  }
  return 'en'
}
