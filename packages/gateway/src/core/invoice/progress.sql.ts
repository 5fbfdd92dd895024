import { statement, type Tx } from '../../base/db.ts'
import type { InvoiceKey } from './invoice.sql.ts'

const read = statement<{ readonly place: number; readonly progress: string }>(
  'read_invoice_progress',
  `select k.place::int as place,
     concat_ws('/', i.state, i.paid, i.sequence, a.id, a.state, a.open, a.outcome, a.asks,
       (select count(*) from payment p where p.organization_id = k.organization_id and p.invoice_id = k.id)) as progress
   from unnest($1::uuid[], $2::uuid[]) with ordinality as k(organization_id, id, place)
   join invoice i on i.organization_id = k.organization_id and i.id = k.id
   left join lateral (
     select id, state, open, outcome, asks from attempt
     where organization_id = k.organization_id and invoice_id = k.id order by created_at desc, id desc limit 1
   ) a on true`,
)

/** For each invoice a text that changes with whatever its page shows; in their order, empty where there is none. */
export async function readProgress(tx: Tx, keys: readonly InvoiceKey[]): Promise<readonly string[]> {
  const rows = await tx.query(read, [keys.map((key) => key.organizationId), keys.map((key) => key.invoiceId)])
  const found = new Map(rows.map((row) => [row.place, row.progress]))
  return keys.map((_key, at) => found.get(at + 1) ?? '')
}
