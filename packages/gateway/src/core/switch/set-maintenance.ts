import type { Ports } from '../ports.ts'
import { maintenance } from './maintenance.ts'
import { saveSwitch } from './switch.sql.ts'

/** Closes or opens the house, in every process within about a second. */
export async function setMaintenance(ports: Pick<Ports, 'db' | 'clock'>, on: boolean): Promise<void> {
  await saveSwitch(ports.db, maintenance, on, ports.clock.now())
}
