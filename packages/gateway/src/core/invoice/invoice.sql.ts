import { only, statement, type Tx } from '../../base/db.ts'
import type { Currency } from '../../base/money.ts'
import { recordset } from '../../base/recordset.ts'
import { fromDate, toDate } from '../../base/time.ts'
import type { Invoice, InvoiceState } from './invoice.ts'

type InvoiceRow = {
  readonly organization_id: string
  readonly id: string
  readonly number: string
  readonly reference: string
  readonly api_client_id: string
  readonly service_code: string
  readonly currency: string
  readonly net: bigint
  readonly commission: bigint
  readonly paid: bigint
  readonly state: InvoiceState
  readonly description: string
  readonly payer_name: string
  readonly payer_id_number: string
  readonly payer_phone: string
  readonly payer_email: string
  readonly success_url: string
  readonly notification_url: string
  readonly dialect: string
  readonly content_hash: Uint8Array
  readonly picture_url: string
  readonly sequence: number
  readonly paid_at: Date | null
  readonly expires_at: Date | null
  readonly created_at: Date
}

const columns = `i.organization_id, i.id, i.number, i.reference, i.api_client_id, i.service_code, i.currency, i.net,
  i.commission, i.paid, i.state, i.description, i.payer_name, i.payer_id_number, i.payer_phone, i.payer_email,
  i.success_url, i.notification_url, i.dialect, i.content_hash, i.picture_url, i.sequence, i.paid_at, i.expires_at,
  i.created_at`

export type InvoiceKey = { readonly organizationId: string; readonly invoiceId: string }

const lock = statement<InvoiceRow>(
  'lock_invoices',
  `select ${columns} from invoice i
   where (i.organization_id, i.id) in (select * from unnest($1::uuid[], $2::uuid[]))
   order by i.organization_id, i.id for update`,
)

/** Locks invoices in the order of their keys, so that two batches never wait for each other in a circle. */
export async function lockInvoices(tx: Tx, keys: readonly InvoiceKey[]): Promise<readonly Invoice[]> {
  if (keys.length === 0) return []
  const rows = await tx.query(lock, [keys.map((key) => key.organizationId), keys.map((key) => key.invoiceId)])
  return rows.map(toInvoice)
}

const byId = statement<InvoiceRow>(
  'find_invoice',
  `select ${columns} from invoice i where i.organization_id = $1 and i.id = $2`,
)

export async function findInvoice(tx: Tx, key: InvoiceKey): Promise<Invoice | null> {
  const row = only(await tx.query(byId, [key.organizationId, key.invoiceId]))
  return row === null ? null : toInvoice(row)
}

const byReferences = statement<InvoiceRow>(
  'find_invoices_by_reference',
  `select ${columns} from invoice i
   join unnest($1::uuid[], $2::text[], $3::text[]) as k(organization_id, api_client_id, reference)
     on i.organization_id = k.organization_id and i.api_client_id = k.api_client_id and i.reference = k.reference`,
)

export type ReferenceKey = Pick<Invoice, 'organizationId' | 'apiClientId' | 'reference'>

export async function findInvoicesByReference(
  tx: Tx,
  keys: readonly ReferenceKey[],
): Promise<readonly Invoice[]> {
  const rows = await tx.query(byReferences, [
    keys.map((key) => key.organizationId),
    keys.map((key) => key.apiClientId),
    keys.map((key) => key.reference),
  ])
  return rows.map(toInvoice)
}

const route = statement<{
  readonly number: string
  readonly organization_id: string
  readonly invoice_id: string
}>(
  'route_invoice_numbers',
  'select number, organization_id, invoice_id from invoice_number where number = any($1::text[])',
)

/** Which invoices bare numbers name, whoever's they are. */
export async function routeInvoiceNumbers(
  tx: Tx,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, InvoiceKey>> {
  const rows = await tx.query(route, [numbers])
  return new Map(
    rows.map((row) => [row.number, { organizationId: row.organization_id, invoiceId: row.invoice_id }]),
  )
}

const byPage = statement<{ readonly organization_id: string; readonly invoice_id: string }>(
  'route_checkout_page',
  'select organization_id, invoice_id from checkout_page where request_hash = $1',
)

export async function routeCheckoutPage(tx: Tx, requestHash: Uint8Array): Promise<InvoiceKey | null> {
  const row = only(await tx.query(byPage, [requestHash]))
  return row === null ? null : { organizationId: row.organization_id, invoiceId: row.invoice_id }
}

/** A new invoice as it is written: `numbers` are candidates, of which the first free one is taken. */
export type NewInvoice = Omit<Invoice, 'number' | 'paid' | 'state' | 'sequence' | 'paidAt'> & {
  readonly numbers: readonly string[]
  readonly requestHash: Uint8Array
}

const asked = recordset('a', {
  organization_id: 'uuid',
  id: 'uuid',
  numbers: 'text',
  reference: 'text',
  api_client_id: 'text',
  service_code: 'text',
  currency: 'text',
  net: 'bigint',
  commission: 'bigint',
  description: 'text',
  payer_name: 'text',
  payer_id_number: 'text',
  payer_phone: 'text',
  payer_email: 'text',
  success_url: 'text',
  notification_url: 'text',
  dialect: 'text',
  content_hash: 'bytea',
  picture_url: 'text',
  expires_at: 'timestamptz',
  created_at: 'timestamptz',
  request_hash: 'bytea',
})

/** `offset 0` keeps the search for a free number a look-up by key: as a join it was planned over all numbers while statistics were young. */
const insert = statement<{ readonly id: string; readonly number: string }>(
  'insert_invoices',
  `with asked as (
     select a.*, (select n from unnest(string_to_array(a.numbers, ' ')) with ordinality as c(n, place)
                  where not exists (select 1 from invoice_number taken where taken.number = n offset 0)
                  order by place limit 1) as number
     from ${asked.from}
   ), made as (
     insert into invoice (organization_id, id, number, reference, api_client_id, service_code, currency, net,
       commission, description, payer_name, payer_id_number, payer_phone, payer_email, success_url,
       notification_url, dialect, content_hash, picture_url, expires_at, created_at)
     select organization_id, id, number, reference, api_client_id, service_code, currency, net, commission,
       description, payer_name, payer_id_number, payer_phone, payer_email, success_url, notification_url, dialect,
       content_hash, picture_url, expires_at, created_at
     from asked order by organization_id, api_client_id, reference
     on conflict (organization_id, api_client_id, reference) do nothing
     returning organization_id, id, number
   ), routed as (
     insert into invoice_number (number, organization_id, invoice_id)
     select number, organization_id, id from made
   ), paged as (
     insert into checkout_page (request_hash, organization_id, invoice_id)
     select asked.request_hash, made.organization_id, made.id
     from made join asked on asked.id = made.id
   )
   select id, number from made`,
)

/** Writes those whose reference is new; answers with the id and number of each that was written. */
export async function insertInvoices(
  tx: Tx,
  invoices: readonly NewInvoice[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query(insert, asked.values(invoices.map(toRow)))
  return new Map(rows.map((row) => [row.id, row.number]))
}

function toRow(invoice: NewInvoice) {
  return {
    organization_id: invoice.organizationId,
    id: invoice.id,
    numbers: invoice.numbers.join(' '),
    reference: invoice.reference,
    api_client_id: invoice.apiClientId,
    service_code: invoice.serviceCode,
    currency: invoice.currency,
    net: invoice.net,
    commission: invoice.commission,
    description: invoice.description,
    payer_name: invoice.payer.name,
    payer_id_number: invoice.payer.idNumber,
    payer_phone: invoice.payer.phone,
    payer_email: invoice.payer.email,
    success_url: invoice.successUrl,
    notification_url: invoice.notificationUrl,
    dialect: invoice.dialect,
    content_hash: invoice.contentHash,
    picture_url: invoice.pictureUrl,
    expires_at: invoice.expiresAt === null ? null : toDate(invoice.expiresAt),
    created_at: toDate(invoice.createdAt),
    request_hash: invoice.requestHash,
  }
}

const cancel = statement<{ readonly id: string }>(
  'cancel_invoice',
  `update invoice set state = 'cancelled'
   where organization_id = $1 and id = $2 and state = 'pending' and paid = 0 returning id`,
)

/** False when something was paid on it, or it was cancelled before. */
export async function cancelUnpaid(tx: Tx, key: InvoiceKey): Promise<boolean> {
  return (await tx.query(cancel, [key.organizationId, key.invoiceId])).length === 1
}

function toInvoice(row: InvoiceRow): Invoice {
  return {
    organizationId: row.organization_id,
    id: row.id,
    number: row.number,
    reference: row.reference,
    apiClientId: row.api_client_id,
    serviceCode: row.service_code,
    currency: row.currency as Currency,
    net: row.net,
    commission: row.commission,
    paid: row.paid,
    state: row.state,
    description: row.description,
    payer: {
      name: row.payer_name,
      idNumber: row.payer_id_number,
      phone: row.payer_phone,
      email: row.payer_email,
    },
    successUrl: row.success_url,
    notificationUrl: row.notification_url,
    dialect: row.dialect,
    contentHash: row.content_hash,
    pictureUrl: row.picture_url,
    sequence: row.sequence,
    paidAt: row.paid_at === null ? null : fromDate(row.paid_at),
    expiresAt: row.expires_at === null ? null : fromDate(row.expires_at),
    createdAt: fromDate(row.created_at),
  }
}
