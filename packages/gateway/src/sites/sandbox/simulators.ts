import type { Deps } from '../../core/deps.ts'
import type { Prompt } from '../../pages/sandbox/phone.ts'

/** What a simulator answered, or null when it did not. JSON of a program of ours, and still read with care. */
export type Said = { readonly status: number; readonly value: unknown } | null

/** Asks the simulators, over HTTP like everybody: they are programs of their own. */
export async function askSimulators(deps: Deps, url: string, body?: unknown): Promise<Said> {
  const answered = await deps.net.send({
    method: body === undefined ? 'GET' : 'POST',
    url,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs: 3_000,
    maxBytes: 8 * 1024 * 1024,
    trust: 'configured',
  })
  if (answered.kind !== 'answer') return null
  return { status: answered.status, value: parse(new TextDecoder().decode(answered.body)) }
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A JSON object's members; none when it is no object. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}
}

export function list(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(members) : []
}

/** A member as text: numbers and booleans as they print, everything else as nothing. */
export function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''
}

export function readPrompt(said: Readonly<Record<string, unknown>>): Prompt {
  const result = said['result'] === null || said['result'] === undefined ? null : members(said['result'])
  const state = textOf(said['state'])
  return {
    id: textOf(said['id']),
    msisdn: textOf(said['msisdn']),
    message: textOf(said['message']),
    state: state === 'waiting' || state === 'ignored' ? state : 'ended',
    secondsLeft: Number(textOf(said['secondsLeft'])) || 0,
    askedAt: textOf(said['askedAt']),
    result:
      result === null
        ? null
        : {
            code: textOf(result['code']),
            description: textOf(result['description']),
            receipt: typeof result['receipt'] === 'string' ? result['receipt'] : null,
          },
    deliveries: list(said['deliveries']).map(({ fault, status }) => ({
      fault: typeof fault === 'string' ? fault : null,
      status: typeof status === 'number' ? status : null,
    })),
  }
}
