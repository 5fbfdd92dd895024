import { statement, type Tx } from '../../base/db.ts'
import type { Currency } from '../../base/money.ts'
import { recordset } from '../../base/recordset.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { AccountKey } from './balance.sql.ts'
import type { Movement } from './posting.ts'
import { transferColumns, transferRow, type Transfer, type TransferCode } from './transfer.ts'

const written = recordset('t', transferColumns)

const insert = statement<{ readonly id: string }>(
  'insert_transfers',
  `insert into transfer (${written.columns}, booked_at)
   select t.*, $${written.next}::timestamptz from ${written.from} order by organization_id, id
   on conflict do nothing returning id`,
)

/**
 * Writes movements; nothing ever changes or deletes them. Answers how many were written: fewer than asked when
 * somebody else wrote one of their ids at this moment.
 */
export async function insertTransfers(tx: Tx, transfers: readonly Transfer[], at: Instant): Promise<number> {
  return (await tx.query(insert, [...written.values(transfers.map(transferRow)), toDate(at)])).length
}

type MovementRow = {
  readonly organization_id: string
  readonly id: string
  readonly debit: string
  readonly credit: string
  readonly amount: bigint
  readonly currency: string
  readonly code: string
}

const known = statement<MovementRow>(
  'find_transfers',
  `select organization_id, id, debit, credit, amount, currency, code from transfer
   where (organization_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
)

/** Those of these movements that were written before, as they were written. */
export async function findTransfers(
  tx: Tx,
  keys: readonly Pick<Transfer, 'organizationId' | 'id'>[],
): Promise<readonly Movement[]> {
  const rows = await tx.query(known, [keys.map((key) => key.organizationId), keys.map((key) => key.id)])
  return rows.map((row) => ({
    organizationId: row.organization_id,
    id: row.id,
    debit: row.debit,
    credit: row.credit,
    amount: row.amount,
    currency: row.currency as Currency,
    code: row.code as TransferCode,
  }))
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

export async function findLedgerAccounts(
  tx: Tx,
  keys: readonly AccountKey[],
): Promise<readonly LedgerAccount[]> {
  const rows = await tx.query(currencies, [
    keys.map((key) => key.organizationId),
    keys.map((key) => key.address),
  ])
  return rows.map((row) => ({
    organizationId: row.organization_id,
    address: row.address,
    currency: row.currency,
    bounded: row.bounded,
  }))
}
