import type { Locale } from '../../base/locale.ts'
import { accountCopy } from '../copy/account.ts'

type Names = readonly (readonly [sign: RegExp, name: string])[]

/** In this order: most browsers also say that they are Chrome, and Chrome says that it is Safari. */
const browsers: Names = [
  [/\bOPR\/|\bOPT\/|Opera/, 'Opera'],
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/UCBrowser\//, 'UC Browser'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrom(e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: Names = [
  [/\bKAIOS\//i, 'KaiOS'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
]

/** Enough of a `User-Agent` for its owner to recognise it: `Chrome on Android`. */
export function sayBrowser(locale: Locale, userAgent: string | null): string {
  const words = accountCopy[locale]
  const text = userAgent ?? ''
  const browser = nameIn(browsers, text)
  const system = nameIn(systems, text)
  if (browser !== null && system !== null) return words.browserOn(browser, system)
  return browser ?? system ?? words.unknownBrowser
}

function nameIn(names: Names, text: string): string | null {
  return names.find(([sign]) => sign.test(text))?.[1] ?? null
}
