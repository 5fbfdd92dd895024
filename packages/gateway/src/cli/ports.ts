import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Throws the system's own EADDRINUSE, EACCES or EADDRNOTAVAIL when the address cannot be listened on. */
export async function mustBeFree(host: string, port: number): Promise<void> {
  const server = createServer()
  server.listen(port, host)
  // `once` rejects with the error event.
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}

/** Whether somebody answers there before the time is over or the signal is given. */
export async function answersWithin(host: string, port: number, until: AbortSignal): Promise<boolean> {
  while (!until.aborted) {
    if (await answers(host, port)) return true
    await sleep(25, undefined, { signal: until }).catch(() => undefined)
  }
  return false
}

function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, timeout: 1000 })
  return new Promise<boolean>((settle) => {
    socket.once('connect', () => settle(true))
    socket.once('timeout', () => settle(false))
    socket.once('error', () => settle(false))
  }).finally(() => socket.destroy())
}
