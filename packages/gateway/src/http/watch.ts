import type { FastifyReply } from 'fastify'
import type { Stream } from './reply.ts'

/** Sends server-sent events until the source ends, the browser leaves or the process stops. */
export async function streamTo(reply: FastifyReply, stream: Stream, closing: AbortSignal): Promise<unknown> {
  const left = new AbortController()
  reply.raw.on('close', () => {
    left.abort()
  })
  const closed = AbortSignal.any([left.signal, closing])
  reply.hijack()
  reply.raw.writeHead(reply.statusCode, headersOf(reply))
  reply.raw.flushHeaders()
  try {
    for await (const event of stream.events(closed)) {
      if (closed.aborted) break
      reply.raw.write(event)
    }
  } finally {
    reply.raw.end()
  }
  return reply
}

/** One event of the stream; `data` is one line of JSON. */
export function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

function headersOf(reply: FastifyReply): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (typeof value === 'string' || Array.isArray(value)) headers[name] = value
    else if (value !== undefined) headers[name] = String(value)
  }
  return headers
}
