import { statement, type Tx } from '../../base/db.ts'

/** One broken promise of the books, in words that name the row. */
export type Violation = { readonly rule: string; readonly where: string }

const violations = statement<{ readonly rule: string; readonly place: string }>(
  'find_ledger_violations',
  `with sums as (
     select organization_id, address, sum(amount) as posted from (
       select organization_id, credit as address, amount from transfer
       union all select organization_id, debit, -amount from transfer) entries
     group by organization_id, address
   )
   select 'a transfer moves money between two accounts of one currency' as rule, t.id::text as place
     from transfer t
     join ledger_account d on d.organization_id = t.organization_id and d.address = t.debit
     join ledger_account c on c.organization_id = t.organization_id and c.address = t.credit
     where d.currency <> t.currency or c.currency <> t.currency
   union all
   select 'every account of a transfer is open', t.id::text from transfer t
     where not exists (select 1 from ledger_account a where a.organization_id = t.organization_id and a.address = t.debit)
        or not exists (select 1 from ledger_account a where a.organization_id = t.organization_id and a.address = t.credit)
   union all
   select 'a roll-up is the sum of what lies below its horizon', r.organization_id || ' ' || r.address from rollup r
     where r.posted <> coalesce((select sum(amount) from transfer t where t.organization_id = r.organization_id
                                 and t.credit = r.address and t.txn < r.upto_txn), 0)
                     - coalesce((select sum(amount) from transfer t where t.organization_id = r.organization_id
                                 and t.debit = r.address and t.txn < r.upto_txn), 0)
   union all
   select 'a bounded balance is the sum of its transfers', b.organization_id || ' ' || b.address from bounded_balance b
     left join sums s on s.organization_id = b.organization_id and s.address = b.address
     where b.posted <> coalesce(s.posted, 0)
   union all
   select 'a payment is the sum of its allocations', p.id::text from payment p
     left join (select organization_id, payment_id, sum(amount) as amount from allocation
                group by organization_id, payment_id) a on a.organization_id = p.organization_id and a.payment_id = p.id
     where a.amount is distinct from p.amount
   union all
   select 'a payment is the sum of its transfers out of clearing', p.id::text from payment p
     left join (select organization_id, payment_id, sum(amount) as amount from transfer
                where debit like 'clearing/%' group by organization_id, payment_id) t
       on t.organization_id = p.organization_id and t.payment_id = p.id
     where t.amount is distinct from p.amount
   union all
   select 'what is paid on an invoice is the sum of its allocations', i.number from invoice i
     left join (select organization_id, invoice_id, sum(amount) as amount from allocation where kind = 'invoice'
                group by organization_id, invoice_id) a on a.organization_id = i.organization_id and a.invoice_id = i.id
     where i.paid <> coalesce(a.amount, 0)
   union all
   select 'every claim has its payment', c.source || ' ' || c.external_id from payment_claim c
     where not exists (select 1 from payment p where p.organization_id = c.organization_id and p.id = c.payment_id)
   union all
   select 'every payment on an invoice left a notice', i.number from invoice i
     where i.sequence > 0 and i.notification_url <> ''
       and (select count(distinct n.sequence) from notice n where n.organization_id = i.organization_id
            and n.invoice_id = i.id) <> i.sequence
   limit $1`,
)

/** What does not add up, at most `most` rows. Reads the whole ledger: for the nightly job, tests and the doctor. */
export async function findViolations(tx: Tx, most: number): Promise<readonly Violation[]> {
  return (await tx.query(violations, [most])).map((row) => ({ rule: row.rule, where: row.place }))
}

const totals = statement<{ readonly currency: string; readonly total: string }>(
  'ledger_totals',
  `select a.currency, sum(coalesce(r.posted, 0)
     + coalesce((select sum(t.amount) from transfer t where t.organization_id = a.organization_id
                 and t.credit = a.address and t.txn >= coalesce(r.upto_txn, 0)), 0)
     - coalesce((select sum(t.amount) from transfer t where t.organization_id = a.organization_id
                 and t.debit = a.address and t.txn >= coalesce(r.upto_txn, 0)), 0))::text as total
   from ledger_account a
   left join rollup r on r.organization_id = a.organization_id and r.address = a.address
   group by a.currency order by a.currency`,
)

/** All balances added up by currency, as balances are read (roll-up and tail): double entry makes each zero. */
export async function ledgerTotals(tx: Tx): Promise<ReadonlyMap<string, bigint>> {
  return new Map((await tx.query(totals, [])).map((row) => [row.currency, BigInt(row.total)]))
}
