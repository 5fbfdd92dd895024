/** Requests as they go over the wire, one after the other in one block of memory. */
export type Requests = {
  readonly bytes: Uint8Array
  /** Where each ends; it begins where the one before it ended. */
  readonly ends: readonly number[]
}

export type Sent = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export function written(sent: readonly Sent[]): Requests {
  const texts = sent.map((one) => Buffer.from(wireText(one)))
  let end = 0
  return { bytes: Buffer.concat(texts), ends: texts.map((text) => (end += text.length)) }
}

function wireText({ method, path, headers, body }: Sent): string {
  const length = method === 'POST' ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}
  const lines = Object.entries({ Host: '127.0.0.1', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n')
}
