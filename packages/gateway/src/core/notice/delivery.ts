/** What is kept of one try to deliver a notice, for whoever looks why it did not arrive. */
import { days } from '../../base/time.ts'
import type { Outgoing } from '../ports.ts'

/** Names and values in the order in which they are shown. */
export type Headers = readonly (readonly [name: string, value: string])[]

export type SentRequest = {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  /** Its beginning, when it was longer than is kept. */
  readonly body: string
}

/** How long tries are kept; the notices themselves stay. */
export const deliveriesKept = days(30)

/** Characters of a body that are kept: some eighty payments of one invoice. */
const longestBody = 16_384
const longestHeader = 300

/** A request as text: its first line, header fields, an empty line, the body. */
export function printRequest({ method, url, headers, body = '' }: Pick<Outgoing, keyof SentRequest>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${url}`, ...lines, '', body.slice(0, longestBody)].join('\n')
}

/** The same read again; null when nothing was sent. No line before the body holds a line break. */
export function readRequest(text: string): SentRequest | null {
  const cut = text.indexOf('\n\n')
  const [first = '', ...lines] = text.slice(0, cut === -1 ? undefined : cut).split('\n')
  const space = first.indexOf(' ')
  if (space === -1) return null
  return {
    method: first.slice(0, space),
    url: first.slice(space + 1),
    headers: lines.map((line) => {
      const colon = line.indexOf(': ')
      return [line.slice(0, colon), line.slice(colon + 2)] as const
    }),
    body: cut === -1 ? '' : text.slice(cut + 2),
  }
}

/** Fields of an answer that explain it. Cookies, and whatever else a server says to a browser, are not ours to keep. */
const telling = [
  'content-type',
  'content-length',
  'location',
  'retry-after',
  'www-authenticate',
  'allow',
  'server',
  'via',
  'date',
  'x-request-id',
] as const

export function tellingHeaders(headers: Readonly<Record<string, string>>): Headers {
  return telling.flatMap((name) => {
    const value = headers[name]
    return value === undefined ? [] : [[name, value.slice(0, longestHeader).replaceAll('\u0000', '\ufffd')]]
  })
}
