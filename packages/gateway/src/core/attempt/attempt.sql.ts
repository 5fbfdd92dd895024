import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { money, type Currency } from '../../base/money.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { InvoiceKey } from '../invoice/invoice.sql.ts'
import type { Attempt, AttemptChange, AttemptState } from './attempt.ts'

export type AttemptKey = { readonly organizationId: string; readonly attemptId: string }

/** What a payer sees of the newest try. */
export type AttemptNow = Pick<Attempt, 'id' | 'channel' | 'state' | 'open' | 'outcome' | 'asks'> & {
  readonly startedAt: Instant
}

const newest = statement<{
  readonly id: string
  readonly channel: string
  readonly state: AttemptState
  readonly open: boolean
  readonly outcome: string | null
  readonly created_at: Date
  readonly asks: number
}>(
  'find_newest_attempt',
  `select id, channel, state, open, outcome, created_at, asks from attempt
   where organization_id = $1 and invoice_id = $2 order by created_at desc, id desc limit 1`,
)

export async function findNewestAttempt(tx: Tx, key: InvoiceKey): Promise<AttemptNow | null> {
  const row = only(await tx.query(newest, [key.organizationId, key.invoiceId]))
  if (row === null) return null
  const { id, channel, state, open, outcome, asks } = row
  return { id, channel, state, open, outcome, asks, startedAt: fromDate(row.created_at) }
}

/** A fresh attempt. `token`: what the page that started it was good for; null when none did. */
export type NewAttempt = Attempt & { readonly token: string | null; readonly askAt: Instant }

const insert = statement<{ readonly id: string }>(
  'insert_attempt',
  `insert into attempt (organization_id, id, invoice_id, channel, state, open, amount, currency, payer_phone, token,
     ask_at, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict do nothing returning id`,
)

/** False when one is open already through this channel, or when its page was sent before. */
export async function insertAttempt(tx: Tx, attempt: NewAttempt): Promise<boolean> {
  const rows = await tx.query(insert, [
    attempt.organizationId,
    attempt.id,
    attempt.invoiceId,
    attempt.channel,
    attempt.state,
    attempt.open,
    attempt.amount.minor,
    attempt.amount.currency,
    attempt.payerPhone,
    attempt.token,
    toDate(attempt.askAt),
    toDate(attempt.createdAt),
  ])
  return rows.length === 1
}

const insertAddress = statement<Row>(
  'insert_callback_address',
  'insert into callback_address (secret_hash, channel, organization_id, attempt_id) values ($1, $2, $3, $4)',
)

export type CallbackAddress = { readonly secretHash: Uint8Array; readonly channel: string }

export async function insertCallbackAddress(
  tx: Tx,
  key: AttemptKey,
  address: CallbackAddress,
): Promise<void> {
  await tx.query(insertAddress, [address.secretHash, address.channel, key.organizationId, key.attemptId])
}

type AttemptRow = {
  readonly organization_id: string
  readonly id: string
  readonly invoice_id: string
  readonly number: string
  readonly description: string
  readonly channel: string
  readonly state: AttemptState
  readonly open: boolean
  readonly amount: bigint
  readonly currency: string
  readonly payer_phone: string | null
  readonly provider_id: string | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly outcome: string | null
  readonly receipt: string | null
  readonly asks: number
  readonly created_at: Date
}

const columns = `a.organization_id, a.id, a.invoice_id, i.number, i.description, a.channel, a.state, a.open, a.amount,
  a.currency, a.payer_phone, a.provider_id, a.detail, a.outcome, a.receipt, a.asks, a.created_at`

const find = statement<AttemptRow>(
  'find_attempt',
  `select ${columns} from attempt a
   join invoice i on i.organization_id = a.organization_id and i.id = a.invoice_id
   where a.organization_id = $1 and a.id = $2`,
)

/** Attempts are never deleted: that one is missing is a fault. */
export async function findAttempt(tx: Tx, key: AttemptKey): Promise<Attempt> {
  return certain(await tx.query(find, [key.organizationId, key.attemptId]))
}

const lock = statement<AttemptRow>(
  'lock_attempt',
  `select ${columns} from attempt a
   join invoice i on i.organization_id = a.organization_id and i.id = a.invoice_id
   where a.organization_id = $1 and a.id = $2 for update of a`,
)

export async function lockAttempt(tx: Tx, key: AttemptKey): Promise<Attempt> {
  return certain(await tx.query(lock, [key.organizationId, key.attemptId]))
}

const change = statement<Row>(
  'change_attempt',
  `update attempt set state = $3, open = $4, outcome = $5, asks = $6, ask_at = $7, provider_id = coalesce($8, provider_id),
     detail = coalesce($9, detail), closed_at = case when $4 then null else coalesce(closed_at, $10) end
   where organization_id = $1 and id = $2`,
)

export async function changeAttempt(tx: Tx, key: AttemptKey, to: AttemptChange, now: Instant): Promise<void> {
  await tx.query(change, [
    key.organizationId,
    key.attemptId,
    to.state,
    to.open,
    to.outcome,
    to.asks,
    to.askAt === null ? null : toDate(to.askAt),
    to.providerId ?? null,
    to.detail === undefined ? null : JSON.stringify(to.detail),
    toDate(now),
  ])
}

const takeReceipt = statement<Row>(
  'take_receipt',
  `update attempt set receipt = $3, provider_id = coalesce(provider_id, $4)
   where organization_id = $1 and id = $2 and receipt is null`,
)

/** The attempt is locked: from here on no other receipt can be booked for it. */
export async function takeReceiptOfLocked(
  tx: Tx,
  key: AttemptKey,
  taken: { readonly receipt: string; readonly providerId: string },
): Promise<void> {
  await tx.query(takeReceipt, [key.organizationId, key.attemptId, taken.receipt, taken.providerId])
}

const giveReceiptBack = statement<Row>(
  'give_receipt_back',
  `update attempt set receipt = null where organization_id = $1 and id = $2 and receipt = $3 and state <> 'succeeded'`,
)

/** The receipt turned out to be another payment's. */
export async function giveReceiptBackOf(tx: Tx, key: AttemptKey, receipt: string): Promise<void> {
  await tx.query(giveReceiptBack, [key.organizationId, key.attemptId, receipt])
}

const claim = statement<{ readonly organization_id: string; readonly id: string }>(
  'claim_attempts_to_ask',
  `update attempt a set ask_at = $2
   from (select organization_id, id from attempt where ask_at <= $1 order by ask_at limit $3
         for update skip locked) as due
   where a.organization_id = due.organization_id and a.id = due.id
   returning a.organization_id, a.id`,
)

/** Attempts whose provider is to be asked now. Nobody else asks before the lease is over. */
export async function claimAttemptsToAsk(
  tx: Tx,
  now: Instant,
  lease: { readonly until: Instant; readonly limit: number },
): Promise<readonly AttemptKey[]> {
  const rows = await tx.query(claim, [toDate(now), toDate(lease.until), lease.limit])
  return rows.map((row) => ({ organizationId: row.organization_id, attemptId: row.id }))
}

function certain(rows: readonly AttemptRow[]): Attempt {
  const row = only(rows)
  if (row === null) throw new Error('there is no such attempt')
  return toAttempt(row)
}

function toAttempt(row: AttemptRow): Attempt {
  return {
    organizationId: row.organization_id,
    id: row.id,
    invoiceId: row.invoice_id,
    invoiceNumber: row.number,
    description: row.description,
    channel: row.channel,
    amount: money(row.amount, row.currency as Currency),
    payerPhone: row.payer_phone,
    state: row.state,
    open: row.open,
    outcome: row.outcome,
    providerId: row.provider_id,
    detail: row.detail,
    receipt: row.receipt,
    asks: row.asks,
    createdAt: fromDate(row.created_at),
  }
}
