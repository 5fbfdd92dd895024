import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { FactorRemoval, RemovalOutcome } from './factor-removal.ts'

type RemovalRow = Row & {
  readonly account_id: string
  readonly id: string
  readonly asked_by: string
  readonly because: string
  readonly asked_at: Date
  readonly due_at: Date
  readonly ends_at: Date
}

const columns = 'account_id, id, asked_by, because, asked_at, due_at, ends_at'

const find = statement<RemovalRow>(
  'factor_removal_find_open',
  `select ${columns} from factor_removal where account_id = $1 and ended_at is null`,
)

/** The one that waits, lapsed or not. */
export async function findOpenRemoval(tx: Tx, accountId: string): Promise<FactorRemoval | null> {
  const row = only(await tx.query(find, [accountId]))
  return row === null ? null : removal(row)
}

const insert = statement(
  'factor_removal_insert',
  `insert into factor_removal (${columns}, stop_hash) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
)

export async function insertRemoval(tx: Tx, made: FactorRemoval, stopHash: Uint8Array): Promise<void> {
  const { accountId, id, askedBy, because, askedAt, dueAt, endsAt } = made
  const times = [toDate(askedAt), toDate(dueAt), toDate(endsAt)]
  await tx.query(insert, [accountId, id, askedBy, because, ...times, stopHash])
}

const end = statement<Row & { id: string }>(
  'factor_removal_end',
  `update factor_removal set ended_at = $3, outcome = $4
    where account_id = $1 and id = $2 and ended_at is null returning id`,
)

/** False when it had ended already. */
export async function endRemoval(
  tx: Tx,
  { accountId, id }: Pick<FactorRemoval, 'accountId' | 'id'>,
  outcome: RemovalOutcome,
  at: Instant,
): Promise<boolean> {
  return (await tx.query(end, [accountId, id, toDate(at), outcome])).length === 1
}

const findByStop = statement<RemovalRow>(
  'factor_removal_find_by_stop',
  `select ${columns} from factor_removal
    where account_id = $1 and id = $2 and stop_hash = $3 and ended_at is null and ends_at > $4`,
)

/** The one that whoever holds the message may stop. */
export async function findStoppable(
  tx: Tx,
  key: { readonly accountId: string; readonly id: string; readonly stopHash: Uint8Array },
  now: Instant,
): Promise<FactorRemoval | null> {
  const row = only(await tx.query(findByStop, [key.accountId, key.id, key.stopHash, toDate(now)]))
  return row === null ? null : removal(row)
}

const usedSince = statement<{ readonly used: boolean }>(
  'factor_used_since',
  `select exists (select from sign_in
     where account_id = $1 and at > $2 and outcome <> 'failed' and 'mfa' = any (methods)) as used`,
)

/** Whether somebody proved a second factor of the account since then. */
export async function wasFactorUsed(tx: Tx, accountId: string, since: Instant): Promise<boolean> {
  return only(await tx.query(usedSince, [accountId, toDate(since)]))?.used ?? false
}

const clear = statement(
  'factor_clear',
  `with password as (delete from credential where account_id = $1 and kind = 'password'),
     app as (delete from authenticator where account_id = $1),
     keys as (delete from passkey where account_id = $1),
     codes as (delete from message_factor where account_id = $1)
   delete from recovery_code where account_id = $1`,
)

/** Takes off all that the account could prove itself by, its password included. */
export async function deleteProofs(tx: Tx, accountId: string): Promise<void> {
  await tx.query(clear, [accountId])
}

function removal(row: RemovalRow): FactorRemoval {
  return {
    accountId: row.account_id,
    id: row.id,
    askedBy: row.asked_by,
    because: row.because,
    askedAt: fromDate(row.asked_at),
    dueAt: fromDate(row.due_at),
    endsAt: fromDate(row.ends_at),
  }
}
