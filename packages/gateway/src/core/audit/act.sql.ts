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
    storable(act.by.id),
    act.about?.kind ?? null,
    storable(act.about?.id ?? null),
    act.organizationId ?? null,
    JSON.stringify(storableAll(act.details ?? {})),
    act.requestId ?? null,
  ])
}

/** What a stranger typed may hold what no text of the database can: then the act is kept and that character is not. */
function storable(text: string | null): string | null {
  return text === null ? null : text.slice(0, 500).toWellFormed().replaceAll('\0', '\ufffd')
}

function storableAll(details: NonNullable<Act['details']>): NonNullable<Act['details']> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === 'string' ? storable(value) : value,
    ]),
  )
}
