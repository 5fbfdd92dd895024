import type { Ports } from '../ports.ts'
import { isOn, maintenance } from './maintenance.ts'
import { findSwitch } from './switch.sql.ts'

export async function readMaintenance(ports: Pick<Ports, 'db'>): Promise<boolean> {
  return isOn(await findSwitch(ports.db, maintenance))
}
