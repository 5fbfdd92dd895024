import { localeOfTag, type Locale, type Words } from '../../base/locale.ts'

/** Each language by its own name: whoever needs the switch cannot read the other ones. */
export const localeNames: Words = { en: 'English', sw: 'Kiswahili', fr: 'Français' }

/**
 * The best of our languages for an `Accept-Language` header (RFC 9110 section 12.5.4); English when none fits.
 * `chosen` is what the reader picked with the switch, and wins.
 */
export function pickLocale(acceptLanguage: string, chosen = ''): Locale {
  const picked = localeOfTag(chosen)
  if (picked !== undefined) return picked
  const wanted = acceptLanguage
    .split(',')
    .map((part, place) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.map((each) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(each)?.[1]).find(Boolean)
      return { range, weight: Number(weight ?? 1), place }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.place - b.place)
  return wanted.map(({ range }) => localeOfTag(range)).find((locale) => locale !== undefined) ?? 'en'
}
