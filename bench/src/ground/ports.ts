import { createServer } from 'node:net'

/** A port of the loopback interface that nobody listens on now. */
export async function freePort(): Promise<number> {
  return await listenOnce(0)
}

/** The first of three free ports in a row, as the sandbox takes them. */
export async function threeFreePorts(): Promise<number> {
  for (;;) {
    const port = await freePort()
    const next = await Promise.all([port + 1, port + 2].map((one) => listenOnce(one).catch(() => null)))
    if (next.every((one) => one !== null)) return port
  }
}

async function listenOnce(port: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
