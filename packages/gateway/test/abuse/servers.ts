/** Small real servers on loopback for the tests of outgoing requests. */
import { createServer as createHttp, type RequestListener } from 'node:http'
import { createServer as createHttps, type ServerOptions } from 'node:https'
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import type { Outgoing } from '../../src/core/ports.ts'

export type Listening = { readonly port: number; readonly url: string }

export async function httpServer(
  t: TestContext,
  listener: RequestListener,
  host = '127.0.0.1',
): Promise<Listening> {
  const { port } = await listen(t, createHttp(listener), host)
  return { port, url: `http://${host}:${port}/` }
}

export async function httpsServer(
  t: TestContext,
  options: ServerOptions,
  listener: RequestListener,
): Promise<Listening> {
  const { port } = await listen(t, createHttps(options, listener), '127.0.0.1')
  return { port, url: `https://127.0.0.1:${port}/` }
}

/** A server that speaks no HTTP library's HTTP: whatever `speak` writes once a request has begun. */
export async function rawServer(t: TestContext, speak: (socket: Socket) => void): Promise<Listening> {
  const server = createTcp((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => speak(socket))
  })
  const { port } = await listen(t, server, '127.0.0.1')
  return { port, url: `http://127.0.0.1:${port}/` }
}

async function listen(t: TestContext, server: Server, host: string): Promise<AddressInfo> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, host, done))
  t.after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return server.address() as AddressInfo
}

/** A request as the notice job makes it, to be changed where a test says so. */
export function outgoing(url: string, changes: Partial<Outgoing> = {}): Outgoing {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{}',
    timeoutMs: 2000,
    maxBytes: 2048,
    trust: 'named-by-others',
    ...changes,
  }
}
