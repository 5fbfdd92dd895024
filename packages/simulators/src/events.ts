/** Something that happened, as the event stream tells it. */
export type Happened = { readonly id: number; readonly type: string; readonly data: unknown }

/** The last happenings and who listens for the next; both are bounded. */
export type Events = {
  readonly tell: (type: string, data: unknown) => void
  /** What happened after this id, as far back as is remembered. */
  readonly since: (id: number) => readonly Happened[]
  /** Hears each next happening until called off; null when too many listen already. */
  readonly listen: (hear: (happened: Happened) => void) => (() => void) | null
}

const remembered = 200
const mostListeners = 64

export function eventLog(): Events {
  let last = 0
  let past: readonly Happened[] = []
  const listeners = new Set<(happened: Happened) => void>()
  return {
    tell: (type, data) => {
      last += 1
      const happened = { id: last, type, data }
      past = [...past, happened].slice(-remembered)
      for (const hear of listeners) hear(happened)
    },
    since: (id) => past.filter((happened) => happened.id > id),
    listen: (hear) => {
      if (listeners.size >= mostListeners) return null
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
  }
}
