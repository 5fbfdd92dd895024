import { statement, type Row, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import type { Address } from './address.ts'

export type AccountKey = { readonly organizationId: string; readonly address: Address }

const balances = statement<{
  readonly organization_id: string
  readonly address: string
  readonly balance: string
}>(
  'read_balances',
  `select k.organization_id, k.address,
     (coalesce(r.posted, 0)
      + coalesce((select sum(t.amount) from transfer t where t.organization_id = k.organization_id
                  and t.credit = k.address and t.txn >= coalesce(r.upto_txn, 0)), 0)
      - coalesce((select sum(t.amount) from transfer t where t.organization_id = k.organization_id
                  and t.debit = k.address and t.txn >= coalesce(r.upto_txn, 0)), 0))::text as balance
   from unnest($1::uuid[], $2::text[]) as k(organization_id, address)
   left join rollup r on r.organization_id = k.organization_id and r.address = k.address`,
)

/**
 * What was credited less what was debited, in minor units: exact at this snapshot, without a lock. It adds the
 * transfers of transactions from the roll-up's horizon on to what was rolled up below it.
 */
export async function readBalances(tx: Tx, keys: readonly AccountKey[]): Promise<readonly bigint[]> {
  const rows = await tx.query(balances, [
    keys.map((key) => key.organizationId),
    keys.map((key) => key.address),
  ])
  const found = new Map(rows.map((row) => [`${row.organization_id} ${row.address}`, BigInt(row.balance)]))
  return keys.map((key) => found.get(`${key.organizationId} ${key.address}`) ?? 0n)
}

const roll = statement<{ readonly rolled: bigint }>(
  'roll_balances',
  // Every transaction below the oldest running one has ended: what it committed is visible now and for ever.
  `with horizon as (
     select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as txn
   ), stale as (
     select a.organization_id, a.address, coalesce(r.upto_txn, 0) as upto, coalesce(r.posted, 0) as posted
     from ledger_account a
     left join rollup r on r.organization_id = a.organization_id and r.address = a.address
     cross join horizon
     where exists (select 1 from transfer t where t.organization_id = a.organization_id
                   and t.debit = a.address and t.txn >= coalesce(r.upto_txn, 0) and t.txn < horizon.txn)
       or exists (select 1 from transfer t where t.organization_id = a.organization_id
                  and t.credit = a.address and t.txn >= coalesce(r.upto_txn, 0) and t.txn < horizon.txn)
     limit $1
   ), moved as (
     select s.organization_id, s.address, s.upto, s.posted,
       coalesce((select sum(t.amount) from transfer t where t.organization_id = s.organization_id
                 and t.credit = s.address and t.txn >= s.upto and t.txn < horizon.txn), 0)
       - coalesce((select sum(t.amount) from transfer t where t.organization_id = s.organization_id
                   and t.debit = s.address and t.txn >= s.upto and t.txn < horizon.txn), 0) as delta
     from stale s cross join horizon
   ), written as (
     insert into rollup (organization_id, address, upto_txn, posted)
     select m.organization_id, m.address, horizon.txn, m.posted + m.delta from moved m cross join horizon
     order by m.organization_id, m.address
     on conflict (organization_id, address) do update set upto_txn = excluded.upto_txn, posted = excluded.posted
       -- Another process may have rolled it meanwhile; whoever began from the same horizon wins once.
       where rollup.upto_txn = (select upto from moved m2 where m2.organization_id = rollup.organization_id
                                and m2.address = rollup.address)
     returning 1
   )
   select count(*) as rolled from written`,
)

/** Moves the horizon of up to `most` accounts that have finished transfers above it; answers how many moved. */
export async function rollBalances(tx: Tx, most: number): Promise<number> {
  return Number((await tx.query(roll, [most]))[0]?.rolled ?? 0n)
}

const lockBounded = statement<{
  readonly organization_id: string
  readonly address: string
  readonly posted: bigint
  readonly held: bigint
}>(
  'lock_bounded_balances',
  `select organization_id, address, posted, held from bounded_balance
   where (organization_id, address) in (select * from unnest($1::uuid[], $2::text[]))
   order by organization_id, address for update`,
)

export type BoundedBalance = AccountKey & { readonly posted: bigint; readonly held: bigint }

/** Locks in one order, so that A→B and B→A never wait for each other. */
export async function lockBoundedBalances(
  tx: Tx,
  keys: readonly AccountKey[],
): Promise<readonly BoundedBalance[]> {
  if (keys.length === 0) return []
  const rows = await tx.query(lockBounded, [
    keys.map((key) => key.organizationId),
    keys.map((key) => key.address),
  ])
  return rows.map((row) => ({
    organizationId: row.organization_id,
    address: row.address,
    posted: row.posted,
    held: row.held,
  }))
}

const saved = recordset('s', { organization_id: 'uuid', address: 'text', posted: 'bigint', held: 'bigint' })

const saveBounded = statement<Row>(
  'save_bounded_balances',
  `update bounded_balance b set posted = s.posted, held = s.held from ${saved.from}
   where b.organization_id = s.organization_id and b.address = s.address`,
)

export async function saveBoundedBalances(tx: Tx, balances: readonly BoundedBalance[]): Promise<void> {
  const rows = balances.map(({ organizationId, address, posted, held }) => ({
    organization_id: organizationId,
    address,
    posted,
    held,
  }))
  await tx.query(saveBounded, saved.values(rows))
}

const openBounded = statement<Row>(
  'open_bounded_account',
  `with opened as (
     insert into ledger_account (organization_id, address, currency, kind, bounded)
     values ($1, $2, $3, $4, true) on conflict do nothing
   )
   insert into bounded_balance (organization_id, address) values ($1, $2) on conflict do nothing`,
)

/** Opens an account that can refuse a debit. Opening it again changes nothing. */
export async function openBoundedAccount(
  tx: Tx,
  key: AccountKey & { currency: string; kind: string },
): Promise<void> {
  await tx.query(openBounded, [key.organizationId, key.address, key.currency, key.kind])
}
