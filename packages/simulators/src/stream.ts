import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Events, Happened } from './events.ts'

/** A comment now and then, so that neither end takes silence for death. */
const heartbeatMs = 15_000

/** Tells events to one listener as server-sent events; `Last-Event-ID` brings back what was missed. */
export function streamEvents(events: Events, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { raw } = reply
  const write = ({ id, type, data }: Happened): void => {
    raw.write(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const stop = events.listen(write)
  if (stop === null) return reply.code(503).send({ error: 'too many listeners' })
  reply.hijack()
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  raw.write(': listening\n\n')
  const last = Number(request.headers['last-event-id'])
  if (Number.isSafeInteger(last)) for (const happened of events.since(last)) write(happened)
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs)
  raw.on('close', () => {
    clearInterval(heartbeat)
    stop()
  })
  return reply
}
