import type { Static, TObject, TProperties } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { no, ok, type Result } from '../base/result.ts'
import type { Announcer } from '../core/notice/announcer.ts'
import { refusal, type Refusal } from '../core/refusal.ts'
import type { Fields } from '../http/fields.ts'
import type { Route } from '../http/route.ts'

/** A wire language that we speak: its doors, and how it tells a merchant what happened. */
export type Dialect = {
  readonly id: string
  readonly routes: readonly Route[]
  readonly announce?: Announcer
}

/** A form: named texts with a pattern each, and the rule in words, which the asker is told when it is broken. */
export type Form<Properties extends TProperties> = {
  readonly schema: TObject<Properties>
  readonly validator: Validator
}

export function form<Properties extends TProperties>(schema: TObject<Properties>): Form<Properties> {
  return { schema, validator: Compile(schema) }
}

/** Reads the fields that a form knows, and says which one is missing or wrong. Others are left aside, never echoed. */
export function readForm<Properties extends TProperties>(
  { schema, validator }: Form<Properties>,
  fields: Fields,
): Result<Static<TObject<Properties>>, Refusal<'field_missing' | 'field_invalid'>> {
  const known = Object.keys(schema.properties).filter((name) => fields.has(name))
  const value = Object.fromEntries(known.map((name) => [name, fields.get(name)]))
  const required = (schema.required ?? []) as readonly string[]
  const missing = required.find((name) => !(name in value))
  if (missing !== undefined)
    return no(refusal('field_missing', { field: missing, because: 'it is required' }))
  if (validator.Check(value)) return ok(value as Static<TObject<Properties>>)
  const path = validator.Errors(value)[0]?.instancePath ?? ''
  const field = path.split('/')[1] ?? 'body'
  return no(refusal('field_invalid', { field, because: ruleOf(schema, field) }))
}

function ruleOf(schema: TObject, field: string): string {
  const { rule } = (schema.properties[field] ?? {}) as { readonly rule?: string }
  return rule ?? 'it has a form that is not allowed'
}
