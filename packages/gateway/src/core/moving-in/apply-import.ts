import { within, type Tx } from '../../base/db.ts'
import { ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Act } from '../audit/act.ts'
import { createApplication, type RegistrationNeeds } from '../application/create-application.ts'
import { settleOwnSwitches } from '../application/own-application.sql.ts'
import { insertLink } from '../organization/api-client.sql.ts'
import { addOrigin } from '../organization/add-origin.ts'
import { createApiClient } from '../organization/create-api-client.ts'
import { createService } from '../organization/create-service.ts'
import type { Refusal } from '../refusal.ts'
import type { Brought } from './document.ts'
import { relaxHash } from './import-request.sql.ts'
import { applicationOf, type Planned, type PlannedRow } from './plan.ts'

export type ApplyImport = {
  readonly organizationId: string
  readonly rows: readonly Planned[]
  readonly act: Pick<Act, 'by'> & Partial<Pick<Act, 'requestId'>>
}

/** Makes all that is new, in a transaction that holds the organization; the answers stand in the order of the rows. */
export async function applyImport(
  deps: RegistrationNeeds,
  tx: Tx,
  { organizationId, rows, act }: ApplyImport,
): Promise<readonly PlannedRow[]> {
  const ports = { ...deps, db: within(tx) }
  const outcome: PlannedRow[] = []
  let keys = 0
  for (const { brought, ...row } of rows) {
    if (row.outcome !== 'new' || brought === null) {
      outcome.push(row)
      continue
    }
    const made = await make(ports, brought, { organizationId, by: act.by })
    outcome.push(
      made.ok ? row : { ...row, outcome: 'refused', because: 'Somebody else was quicker.', warnings: [] },
    )
    if (made.ok && brought.kind === 'api-client') keys += 1
  }
  if (keys > 0) await relaxHash(tx, organizationId)
  await settleOwnSwitches(tx, organizationId)
  const count = (wanted: PlannedRow['outcome']): number =>
    outcome.filter((row) => row.outcome === wanted).length
  const details = {
    made: count('new'),
    there: count('there'),
    refused: count('refused'),
    usualHash: keys > 0,
  }
  const about = { kind: 'organization', id: organizationId } as const
  await recordAct(tx, { ...act, what: 'import.done', about, organizationId, details }, deps)
  return outcome
}

type To = { readonly organizationId: string; readonly by: Act['by'] }

async function make(
  ports: RegistrationNeeds,
  brought: Brought,
  { organizationId, by }: To,
): Promise<Result<unknown, Refusal>> {
  switch (brought.kind) {
    case 'application':
      return await createApplication(ports, { ...applicationOf(brought, organizationId), by })
    case 'api-client': {
      const { kind: _kind, ...client } = brought
      const made = await createApiClient(ports, { ...client, organizationId, by })
      // Its own bills, as those of a key that is made here: where money is real an operator links it.
      if (made.ok && client.role === 'aggregator' && ports.mode === 'sandbox')
        await insertLink(ports.db, client.id, organizationId)
      return made
    }
    case 'service': {
      const { kind: _kind, ...service } = brought
      return await createService(ports, { ...service, organizationId, by })
    }
    case 'origin':
      await addOrigin(ports, { organizationId, origin: brought.origin, by })
      return ok(null)
  }
}
