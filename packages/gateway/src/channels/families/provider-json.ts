/** JSON from providers, whose types vary with the day: a number may come as a text and the other way round. */

export type Members = Readonly<Record<string, unknown>>

/**
 * Parses an object; null when it is none. Numbers become the text that they were written in, so that amounts are never
 * floats and long identifiers never lose digits.
 */
export function readMembers(source: string): Members | null {
  try {
    return asMembers(JSON.parse(source, keepSource))
  } catch {
    return null
  }
}

/** The same for the body of an answer. */
export function readAnswer(body: Uint8Array): Members | null {
  return readMembers(new TextDecoder().decode(body))
}

export function asMembers(value: unknown): Members | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

/** A member that is a text or was a number, without blanks around it; empty when it is neither. */
export function textIn(members: Members | null, name: string): string {
  const value = members !== null && Object.hasOwn(members, name) ? members[name] : undefined
  return typeof value === 'string' ? value.trim() : ''
}

function keepSource(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value
}
