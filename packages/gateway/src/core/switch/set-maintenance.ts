import { recordAct } from '../audit/act.sql.ts'
import { operator, type Actor } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import { maintenance } from './maintenance.ts'
import { saveSwitch } from './switch.sql.ts'

/** Closes or opens the house, in every process within about a second. */
export async function setMaintenance(
  ports: Pick<Ports, 'db' | 'clock' | 'ids'>,
  on: boolean,
  by: Actor = operator,
): Promise<void> {
  await ports.db.transaction(async (tx) => {
    await saveSwitch(tx, maintenance, on, ports.clock.now())
    const about = { kind: 'switch', id: maintenance } as const
    await recordAct(tx, { what: 'maintenance.switched', by, about, details: { on } }, ports)
  })
}
