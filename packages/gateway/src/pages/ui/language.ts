import { inEachLocale, locales, type Locale, type Words } from '../../base/locale.ts'
import { frameCopy } from '../copy/frame.ts'
import { localeNames } from '../copy/locale.ts'
import { html, type Html } from './html.ts'

/** Where the same page is found in each language. */
export type Languages = Words

/** Addresses of one page by language: `?lang=` is set, all else in the query stays. */
export function languagesOf(path: string, query: Readonly<Record<string, string>> = {}): Languages {
  return inEachLocale((lang) => `${path}?${new URLSearchParams({ ...query, lang }).toString()}`)
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
