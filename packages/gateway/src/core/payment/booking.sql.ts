import { statement, type Row, type Tx } from '../../base/db.ts'
import { hex } from '../../base/secret.ts'
import { toDate, type Instant } from '../../base/time.ts'
import { transferRow, type Transfer } from '../ledger/transfer.ts'
import { kindOf } from '../ledger/address.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { EventPayment, InvoiceEvent } from '../notice/event.ts'
import type { BookedAllocation, BookedPayment, Booking, Claimed } from './booking.ts'

const claim = statement<{ readonly payment_id: string }>(
  'claim_payments',
  `insert into payment_claim (source, external_id, fingerprint, organization_id, payment_id, attempt_id)
   select source, external_id, decode(fingerprint, 'hex'), organization_id, payment_id, attempt_id
   from json_to_recordset($1::json) as c(source text, external_id text, fingerprint text, organization_id uuid,
     payment_id uuid, attempt_id uuid)
   order by source, external_id
   on conflict do nothing
   returning payment_id`,
)

/**
 * Claims external ids in one order, so that no two batches wait for each other. Waits for a concurrent claimer of
 * the same id. Answers with the payment ids that are now ours.
 */
export async function claimPayments(tx: Tx, wanted: readonly Claimed[]): Promise<ReadonlySet<string>> {
  const rows = wanted.map(({ paymentId, report }) => ({
    source: report.source,
    external_id: report.externalId,
    fingerprint: hex(report.fingerprint),
    organization_id: report.organizationId,
    payment_id: paymentId,
    attempt_id: report.attemptId,
  }))
  return new Set((await tx.query(claim, [JSON.stringify(rows)])).map((row) => row.payment_id))
}

export type Claim = {
  readonly source: string
  readonly externalId: string
  readonly fingerprint: Uint8Array
  readonly paymentId: string
  readonly attemptId: string
}

const findThem = statement<{
  readonly source: string
  readonly external_id: string
  readonly fingerprint: Uint8Array
  readonly payment_id: string
  readonly attempt_id: string
}>(
  'find_payment_claims',
  `select source, external_id, fingerprint, payment_id, attempt_id from payment_claim
   where (source, external_id) in (select * from unnest($1::text[], $2::text[]))`,
)

/** The claims that were there before us; a statement of its own, so that it sees what a concurrent claimer committed. */
export async function findClaims(tx: Tx, wanted: readonly Claimed[]): Promise<readonly Claim[]> {
  if (wanted.length === 0) return []
  const rows = await tx.query(findThem, [
    wanted.map(({ report }) => report.source),
    wanted.map(({ report }) => report.externalId),
  ])
  return rows.map((row) => ({
    source: row.source,
    externalId: row.external_id,
    fingerprint: row.fingerprint,
    paymentId: row.payment_id,
    attemptId: row.attempt_id,
  }))
}

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

/**
 * Writes all that follows from a batch in one statement: payments, allocations, transfers with their accounts,
 * invoices, notices with the lanes they wait in. One round trip while the invoices are locked.
 */
const save = statement<Row>(
  'save_booking',
  `with paid as (
     insert into payment (organization_id, id, source, external_id, channel, amount, currency, invoice_id,
       asked_reference, payer_name, payer_account, paid_at, received_at)
     select * from json_to_recordset($1::json) as p(organization_id uuid, id uuid, source text, external_id text,
       channel text, amount bigint, currency text, invoice_id uuid, asked_reference text, payer_name text,
       payer_account text, paid_at timestamptz, received_at timestamptz)
   ), allocated as (
     insert into allocation (organization_id, payment_id, place, kind, invoice_id, amount, currency, because)
     select * from json_to_recordset($2::json) as a(organization_id uuid, payment_id uuid, place smallint, kind text,
       invoice_id uuid, amount bigint, currency text, because text)
   ), opened as (
     insert into ledger_account (organization_id, address, currency, kind)
     select * from json_to_recordset($3::json) as l(organization_id uuid, address text, currency text, kind text)
     order by organization_id, address on conflict do nothing
   ), moved as (
     insert into transfer (organization_id, id, debit, credit, amount, currency, code, payment_id, value_at, booked_at)
     select t.*, $7 from json_to_recordset($4::json) as t(organization_id uuid, id uuid, debit text, credit text,
       amount bigint, currency text, code text, payment_id uuid, value_at timestamptz)
   ), settled as (
     update invoice i set paid = s.paid, state = s.state, sequence = s.sequence, paid_at = s.paid_at
     from json_to_recordset($5::json) as s(organization_id uuid, id uuid, paid bigint, state text, sequence integer,
       paid_at timestamptz)
     where i.organization_id = s.organization_id and i.id = s.id
   ), owed as (
     select e.organization_id, e.invoice_id, e.sequence, e.dialect, e.event, where_to.endpoint
     from json_to_recordset($6::json) as e(organization_id uuid, invoice_id uuid, sequence integer, dialect text,
       event jsonb, endpoint text)
     join organization o on o.id = e.organization_id
     cross join lateral (select e.endpoint union select o.notification_url) as where_to(endpoint)
     where where_to.endpoint <> ''
   ), noted as (
     insert into notice (organization_id, id, invoice_id, sequence, dialect, event, endpoint, next_at, created_at)
     select organization_id, gen_random_uuid(), invoice_id, sequence, dialect, event, endpoint, $7, $7 from owed
     returning organization_id, origin
   )
   insert into endpoint (organization_id, origin) select distinct organization_id, origin from noted order by 1, 2
   on conflict do nothing`,
)

export async function saveBooking(tx: Tx, booking: Booking, at: Instant): Promise<void> {
  await tx.query(save, [
    JSON.stringify(booking.payments.map(paymentRow)),
    JSON.stringify(booking.allocations.map(allocationRow)),
    JSON.stringify(accountRows(booking.transfers)),
    JSON.stringify(booking.transfers.map(transferRow)),
    JSON.stringify(booking.invoices.map(invoiceRow)),
    JSON.stringify(booking.events.map((event) => noticeRow(event, booking.invoices))),
    toDate(at),
  ])
}

function paymentRow({ id, report, receivedAt }: BookedPayment): Row {
  return {
    organization_id: report.organizationId,
    id,
    source: report.source,
    external_id: report.externalId,
    channel: report.channel,
    amount: report.money.minor.toString(),
    currency: report.money.currency,
    invoice_id: report.invoiceId,
    asked_reference: report.askedReference,
    payer_name: report.payerName,
    payer_account: report.payerAccount,
    paid_at: toDate(report.paidAt),
    received_at: toDate(receivedAt),
  }
}

function allocationRow({ organizationId, paymentId, place, allocation }: BookedAllocation): Row {
  return {
    organization_id: organizationId,
    payment_id: paymentId,
    place,
    kind: allocation.kind,
    invoice_id: allocation.invoiceId,
    amount: allocation.amount.minor.toString(),
    currency: allocation.amount.currency,
    because: allocation.kind === 'invoice' ? null : allocation.because,
  }
}

function accountRows(transfers: readonly Transfer[]): readonly Row[] {
  const accounts = new Map<string, Row>()
  for (const { organizationId, debit, credit, currency } of transfers) {
    for (const address of [debit, credit]) {
      const account = { organization_id: organizationId, address, currency, kind: kindOf(address) }
      accounts.set(`${organizationId} ${address}`, account)
    }
  }
  return [...accounts.values()]
}

function invoiceRow(invoice: Invoice): Row {
  return {
    organization_id: invoice.organizationId,
    id: invoice.id,
    paid: invoice.paid.toString(),
    state: invoice.state,
    sequence: invoice.sequence,
    paid_at: invoice.paidAt === null ? null : toDate(invoice.paidAt),
  }
}

function noticeRow(event: InvoiceEvent, invoices: readonly Invoice[]): Row {
  const invoice = invoices.find((one) => one.number === event.invoiceNumber)
  if (invoice === undefined) throw new Error(`event of ${event.invoiceNumber} has no invoice`)
  return {
    organization_id: event.organizationId,
    invoice_id: invoice.id,
    sequence: event.sequence,
    dialect: invoice.dialect,
    event,
    endpoint: invoice.notificationUrl,
  }
}
