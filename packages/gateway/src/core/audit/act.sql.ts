import { statement, type Tx } from '../../base/db.ts'
import type { Ids } from '../../base/id.ts'
import { toDate, type Clock } from '../../base/time.ts'
import type { Act } from './act.ts'

const insertOne = statement(
  'act_insert',
  `insert into act (id, at, what, by_kind, by_id, about_kind, about_id, organization_id, details, request_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
)

/** Notes an act; give the transaction of the act itself, so that neither is ever there without the other. */
export async function recordAct(
  tx: Tx,
  act: Act,
  { ids, clock }: { readonly ids: Ids; readonly clock: Clock },
): Promise<void> {
  await tx.query(insertOne, [
    ids.next(),
    toDate(clock.now()),
    act.what,
    act.by.kind,
    act.by.id,
    act.about?.kind ?? null,
    act.about?.id ?? null,
    act.organizationId ?? null,
    JSON.stringify(act.details ?? {}),
    act.requestId ?? null,
  ])
}
