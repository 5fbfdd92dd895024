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
    const plain: unknown = JSON.parse(source)
    const { twice, hasNumber } = walk(source)
    // Keeping how numbers were written costs as much as all the rest, and most bodies on our wires have none.
    const value = (hasNumber ? JSON.parse(source, keepSource) : plain) as Json
    if (!isWellFormed(value)) return no('a text in it is no well-formed Unicode')
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

/** What matters of a text already known to be JSON: its strings, those before a colon being names; braces; digits. */
const tokens = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]|\d+/g

type Walked = { readonly twice: string | null; readonly hasNumber: boolean }

function walk(source: string): Walked {
  const open: Set<string>[] = []
  let twice: string | null = null
  let hasNumber = false
  for (const [token, text = '', colon] of source.matchAll(tokens)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (colon !== undefined) {
      const name = text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text
      if (open.at(-1)?.has(name) === true) twice ??= name
      open.at(-1)?.add(name)
    } else if (!token.startsWith('"')) hasNumber = true
  }
  return { twice, hasNumber }
}
