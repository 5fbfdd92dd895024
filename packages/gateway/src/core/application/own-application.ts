/** Rules of the form in which people keep their application. */
import { contrast } from '../../base/contrast.ts'
import { quotaFault } from '../organization/quota.ts'
import type { ApplicationKind } from './application.ts'
import { redirectFault } from './redirect.ts'

/** A picture that we encoded ourselves. */
export type Logo = { readonly mediaType: string; readonly bytes: Uint8Array }

/** The addresses of a text area: one a line, blank lines left out. */
export function addressLines(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** What is wrong with each line that is wrong, a sentence each; null when nothing is. */
export function addressFaults(lines: readonly string[], kind: ApplicationKind): string | null {
  const limit = lines.length === 0 ? null : quotaFault('redirect addresses', lines.length - 1)
  if (limit !== null) return limit
  const faults = lines.flatMap((line, place) => {
    const because = lines.indexOf(line) < place ? 'It stands there already.' : redirectFault(line, kind)
    return because === null ? [] : [`Line ${place + 1}, ${line.slice(0, 100)}: ${because}`]
  })
  return faults.length === 0 ? null : faults.join('\n')
}

/** What is allowed and still worth a second look, a sentence each. */
export function addressWarnings(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const host = URL.parse(line)?.hostname ?? ''
    if (host.split('.').some((label) => label.startsWith('xn--')))
      return [
        `${line}: the host is written in letters beyond a to z and may be taken for another. Is it yours?`,
      ]
    if (line.startsWith('http:')) return [`${line}: plain http is for your own machine, while you develop.`]
    return []
  })
}

/** WCAG 2.2 section 1.4.3: white text with a contrast of 4.5 to 1 or better can be read. */
export function readsOnWhite(colour: string): boolean {
  return contrast(colour, '#ffffff') >= 4.5
}
