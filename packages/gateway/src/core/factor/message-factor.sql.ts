import { statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { Contact, Medium } from '../message/message.ts'

const list = statement<Row & { medium: Medium; address: string }>(
  'message_factor_list',
  'select medium, address from message_factor where account_id = $1 order by medium',
)

/** Where codes for the second step go. */
export async function listMessageFactors(tx: Tx, accountId: string): Promise<readonly Contact[]> {
  return await tx.query(list, [accountId])
}

const save = statement(
  'message_factor_save',
  `insert into message_factor (account_id, medium, address, added_at) values ($1, $2, $3, $4)
   on conflict (account_id, medium) do update set address = excluded.address, added_at = excluded.added_at`,
)

export async function saveMessageFactor(tx: Tx, accountId: string, to: Contact, at: Instant): Promise<void> {
  await tx.query(save, [accountId, to.medium, to.address, toDate(at)])
}

const remove = statement<Row & { address: string }>(
  'message_factor_delete',
  'delete from message_factor where account_id = $1 and medium = $2 returning address',
)

export async function deleteMessageFactor(tx: Tx, accountId: string, medium: Medium): Promise<boolean> {
  return (await tx.query(remove, [accountId, medium])).length === 1
}
