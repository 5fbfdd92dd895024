import { setImmediate } from 'node:timers/promises'
import type { Log } from '../core/ports.ts'

export type LoopOptions = {
  readonly name: string
  /** The pause when there was nothing to do. */
  readonly everyMs: number
  /** One round of work. True: there is more, go on at once. */
  readonly run: () => Promise<boolean>
  readonly log: Log
  /** In [0, 1): spreads the rounds of several processes. */
  readonly chance: () => number
}

export type Loop = {
  /** There is something to do: the pause ends now; during a round it means another round. */
  readonly nudge: () => void
  /** Lets the round under way end, and begins no other. */
  readonly stop: () => Promise<void>
}

const firstBackOffMs = 250
const longestBackOffMs = 30_000
/** Between rounds that were nudged without a rest: each payment nudges, and a round costs as much for one as for ten. */
const breathMs = 10

/**
 * Runs rounds for ever, one after the other. A round that throws is logged and followed by a pause that doubles up to
 * half a minute; a nudge does not shorten that one, or a database that is down would be hammered by every request.
 */
export function startLoop({ name, everyMs, run, log, chance }: LoopOptions): Loop {
  const pause = makePause()
  let stopping = false
  let nudged = false
  let faults = 0

  async function round(): Promise<boolean> {
    try {
      const more = await run()
      if (faults > 0) log.info('job.recovered', { job: name, faults })
      faults = 0
      return more
    } catch (fault) {
      faults += 1
      log.error('job.fault', { job: name, faults, fault })
      return false
    }
  }

  async function work(): Promise<void> {
    while (!stopping) {
      nudged = false
      const more = await round()
      if (faults > 0) await pause.take(backOff(faults) * (0.75 + 0.5 * chance()), () => stopping)
      else if (more) await setImmediate()
      else if (nudged) await pause.take(breathMs, () => stopping)
      else await pause.take(everyMs * (0.9 + 0.2 * chance()), () => stopping || nudged)
    }
  }

  const ended = work()
  return {
    nudge: () => {
      nudged = true
      pause.look()
    },
    stop: async () => {
      stopping = true
      pause.look()
      await ended
    },
  }
}

function backOff(faults: number): number {
  return Math.min(firstBackOffMs * 2 ** (faults - 1), longestBackOffMs)
}

/** A pause that ends by itself, or when somebody looks and finds that it is over. */
function makePause() {
  let look = (): void => undefined
  return {
    take: async (ms: number, isOver: () => boolean): Promise<void> => {
      if (isOver()) return
      await new Promise<void>((done) => {
        const timer = setTimeout(done, ms)
        look = () => {
          if (!isOver()) return
          clearTimeout(timer)
          done()
        }
      })
      look = () => undefined
    },
    look: () => look(),
  }
}
