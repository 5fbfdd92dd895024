import { no, ok, type Result } from '../base/result.ts'

/** JSON whose numbers keep the text they were written in: a signature was made over `1.0`, not over `1`. */
export type Json = string | boolean | null | JsonNumber | readonly Json[] | JsonObject
export type JsonObject = { readonly [name: string]: Json }
export type JsonNumber = { readonly [written]: string }

const written = Symbol('written')

export function isJsonObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isJsonNumber(value)
}

export function isJsonNumber(value: Json): value is JsonNumber {
  return typeof value === 'object' && value !== null && written in value
}

/** The text of a number as it stood in the body. */
export function sourceOf(value: JsonNumber): string {
  return value[written]
}

/** Parses strictly, and refuses an object that names a member twice: readers differ in which of the two they take. */
export function parseJson(source: string): Result<Json, string> {
  try {
    const value = JSON.parse(source, keepSource) as Json
    if (!isWellFormed(value)) return no('a text in it is no well-formed Unicode')
    const twice = repeatedMember(source)
    return twice === null ? ok(value) : no(`member ${JSON.stringify(twice)} stands twice`)
  } catch {
    return no('the body is not JSON')
  }
}

function keepSource(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? { [written]: context?.source ?? String(value) } : value
}

/** Half a surrogate pair becomes another character when it is hashed or stored: so two texts would be one. */
function isWellFormed(value: Json): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null || isJsonNumber(value)) return true
  return Object.entries(value).every(([name, member]) => name.isWellFormed() && isWellFormed(member))
}

/** Walks the tokens of a text already known to be JSON: a string before a colon is a member's name. */
function repeatedMember(source: string): string | null {
  const open: Set<string>[] = []
  let last = ''
  for (const [token] of source.matchAll(/"(?:[^"\\]|\\.)*"|[{}:]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (token === ':') {
      const name = JSON.parse(last) as string
      if (open.at(-1)?.has(name) === true) return name
      open.at(-1)?.add(name)
    } else last = token
  }
  return null
}
