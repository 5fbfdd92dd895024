import { frameCopy } from '../copy/frame.ts'
import { localeNames, locales, type Locale } from '../copy/locale.ts'
import { html, type Html } from './html.ts'

/** Where the same page is found in each language. */
export type Languages = Readonly<Record<Locale, string>>

/** Addresses of one page by language: `?lang=` is set, all else in the query stays. */
export function languagesOf(path: string, query: Readonly<Record<string, string>> = {}): Languages {
  const at = (lang: Locale): string => `${path}?${new URLSearchParams({ ...query, lang }).toString()}`
  return { en: at('en'), sw: at('sw') }
}

export function languageSwitch(current: Locale, languages: Languages): Html {
  return html`<nav class="languages" aria-label="${frameCopy[current].language}">
    ${locales.map((locale) =>
      locale === current
        ? html`<span lang="${locale}" aria-current="true">${localeNames[locale]}</span>`
        : html`<a lang="${locale}" hreflang="${locale}" href="${languages[locale]}"
            >${localeNames[locale]}</a
          >`,
    )}
  </nav>`
}
