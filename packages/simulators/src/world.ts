import type { Chance } from './chance.ts'
import type { Clock } from './clock.ts'
import type { Events } from './events.ts'
import type { Faults } from './faults.ts'

/** What every simulator shares: time, chance, the plan of faults, the event log and the end of it all. */
export type World = {
  readonly clock: Clock
  /** A stream of its own for each concern. */
  readonly chance: (concern: string) => Chance
  readonly faults: Faults
  readonly phoneEvents: Events
  readonly inboxEvents: Events
  /** Aborted when the simulators close; outgoing calls end with it. */
  readonly closing: AbortSignal
}
