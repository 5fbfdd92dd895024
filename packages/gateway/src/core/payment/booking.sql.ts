import { statement, type Row, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import { toDate, type Instant } from '../../base/time.ts'
import { transferColumns, transferRow, type Transfer } from '../ledger/transfer.ts'
import { kindOf } from '../ledger/address.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { EventPayment } from '../notice/event.ts'
import type { BookedAllocation, BookedPayment, Booking, PlannedNotice } from './booking.ts'

const earlier = statement<{
  readonly invoice_id: string
  readonly external_id: string
  readonly amount: bigint
  readonly currency: string
  readonly paid_at: Date
  readonly received_at: Date
}>(
  'find_earlier_payments',
  `select p.invoice_id, p.external_id, p.amount, p.currency, p.paid_at, p.received_at
   from payment p join unnest($1::uuid[], $2::uuid[]) as k(organization_id, invoice_id)
     on p.organization_id = k.organization_id and p.invoice_id = k.invoice_id
   where exists (select 1 from allocation a where a.organization_id = p.organization_id
                 and a.payment_id = p.id and a.kind = 'invoice')
   order by p.received_at, p.id`,
)

/** What was paid before on partly paid invoices, by invoice id. */
export async function findEarlierPayments(
  tx: Tx,
  invoices: readonly Invoice[],
  print: (minor: bigint, currency: string) => string,
): Promise<ReadonlyMap<string, readonly EventPayment[]>> {
  const found = new Map<string, EventPayment[]>()
  if (invoices.length === 0) return found
  const rows = await tx.query(earlier, [
    invoices.map((one) => one.organizationId),
    invoices.map((one) => one.id),
  ])
  for (const row of rows) {
    const payments = found.get(row.invoice_id) ?? []
    found.set(row.invoice_id, payments)
    payments.push({
      reference: row.external_id,
      amount: print(row.amount, row.currency),
      currency: row.currency,
      paidAt: row.paid_at.toISOString(),
      receivedAt: row.received_at.toISOString(),
    })
  }
  return found
}

const payments = recordset('p', {
  organization_id: 'uuid',
  id: 'uuid',
  source: 'text',
  external_id: 'text',
  channel: 'text',
  amount: 'bigint',
  currency: 'text',
  invoice_id: 'uuid',
  asked_reference: 'text',
  payer_name: 'text',
  payer_account: 'text',
  paid_at: 'timestamptz',
  received_at: 'timestamptz',
})
const allocations = recordset(
  'a',
  {
    organization_id: 'uuid',
    payment_id: 'uuid',
    place: 'smallint',
    kind: 'text',
    invoice_id: 'uuid',
    amount: 'bigint',
    currency: 'text',
    because: 'text',
  },
  payments.next,
)
const accounts = recordset(
  'l',
  { organization_id: 'uuid', address: 'text', currency: 'text', kind: 'text' },
  allocations.next,
)
const transfers = recordset('t', transferColumns, accounts.next)
const invoices = recordset(
  's',
  {
    organization_id: 'uuid',
    id: 'uuid',
    paid: 'bigint',
    state: 'text',
    sequence: 'integer',
    paid_at: 'timestamptz',
  },
  transfers.next,
)
const notices = recordset(
  'e',
  {
    organization_id: 'uuid',
    id: 'uuid',
    invoice_id: 'uuid',
    sequence: 'integer',
    dialect: 'text',
    event: 'jsonb',
    endpoint: 'text',
  },
  invoices.next,
)
const now = `$${notices.next}::timestamptz`

/**
 * Writes all that follows from a batch in one statement: payments, allocations, transfers with their accounts,
 * invoices, notices with the lanes they wait in. One round trip while the invoices are locked.
 */
const save = statement<Row>(
  'save_booking',
  `with paid as (
     insert into payment (${payments.columns}) select * from ${payments.from}
   ), allocated as (
     insert into allocation (${allocations.columns}) select * from ${allocations.from}
   ), opened as (
     insert into ledger_account (${accounts.columns}) select * from ${accounts.from}
     order by organization_id, address on conflict do nothing
   ), moved as (
     insert into transfer (${transfers.columns}, booked_at) select t.*, ${now} from ${transfers.from}
   ), settled as (
     update invoice i set paid = s.paid, state = s.state, sequence = s.sequence, paid_at = s.paid_at
     from ${invoices.from}
     where i.organization_id = s.organization_id and i.id = s.id
   ), owed as (
     select e.organization_id, where_to.id, e.invoice_id, e.sequence, e.dialect, e.event, where_to.endpoint
     from ${notices.from}
     join organization o on o.id = e.organization_id
     cross join lateral (
       select e.id, e.endpoint where e.endpoint <> ''
       union all
       select gen_random_uuid(), o.notification_url where o.notification_url not in ('', e.endpoint)
     ) as where_to
   ), noted as (
     insert into notice (organization_id, id, invoice_id, sequence, dialect, event, endpoint, next_at, created_at)
     select owed.*, ${now}, ${now} from owed
     returning organization_id, origin
   )
   insert into endpoint (organization_id, origin) select distinct organization_id, origin from noted order by 1, 2
   on conflict do nothing`,
)

export async function saveBooking(tx: Tx, booking: Booking, at: Instant): Promise<void> {
  await tx.query(save, [
    ...payments.values(booking.payments.map(paymentRow)),
    ...allocations.values(booking.allocations.map(allocationRow)),
    ...accounts.values(accountRows(booking.transfers)),
    ...transfers.values(booking.transfers.map(transferRow)),
    ...invoices.values(booking.invoices.map(invoiceRow)),
    ...notices.values(booking.notices.map(noticeRow)),
    toDate(at),
  ])
}

function paymentRow({ id, report, receivedAt }: BookedPayment) {
  return {
    organization_id: report.organizationId,
    id,
    source: report.source,
    external_id: report.externalId,
    channel: report.channel,
    amount: report.money.minor,
    currency: report.money.currency,
    invoice_id: report.invoiceId,
    asked_reference: report.askedReference,
    payer_name: report.payerName,
    payer_account: report.payerAccount,
    paid_at: toDate(report.paidAt),
    received_at: toDate(receivedAt),
  }
}

function allocationRow({ organizationId, paymentId, place, allocation }: BookedAllocation) {
  return {
    organization_id: organizationId,
    payment_id: paymentId,
    place,
    kind: allocation.kind,
    invoice_id: allocation.invoiceId,
    amount: allocation.amount.minor,
    currency: allocation.amount.currency,
    because: allocation.kind === 'invoice' ? null : allocation.because,
  }
}

function accountRows(movements: readonly Transfer[]) {
  const rows = movements.flatMap(({ organizationId, debit, credit, currency }) =>
    [debit, credit].map((address) => ({
      organization_id: organizationId,
      address,
      currency,
      kind: kindOf(address),
    })),
  )
  return [...new Map(rows.map((row) => [`${row.organization_id} ${row.address}`, row])).values()]
}

function invoiceRow(invoice: Invoice) {
  return {
    organization_id: invoice.organizationId,
    id: invoice.id,
    paid: invoice.paid,
    state: invoice.state,
    sequence: invoice.sequence,
    paid_at: invoice.paidAt === null ? null : toDate(invoice.paidAt),
  }
}

function noticeRow({ id, invoice, event }: PlannedNotice) {
  return {
    organization_id: event.organizationId,
    id,
    invoice_id: invoice.id,
    sequence: event.sequence,
    dialect: invoice.dialect,
    event: JSON.stringify(event),
    endpoint: invoice.notificationUrl,
  }
}
