/** What a route answers: a plain value, so that a test can compare it. */

export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: string | Uint8Array | Stream
}

/** Server-sent events; ends when the iterable does, the browser leaves or the process stops. */
export type Stream = { readonly events: (closed: AbortSignal) => AsyncIterable<string> }

type Headers = Reply['headers']

export function json(status: number, value: unknown, headers: Headers = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  }
}

export function text(status: number, body: string, headers: Headers = {}): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body }
}

/** 303: after a form is posted the browser always continues with a GET, and never posts a password again. */
export function seeOther(location: string, headers: Headers = {}): Reply {
  return { status: 303, headers: { location, 'cache-control': 'no-store', ...headers }, body: '' }
}

export function eventStream(events: Stream['events']): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    body: { events },
  }
}
