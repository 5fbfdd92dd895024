import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from './cluster.ts'
import type { Embedded, Found } from './embedded.ts'
import { asEmbeddedFault } from './fault.ts'
import type { EmbeddedFault } from './fault.ts'
import type { Held } from './holder.ts'
import { isAlive } from './process-identity.ts'
import { gone } from './server.ts'
import type { Running } from './server.ts'
import { removeServerNote } from './server-file.ts'
import { removeSocketFolder, socketPort } from './socket-folder.ts'

export type Supervised = Found & {
  readonly place: Place
  readonly say: (line: string) => void
  readonly url: string
  readonly held: Held
  /** Starts the server again behind the same socket. */
  readonly restart: () => Promise<Running>
}

const restartsInAMinute = 5

/** Keeps the server running: when it ends without being asked to, it is started again behind the same socket. */
export function supervise(given: Supervised): Embedded {
  const { place, say, socketFolder, url, held } = given
  let running = given.running
  let stopping = false
  let report: (fault: EmbeddedFault) => void = () => undefined
  const lost = new Promise<EmbeddedFault>((settle) => (report = settle))

  const watch = async (): Promise<void> => {
    const recent: number[] = []
    for (;;) {
      const words = await running.ended
      if (stopping) return
      recent.push(performance.now())
      const inAMinute = recent.filter((at) => at > performance.now() - 60_000).length
      if (inAMinute > restartsInAMinute) return report(asEmbeddedFault(new Error(words), place.dataFolder))
      say('PostgreSQL ended without being asked to; starting it again…')
      try {
        running = await given.restart()
      } catch (error) {
        return report(asEmbeddedFault(error, place.dataFolder, words))
      }
      if (stopping) return end(running.pid)
      say('PostgreSQL is back.')
    }
  }
  const watching = watch()

  return {
    connectionString: url,
    socketFolder,
    port: socketPort,
    get pid() {
      return running.pid
    },
    adopted: given.adopted,
    lost,
    stop: async () => {
      if (stopping) return
      stopping = true
      await end(running.pid)
      await watching
      removeServerNote(place.dataFolder)
      removeSocketFolder(socketFolder)
      held.release()
    },
  }
}

const patience = 60_000

/** SIGINT is PostgreSQL's fast shutdown; one that takes a minute is cut short, which costs a recovery but no data. */
async function end(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT')
  const late = await Promise.race([gone(pid).then(() => false), sleep(patience, true, { ref: false })])
  if (!late) return
  process.kill(pid, 'SIGQUIT')
  await gone(pid)
}
