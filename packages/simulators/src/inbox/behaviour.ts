import type { Fields } from '../fields.ts'
import { isFields, wholeNumber } from '../fields.ts'
import type { Result } from '../result.ts'
import { accept, refuse } from '../result.ts'

/** How a box answers, once or several times. */
export type Behaviour = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How long it waits before it answers. */
  readonly delayMs: number
  /**
   * `whole`: at once. `dripping`: one byte every `everyMs`. `endless`: the body again and again until the caller leaves.
   * `hanging`: never. `cut`: the connection breaks.
   */
  readonly manner: (typeof manners)[number]
  readonly everyMs: number
  /** How many answers are left; null is for good. */
  readonly times: number | null
}

export const manners = ['whole', 'dripping', 'endless', 'hanging', 'cut'] as const

/** What a merchant's endpoint says when nobody told it otherwise. */
export const kindly: Behaviour = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"status":"ok"}',
  delayMs: 0,
  manner: 'whole',
  everyMs: 1_000,
  times: null,
}

const longestMs = 600_000
const longestBody = 65_536

/**
 * Reads one behaviour: `{ status, headers, body, delayMs, manner, everyMs, times, retryAfter, location }`, all optional.
 * `retryAfter` (seconds or a date) and `location` are shorthands for the headers.
 */
export function parseBehaviour(fields: Fields): Result<Behaviour, string> {
  const status = wholeNumber(fields['status'], { least: 200, most: 599, absent: kindly.status })
  if (status === null) return refuse('status: 200 to 599')
  const delayMs = wholeNumber(fields['delayMs'], { least: 0, most: longestMs, absent: 0 })
  if (delayMs === null) return refuse(`delayMs: 0 to ${longestMs}`)
  const everyMs = wholeNumber(fields['everyMs'], { least: 1, most: longestMs, absent: kindly.everyMs })
  if (everyMs === null) return refuse(`everyMs: 1 to ${longestMs}`)
  const times = wholeNumber(fields['times'] ?? undefined, { least: 1, most: 1_000_000, absent: 0 })
  if (times === null) return refuse('times: a whole number from 1, or null for good')
  const manner = manners.find((each) => each === (fields['manner'] ?? 'whole'))
  if (manner === undefined) return refuse(`manner: one of ${manners.join(', ')}`)
  const body = fields['body'] ?? kindly.body
  if (typeof body !== 'string' || body.length > longestBody)
    return refuse(`body: up to ${longestBody} characters`)
  const headers = parseHeaders(fields)
  if (!headers.ok) return headers
  return accept({
    status,
    delayMs,
    everyMs,
    manner,
    body,
    headers: headers.value,
    times: times === 0 ? null : times,
  })
}

function parseHeaders(fields: Fields): Result<Readonly<Record<string, string>>, string> {
  const given = fields['headers'] ?? {}
  if (!isFields(given)) return refuse('headers: an object of strings')
  const shorthands = { 'retry-after': fields['retryAfter'], location: fields['location'] }
  const wanted = Object.entries({ ...given, ...shorthands }).filter(([, value]) => value !== undefined)
  const headers: Record<string, string> = { ...kindly.headers }
  for (const [name, value] of wanted) {
    const text = typeof value === 'number' ? String(value) : value
    if (
      !/^[A-Za-z0-9-]{1,64}$/.test(name) ||
      typeof text !== 'string' ||
      !/^[\x20-\x7e]{0,2048}$/.test(text)
    ) {
      return refuse(`headers: ${JSON.stringify(name)} is not a plain header`)
    }
    headers[name.toLowerCase()] = text
  }
  return accept(headers)
}
