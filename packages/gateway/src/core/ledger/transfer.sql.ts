import { statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { AccountKey } from './balance.sql.ts'
import { transferRow, type Transfer } from './transfer.ts'

const insert = statement<Row>(
  'insert_transfers',
  `insert into transfer (organization_id, id, debit, credit, amount, currency, code, payment_id, value_at, booked_at)
   select t.*, $2 from json_to_recordset($1::json) as t(organization_id uuid, id uuid, debit text, credit text,
     amount bigint, currency text, code text, payment_id uuid, value_at timestamptz)`,
)

/** Writes movements; nothing ever changes or deletes them. */
export async function insertTransfers(tx: Tx, transfers: readonly Transfer[], at: Instant): Promise<void> {
  await tx.query(insert, [JSON.stringify(transfers.map(transferRow)), toDate(at)])
}

const known = statement<{ readonly id: string }>(
  'find_transfers',
  'select id from transfer where (organization_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))',
)

/** Which of these movements were written before. */
export async function findTransfers(
  tx: Tx,
  keys: readonly Pick<Transfer, 'organizationId' | 'id'>[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query(known, [keys.map((key) => key.organizationId), keys.map((key) => key.id)])
  return new Set(rows.map((row) => row.id))
}

const currencies = statement<{
  readonly organization_id: string
  readonly address: string
  readonly currency: string
  readonly bounded: boolean
}>(
  'find_ledger_accounts',
  `select organization_id, address, currency, bounded from ledger_account
   where (organization_id, address) in (select * from unnest($1::uuid[], $2::text[]))`,
)

export type LedgerAccount = AccountKey & { readonly currency: string; readonly bounded: boolean }

export async function findLedgerAccounts(tx: Tx, keys: readonly AccountKey[]): Promise<readonly LedgerAccount[]> {
  const rows = await tx.query(currencies, [keys.map((key) => key.organizationId), keys.map((key) => key.address)])
  return rows.map((row) => ({
    organizationId: row.organization_id,
    address: row.address,
    currency: row.currency,
    bounded: row.bounded,
  }))
}
