import { statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Contact, Medium, Outcome } from './message.ts'

/** A message as it is stored. */
export type StoredMessage = Contact & {
  readonly id: string
  /** Null once its text is gone. */
  readonly sealed: Uint8Array | null
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly tries: number
  readonly sentAt: Instant | null
  readonly waits: boolean
  readonly because: string | null
}

type MessageRow = Row & {
  readonly id: string
  readonly medium: Medium
  readonly address: string
  readonly sealed: Uint8Array | null
  readonly created_at: Date
  readonly expires_at: Date
  readonly tries: number
  readonly sent_at: Date | null
  readonly due_at: Date | null
  readonly because: string | null
}

const columns = `message.id, message.medium, message.address, message.sealed, message.created_at, message.expires_at,
  message.tries, message.sent_at, message.due_at, message.because`

const insertOne = statement(
  'message_insert',
  `insert into message (id, medium, address, sealed, created_at, expires_at, due_at)
   values ($1, $2, $3, $4, $5, $6, $5)`,
)

export async function insertMessage(
  tx: Tx,
  made: Contact & { readonly id: string; readonly sealed: Uint8Array; readonly expiresAt: Instant },
  now: Instant,
): Promise<void> {
  const { id, medium, address, sealed, expiresAt } = made
  await tx.query(insertOne, [id, medium, address, sealed, toDate(now), toDate(expiresAt)])
}

const claim = statement<MessageRow>(
  'message_claim',
  `update message set due_at = $4, tries = tries + 1
    where id = any (array(select id from message where medium = $1 and due_at <= $2
                           order by due_at limit $3 for update skip locked))
   returning ${columns}`,
)

/** Takes messages that are due, and puts them off to `leasedUntil` for the case that this process dies. */
export async function claimMessages(
  tx: Tx,
  wanted: {
    readonly medium: Medium
    readonly now: Instant
    readonly most: number
    readonly leasedUntil: Instant
  },
): Promise<readonly StoredMessage[]> {
  const { medium, now, most, leasedUntil } = wanted
  return (await tx.query(claim, [medium, toDate(now), most, toDate(leasedUntil)])).map(message)
}

const settle = statement(
  'message_settle',
  `update message set sent_at = $2, due_at = $3, because = $4, sealed = case when $5::boolean then sealed end
    where id = $1`,
)

/** Notes what became of a try. The text stays for as long as it is needed: `keep`. */
export async function settleMessage(
  tx: Tx,
  id: string,
  outcome: Outcome,
  { now, keep }: { readonly now: Instant; readonly keep: boolean },
): Promise<void> {
  await tx.query(settle, [
    id,
    outcome.kind === 'sent' ? toDate(now) : null,
    outcome.kind === 'again' ? toDate(outcome.at) : null,
    outcome.kind === 'sent' ? null : outcome.because,
    keep || outcome.kind === 'again',
  ])
}

const deleteOld = statement<Row & { id: string }>(
  'message_delete_old',
  `delete from message
    where id = any (array(select id from message where created_at < $1 limit $2 for update skip locked))
   returning id`,
)

/** Returns how many. */
export async function deleteOldMessages(tx: Tx, before: Instant, most: number): Promise<number> {
  return (await tx.query(deleteOld, [toDate(before), most])).length
}

// One that expired as it was written is for nobody: it stands for an account that does not exist.
const listNewest = statement<MessageRow>(
  'message_list_newest',
  `select ${columns} from message where expires_at > created_at order by id desc limit $1`,
)

export async function listNewestMessages(tx: Tx, most: number): Promise<readonly StoredMessage[]> {
  return (await tx.query(listNewest, [most])).map(message)
}

const listOfAddress = statement<MessageRow>(
  'message_list_of_address',
  `select ${columns} from message where address = $1 and expires_at > created_at order by id desc limit $2`,
)

export async function listMessagesTo(
  tx: Tx,
  address: string,
  most: number,
): Promise<readonly StoredMessage[]> {
  return (await tx.query(listOfAddress, [address, most])).map(message)
}

function message(row: MessageRow): StoredMessage {
  return {
    id: row.id,
    medium: row.medium,
    address: row.address,
    sealed: row.sealed,
    createdAt: fromDate(row.created_at),
    expiresAt: fromDate(row.expires_at),
    tries: row.tries,
    sentAt: row.sent_at === null ? null : fromDate(row.sent_at),
    waits: row.due_at !== null,
    because: row.because,
  }
}
