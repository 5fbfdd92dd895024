import { no, ok, type Result } from '../../base/result.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'

/** What one setting must look like, and in words. */
export type Rule = { readonly holds: (text: string) => boolean; readonly because: string }

/**
 * Reads settings that are texts, each by its rule. The refusal names every one that is missing or wrong, so that an
 * operator mends all at once; it never repeats what was written, because some of it is secret.
 */
export function readSettings<Name extends string>(
  settings: unknown,
  rules: Readonly<Record<Name, Rule>>,
): Result<Readonly<Record<Name, string>>, Refusal<'channel_unavailable'>> {
  const written =
    typeof settings === 'object' && settings !== null ? (settings as Record<string, unknown>) : {}
  const names = Object.keys(rules) as Name[]
  const read = names.map((name) => {
    const value = Object.hasOwn(written, name) ? written[name] : ''
    return [name, typeof value === 'number' ? String(value) : value] as const
  })
  const wrong = read.filter(([name, value]) => typeof value !== 'string' || !rules[name].holds(value))
  const unknown = Object.keys(written).filter((name) => !Object.hasOwn(rules, name))
  const faults = [
    ...wrong.map(([name]) => `${name}: ${rules[name].because}`),
    ...unknown.map((name) => `${name}: there is no such setting`),
  ]
  const [field] = [...wrong.map(([name]) => name), ...unknown]
  if (field !== undefined) return no(refusal('channel_unavailable', { field, because: faults.join('; ') }))
  return ok(Object.fromEntries(read) as Record<Name, string>)
}
