/** Where the simulators take the time from, in milliseconds since 1970, and by which they wait. */
export type Clock = {
  readonly now: () => number
  /** Runs the task after so many milliseconds; the returned function calls it off. */
  readonly after: (milliseconds: number, task: () => void) => () => void
}

/** A clock that stands still until a test moves it. */
export type ManualClock = Clock & {
  /** Moves the time forward and runs what falls due, in order of time. */
  readonly advance: (milliseconds: number) => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, task) => {
    const timer = setTimeout(task, milliseconds)
    return () => clearTimeout(timer)
  },
}

export function manualClock(start: number): ManualClock {
  let now = start
  let waiting: readonly { readonly due: number; readonly task: () => void }[] = []
  return {
    now: () => now,
    after: (milliseconds, task) => {
      const entry = { due: now + milliseconds, task }
      waiting = [...waiting, entry].sort((one, other) => one.due - other.due)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    advance: (milliseconds) => {
      const until = now + milliseconds
      for (let next = waiting[0]; next !== undefined && next.due <= until; next = waiting[0]) {
        waiting = waiting.slice(1)
        now = next.due
        next.task()
      }
      now = until
    },
  }
}

/** A clock whose outstanding tasks can be called off together, so that closing a simulator leaves nothing behind. */
export function cancellable(clock: Clock): Clock & { readonly cancelAll: () => void } {
  const pending = new Set<() => void>()
  return {
    now: clock.now,
    after: (milliseconds, task) => {
      const cancel = clock.after(milliseconds, () => {
        pending.delete(cancel)
        task()
      })
      pending.add(cancel)
      return () => {
        pending.delete(cancel)
        cancel()
      }
    },
    cancelAll: () => {
      for (const cancel of pending) cancel()
      pending.clear()
    },
  }
}
