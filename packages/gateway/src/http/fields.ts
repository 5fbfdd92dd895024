import { no, ok, type Result } from '../base/result.ts'
import { refusal, type Refusal } from '../core/refusal.ts'
import type { Asked, Pairs } from './asked.ts'
import { isJsonNumber, isJsonObject, sourceOf, type Json, type JsonObject } from './json.ts'

/** Flat named texts, each name once: numbers as they were written, booleans as `true` and `false`, null as empty. */
export type Fields = ReadonlyMap<string, string>

export type FieldsRefusal = Refusal<'body_unreadable' | 'field_repeated'>

/**
 * Names that may come several times; their values stand in one text, divided by line ends. In JSON they are a list.
 */
export type Repeatable = ReadonlySet<string>
const none: Repeatable = new Set()

/** The fields of the body, whatever encoding it came in. A body that is absent has none. */
export function bodyFields(asked: Asked, repeatable: Repeatable = none): Result<Fields, FieldsRefusal> {
  const { body } = asked
  switch (body.kind) {
    case 'none':
      return ok(new Map())
    case 'form':
      return pairFields(body.pairs, repeatable)
    case 'json':
      return jsonFields(body.value, repeatable)
    case 'text':
      return no(refusal('body_unreadable', { because: 'send a form or JSON, with its Content-Type' }))
    case 'unreadable':
      return no(refusal('body_unreadable', { because: body.because }))
  }
}

export function queryFields(asked: Asked, repeatable: Repeatable = none): Result<Fields, FieldsRefusal> {
  return pairFields(asked.query, repeatable)
}

/** Query string and body together; a name in both is refused, because only one of them can be what was signed. */
export function allFields(asked: Asked, repeatable: Repeatable = none): Result<Fields, FieldsRefusal> {
  const query = queryFields(asked, repeatable)
  if (!query.ok) return query
  const body = bodyFields(asked, repeatable)
  if (!body.ok) return body
  const twice = [...query.value.keys()].find((name) => body.value.has(name))
  if (twice !== undefined) return no(repeated(twice))
  return ok(new Map([...query.value, ...body.value]))
}

function pairFields(pairs: Pairs, repeatable: Repeatable): Result<Fields, FieldsRefusal> {
  const fields = new Map<string, string>()
  for (const [name, value] of pairs) {
    const before = fields.get(name)
    if (before !== undefined && !repeatable.has(name)) return no(repeated(name))
    fields.set(name, before === undefined ? value : `${before}\n${value}`)
  }
  return ok(fields)
}

function jsonFields(value: Json, repeatable: Repeatable): Result<Fields, FieldsRefusal> {
  if (!isJsonObject(value)) return no(refusal('body_unreadable', { because: 'send one JSON object' }))
  const fields = new Map(fieldsOf(value))
  for (const [name, member] of Object.entries(value)) {
    if (!repeatable.has(name) || !Array.isArray(member)) continue
    const texts = member.filter((each) => typeof each === 'string')
    if (texts.length < member.length)
      return no(refusal('body_unreadable', { field: name, because: 'send a text or a list of texts' }))
    fields.set(name, texts.join('\n'))
  }
  return ok(fields)
}

/** The fields of a JSON object. What is nested is no field: lists and objects of an asker's own are left aside. */
export function fieldsOf(value: JsonObject): Fields {
  const fields = new Map<string, string>()
  for (const [name, member] of Object.entries(value)) {
    const asText = flat(member)
    if (asText !== null) fields.set(name, asText)
  }
  return fields
}

function flat(value: Json): string | null {
  if (typeof value === 'string') return value
  if (isJsonNumber(value)) return sourceOf(value)
  if (typeof value === 'boolean') return String(value)
  return value === null ? '' : null
}

function repeated(name: string): Refusal<'field_repeated'> {
  return refusal('field_repeated', { field: name, because: 'send it once' })
}
