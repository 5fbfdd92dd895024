import { createHmac } from 'node:crypto'
import { pesaflow as wire, secureHash } from '@lango/wire'
import { statement, type Row } from '../../../packages/gateway/src/base/db.ts'
import { invoiceNumber } from '../../../packages/gateway/src/base/id.ts'
import { formatNairobi } from '../../../packages/gateway/src/base/time.ts'
import type { Postgres } from '../../../packages/gateway/src/outside/postgres.ts'
import type { Sent } from '../load/requests.ts'
import type { Town } from './town.ts'

/** Open invoices, made by SQL: `from` to `to` (exclusive) are their places in `bench_order`. */
export type Orders = { readonly from: number; readonly to: number; readonly numbers: readonly string[] }

/** What each is for: 1,500 shillings and 5 of commission, paid in full. */
const net = 150_000n
const commission = 500n
const amount = '1505.00'

/** Who owes what, for pgbench to count through; and the row that a ledger "as most would write it" updates. */
const scratch = [
  statement(
    'bench_make_orders',
    `create table bench_order (n bigint primary key, organization_id uuid not null, invoice_id uuid not null)`,
  ),
  statement(
    'bench_make_balance',
    `create table bench_balance (organization_id uuid primary key, balance bigint not null)`,
  ),
]

const open = statement<Row>(
  'bench_open_invoices',
  `with made as (
     insert into invoice (organization_id, id, number, reference, api_client_id, service_code, currency, net, commission,
       description, payer_name, payer_id_number, payer_phone, payer_email, success_url, notification_url, dialect,
       content_hash, created_at)
     select $1, id, number, 'RATES-' || number, $4, $5, 'KES', $6, $7, 'Land rates', 'Achieng Otieno', '10000002',
       '254700000200', 'achieng@example.org', $8 || '/paid', $8 || '/notices', 'pesaflow', sha256(number::bytea), now()
     from unnest($2::uuid[], $3::text[]) as given(id, number)
     returning id, number
   ), routed as (
     insert into invoice_number (number, organization_id, invoice_id) select number, $1, id from made
   )
   insert into bench_order (n, organization_id, invoice_id)
   select $9 + place - 1, $1, id from unnest($2::uuid[]) with ordinality as given(id, place)`,
)

/** The accounts and the lane that the first payment would open, and the hot row. */
const grounds = [
  statement<Row>(
    'bench_open_accounts',
    `insert into ledger_account (organization_id, address, currency, kind)
     select $1, address, 'KES', split_part(address, '/', 1)
     from unnest(array['merchant/KES', 'fees/KES', 'clearing/' || $2 || '/KES']) as address on conflict do nothing`,
  ),
  statement<Row>(
    'bench_open_lane',
    'insert into endpoint (organization_id, origin) values ($1, $2) on conflict do nothing',
  ),
  statement<Row>('bench_open_balance', 'insert into bench_balance (organization_id, balance) values ($1, 0)'),
] as const

const chunk = 5_000

/** Writes so many open invoices, whose numbers and places nobody had before. */
export type OpenOrders = (count: number) => Promise<Orders>

export async function prepareOrders(db: Postgres, town: Town): Promise<OpenOrders> {
  for (const one of scratch) await db.query(one, [])
  const { organizationId, apiClientId } = town.merchant
  const [accounts, lane, balance] = grounds
  await db.query(accounts, [organizationId, town.bank.apiClientId])
  await db.query(lane, [organizationId, town.shop])
  await db.query(balance, [organizationId])
  const taken = new Set<string>()

  return async (count) => {
    const from = taken.size
    const to = from + count
    while (taken.size < to) taken.add(invoiceNumber(town.ports.chance))
    const numbers = [...taken].slice(from)
    for (let done = 0; done < count; done += chunk) {
      const some = numbers.slice(done, done + chunk)
      const ids = some.map(() => town.ports.ids.next())
      const common = [apiClientId, town.serviceCode, net, commission, town.shop]
      await db.query(open, [organizationId, ids, some, ...common, from + done])
    }
    return { from, to, numbers }
  }
}

const mac = (key: string | Uint8Array, text: string): Uint8Array =>
  createHmac('sha256', key).update(text).digest()

/** What a bank says of each, signed. */
export function confirms(orders: Orders, town: Town): readonly Sent[] {
  const at = formatNairobi(town.ports.clock.now()) as wire.NairobiTime
  return orders.numbers.map((number) => {
    const said = {
      api_client_id: town.bank.apiClientId,
      ref_no: number,
      amount,
      currency: 'KES',
      gateway_transaction_id: `BANK-${number}`,
      gateway_transaction_date: at,
      customer_name: 'Achieng Otieno',
      customer_account_number: '254700000200',
    }
    const secure_hash = secureHash(wire.recipes.confirm, said, town.bank.keys, mac)
    return posted(wire.paths.confirm, { ...said, secure_hash })
  })
}

/** Checkouts of new bills, as a merchant's server posts them. `run` keeps the references of two runs apart. */
export function checkouts(count: number, town: Town, run: string): readonly Sent[] {
  return Array.from({ length: count }, (_, place) => {
    const said = {
      apiClientID: town.merchant.apiClientId,
      serviceID: town.serviceCode,
      billRefNumber: `NEW-${run}-${place}`,
      billDesc: 'Land rates 2026',
      clientMSISDN: '254700000200',
      clientIDNumber: '10000002',
      clientName: 'Achieng Otieno',
      clientEmail: 'achieng@example.org',
      notificationURL: `${town.shop}/notices`,
      callBackURLOnSuccess: `${town.shop}/paid`,
      currency: 'KES',
      amountExpected: '1500.00',
      format: 'json',
    }
    const secureHashOf = secureHash(wire.recipes.checkout, said, town.merchant.keys, mac)
    return posted(wire.paths.checkout[0], { ...said, secureHash: secureHashOf })
  })
}

function posted(path: string, body: object): Sent {
  return { method: 'POST', path, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}
