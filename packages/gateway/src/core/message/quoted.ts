import type { Locale } from '../../base/locale.ts'

/**
 * What somebody chose as a name, as a letter of ours may show it: one line in the quotation marks of the language, which it
 * cannot close. An address in it is broken apart, so that no mail program makes a link of it that seems to be from us.
 */
export function quoted(locale: Locale, text: string): string {
  const plain = text
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replaceAll(/["“”„‟«»]/g, '’')
    .replaceAll(/([.。．｡:])(?=[^ ])/gu, '$1 ')
    .trim()
  const [open, close] = marks[locale]
  return open + [...plain].slice(0, mostLetters).join('') + close
}

const mostLetters = 100

const marks: Readonly<Record<Locale, readonly [open: string, close: string]>> = {
  en: ['“', '”'],
  sw: ['“', '”'],
  fr: ['« ', ' »'],
}
