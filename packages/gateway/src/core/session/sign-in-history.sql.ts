import { statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { AuthenticationMethod } from '../factor/assurance.ts'

/** A sign-in, or a try, as the account's owner sees it. */
export type SignInEntry = {
  readonly at: Instant
  readonly outcome: 'opened' | 'stepped-up' | 'failed'
  readonly methods: readonly AuthenticationMethod[]
  /** Coarse: `203.0.113.0/24`. */
  readonly network: string
  readonly userAgent: string | null
  /** Whether the browser was known. */
  readonly known: boolean
}

const insert = statement(
  'sign_in_insert',
  `insert into sign_in (account_id, id, at, outcome, methods, network, user_agent, known)
   select account.id, $2, $3, $4, $5, $6, $7, $8 from account where account.id = $1`,
)

/** Does nothing for an account that does not exist, and takes as long. */
export async function insertSignIn(tx: Tx, accountId: string, id: string, entry: SignInEntry): Promise<void> {
  await tx.query(insert, [
    accountId,
    id,
    toDate(entry.at),
    entry.outcome,
    entry.methods,
    entry.network,
    entry.userAgent,
    entry.known,
  ])
}

const list = statement<
  Row & {
    readonly at: Date
    readonly outcome: SignInEntry['outcome']
    readonly methods: readonly AuthenticationMethod[]
    readonly network: string
    readonly user_agent: string | null
    readonly known: boolean
  }
>(
  'sign_in_list',
  `select at, outcome, methods, network, user_agent, known from sign_in
    where account_id = $1 order by id desc limit $2`,
)

/** The newest first. */
export async function listSignIns(tx: Tx, accountId: string, most: number): Promise<readonly SignInEntry[]> {
  return (await tx.query(list, [accountId, most])).map(({ at, user_agent, ...row }) => ({
    ...row,
    at: fromDate(at),
    userAgent: user_agent,
  }))
}

const deleteOld = statement<Row & { id: string }>(
  'sign_in_delete_old',
  `delete from sign_in
    where (account_id, id) in (select account_id, id from sign_in where at < $1 limit $2 for update skip locked)
   returning id`,
)

/** Deletes what is older, at most so many. Returns how many. */
export async function deleteOldSignIns(tx: Tx, before: Instant, most: number): Promise<number> {
  return (await tx.query(deleteOld, [toDate(before), most])).length
}
