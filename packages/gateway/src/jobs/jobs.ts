import type { Ports } from '../core/ports.ts'
import type { Job } from './job.ts'
import { startLoop, type Loop } from './loop.ts'

export type RunningJobs = {
  /** Lets every round under way end. Nothing is lost by not calling it: what was begun is found again by the next. */
  readonly stop: () => Promise<void>
  /** Something to do has come up for the job of this name. */
  readonly nudge: (name: string) => void
}

/** Runs each job in a loop of its own, so that none waits for another. */
export function startJobs<Needs extends Ports>(deps: Needs, jobs: readonly Job<Needs>[]): RunningJobs {
  const loops = new Map<string, Loop>()
  const nudge = (name: string): void => loops.get(name)?.nudge()
  for (const job of jobs) {
    const { name, everyMs } = job
    if (loops.has(name)) throw new Error(`two jobs are called ${name}`)
    const run = job.start(deps, () => nudge(name))
    loops.set(
      name,
      startLoop({ name, everyMs, run, log: deps.log, chance: () => (deps.chance.bytes(1)[0] ?? 0) / 256 }),
    )
  }
  return {
    nudge,
    stop: async () => {
      await Promise.all([...loops.values()].map(async (loop) => await loop.stop()))
      await Promise.all(jobs.map(async (job) => await job.settle?.()))
    },
  }
}
