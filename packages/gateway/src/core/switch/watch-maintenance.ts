import type { Ports } from '../ports.ts'
import { readMaintenance } from './read-maintenance.ts'

export type MaintenanceWatch = {
  /** As of the last look; every request asks, so it costs nothing. */
  readonly inMaintenance: () => boolean
  /** Looks again. While the database does not answer, what was known last still holds: it throws and changes nothing. */
  readonly look: (ports: Pick<Ports, 'db'>) => Promise<void>
}

/** Remembers the switch between looks. Closed until the first one would be wrong as often as open: it begins open. */
export function watchMaintenance(): MaintenanceWatch {
  let on = false
  return {
    inMaintenance: () => on,
    look: async (ports) => {
      on = await readMaintenance(ports)
    },
  }
}
