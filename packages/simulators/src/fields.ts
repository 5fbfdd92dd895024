import type { Result } from './result.ts'
import { accept, refuse } from './result.ts'

/** A parsed JSON object. */
export type Fields = Readonly<Record<string, unknown>>

/** Reads a body as one JSON object; an empty body is an empty object. Anything else is refused. */
export function jsonObject(body: Buffer): Result<Fields, 'not JSON' | 'not an object'> {
  const text = body.toString('utf8')
  if (text.trim() === '') return accept({})
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return refuse('not JSON')
  }
  return isFields(parsed) ? accept(parsed) : refuse('not an object')
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads a whole number within bounds; an absent one takes the default. */
export function wholeNumber(
  value: unknown,
  bounds: { readonly least: number; readonly most: number; readonly absent: number },
): number | null {
  if (value === undefined) return bounds.absent
  if (typeof value !== 'number' || !Number.isInteger(value)) return null
  return value >= bounds.least && value <= bounds.most ? value : null
}
