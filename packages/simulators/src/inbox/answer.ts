import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Behaviour } from './behaviour.ts'

/** Answers as the behaviour says. From here on the reply is spoken for, so that Fastify adds nothing of its own. */
export function performBehaviour(behaviour: Behaviour, reply: FastifyReply, clock: Clock): FastifyReply {
  reply.hijack()
  const { raw } = reply
  const start = (): void => {
    if (!raw.destroyed) perform[behaviour.manner](behaviour, raw, clock)
  }
  if (behaviour.delayMs === 0) start()
  else stopWhenClosed(raw, clock.after(behaviour.delayMs, start))
  return reply
}

type Manner = (behaviour: Behaviour, raw: ServerResponse, clock: Clock) => void

const perform: Readonly<Record<Behaviour['manner'], Manner>> = {
  whole: ({ status, headers, body }, raw) => void raw.writeHead(status, headers).end(body),
  hanging: () => undefined,
  cut: (_behaviour, raw) => void raw.destroy(),
  dripping: ({ status, headers, body, everyMs }, raw, clock) => {
    const bytes = Buffer.from(body)
    raw.writeHead(status, { ...headers, 'content-length': bytes.length })
    const drip = (at: number): void => {
      if (at === bytes.length) return void raw.end()
      raw.write(bytes.subarray(at, at + 1))
      stopWhenClosed(
        raw,
        clock.after(everyMs, () => drip(at + 1)),
      )
    }
    drip(0)
  },
  endless: ({ status, headers, body }, raw) => {
    raw.writeHead(status, headers)
    const chunk = body === '' ? ' ' : body
    // Only as fast as the other end reads, so that a patient reader does not fill this process's memory.
    const pour = (): void => {
      while (!raw.destroyed && raw.write(chunk));
    }
    raw.on('drain', pour)
    pour()
  },
}

function stopWhenClosed(raw: ServerResponse, cancel: () => void): void {
  raw.once('close', cancel)
}
