import type { pesaflow } from '@lango/wire'
import { LangoError, type LangoErrorCode } from './fault.ts'

/** Where a server is and how to reach it. */
export type Reach = {
  /** The server's address. Only its origin counts, because every dialect's paths are fixed. */
  readonly baseUrl: string
  /** Another `fetch`, for proxies, tests or instrumentation. */
  readonly fetch?: typeof fetch
  /** Milliseconds until a call without an answer fails with `timeout`; 15 000 if not given. */
  readonly timeout?: number
}

/** What every call takes besides its content. */
export type CallOptions = { readonly signal?: AbortSignal }

export type Call = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly form?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly bearer?: string
  /** The codes of this call's own refusals, by the word that the server uses; asked before the HTTP status. */
  readonly words?: ReadonlyMap<string, LangoErrorCode>
}

export type Answer = { readonly status: number; readonly text: string; readonly json: unknown }

/** Sends one call. Returns a 2xx answer; throws a `LangoError` for everything else. */
export async function send(reach: Reach, call: Call, options: CallOptions = {}): Promise<Answer> {
  const timeout = AbortSignal.timeout(reach.timeout ?? 15_000)
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal])
  const url = new URL(call.path, reach.baseUrl)
  const ask = reach.fetch ?? fetch
  try {
    // A redirect would carry a secret to an address that nobody configured.
    const response = await ask(url, { ...requestOf(call), redirect: 'error', signal })
    const text = await response.text()
    const answer: Answer = { status: response.status, text, json: parsed(text) }
    if (response.ok) return answer
    throw refusalOf(answer, call, response.headers.get('retry-after'))
  } catch (cause) {
    if (cause instanceof LangoError) throw cause
    throw silence(cause, {
      timeout,
      caller: options.signal,
      what: `${call.method} ${url.origin}${url.pathname}`,
    })
  }
}

/** A text field of an answer's JSON object, or undefined. */
export function textOf(json: unknown, name: string): string | undefined {
  const value = fieldOf(json, name)
  return typeof value === 'string' ? value : undefined
}

export function fieldOf(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
    ? Reflect.get(json, name)
    : undefined
}

/** The fault of an answer with a good status that does not say what it should. */
export function unexpected(answer: Answer, missing: string): LangoError {
  const { status, text } = answer
  return new LangoError('unexpected_answer', `The answer lacks ${missing}.`, {
    status,
    body: text.slice(0, 65_536),
  })
}

/** A text that the answer must have. */
export function said(answer: Answer, name: string): string {
  const text = textOf(answer.json, name)
  if (text === undefined) throw unexpected(answer, name)
  return text
}

function requestOf(call: Call): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (call.bearer !== undefined) headers['authorization'] = `Bearer ${call.bearer}`
  if (call.form !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded'
    return { method: call.method, headers, body: new URLSearchParams(call.form).toString() }
  }
  if (call.json === undefined) return { method: call.method, headers }
  headers['content-type'] = 'application/json'
  return { method: call.method, headers, body: JSON.stringify(call.json) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON, such as a proxy's page: whoever needs a field of it will find none and say so.
    return undefined
  }
}

function refusalOf({ status, text, json }: Answer, call: Call, retryAfter: string | null): LangoError {
  const word = textOf(json, 'error') ?? textOf(json, 'description') ?? textOf(json, 'message')
  const description = textOf(json, 'error_description')
  const code = (word === undefined ? undefined : call.words?.get(word)) ?? codeOfStatus(status)
  const said = [word, description].filter((part) => part !== undefined).join(': ')
  return new LangoError(
    code,
    `${call.method} ${call.path} answered ${status}${said === '' ? '.' : `: ${said}.`}`,
    {
      status,
      body: text.slice(0, 65_536),
      mend: mendOf(fieldOf(json, 'mend')),
      retryAfter: secondsOf(retryAfter),
    },
  )
}

function mendOf(json: unknown): pesaflow.Mend | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const texts = Object.entries(json).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(texts)
}

const codes: ReadonlyMap<number, LangoErrorCode> = new Map([
  [400, 'invalid_request'],
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [422, 'invalid_request'],
  [429, 'rate_limited'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
])

function codeOfStatus(status: number): LangoErrorCode {
  return codes.get(status) ?? 'refused'
}

/** RFC 9110 10.2.3 in seconds. A date there is left alone: its meaning depends on two clocks. */
function secondsOf(retryAfter: string | null): number | undefined {
  return retryAfter !== null && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : undefined
}

type Silence = {
  readonly timeout: AbortSignal
  readonly caller: AbortSignal | undefined
  readonly what: string
}

function silence(cause: unknown, { timeout, caller, what }: Silence): LangoError {
  if (caller?.aborted === true)
    return new LangoError('aborted', `${what} was aborted by the caller.`, { cause })
  if (timeout.aborted) return new LangoError('timeout', `${what} gave no answer in time.`, { cause })
  return new LangoError('network', `${what} could not be reached: ${reason(cause)}.`, { cause })
}

/** Node hides the reason (ECONNREFUSED, a certificate) in the cause of "fetch failed". */
function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error ? cause.cause.message || cause.message : cause.message
}
