import type { Deps } from '../core/deps.ts'
import type { Asked } from './asked.ts'
import { cookieName, setCookie } from './cookies.ts'
import { scopeOf } from './csrf.ts'

/** What the reader picked with the language switch, on this page (`?lang=`) or an earlier one. */
const languageCookie = 'lango-language'
const yearSeconds = 365 * 86_400

/** What the pages' `pickLocale` wants to know: `pickLocale(...languageOf(deps, asked))`. */
export function languageOf(
  deps: Pick<Deps, 'publicUrl'>,
  asked: Pick<Asked, 'query' | 'cookies' | 'headers'>,
): readonly [acceptLanguage: string, chosen: string] {
  const chosen = pickedNow(asked) ?? asked.cookies[cookieName(languageCookie, scopeOf(deps))] ?? ''
  return [asked.headers['accept-language'] ?? '', chosen]
}

/** Cookies for `set-cookie` that keep a language which was picked on this very page. */
export function keepLanguage(deps: Pick<Deps, 'publicUrl'>, asked: Pick<Asked, 'query'>): readonly string[] {
  const picked = pickedNow(asked)
  return picked === null ? [] : [rememberLanguage(deps, picked)]
}

export function rememberLanguage(deps: Pick<Deps, 'publicUrl'>, locale: string): string {
  return setCookie(languageCookie, locale, { ...scopeOf(deps), maxAge: yearSeconds })
}

function pickedNow({ query }: Pick<Asked, 'query'>): string | null {
  const picked = query.find(([name]) => name === 'lang')?.[1]
  return picked !== undefined && /^[a-z]{2}$/.test(picked) ? picked : null
}
