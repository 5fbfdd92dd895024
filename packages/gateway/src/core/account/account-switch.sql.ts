import { statement, type Row, type Tx } from '../../base/db.ts'

const setActive = statement<Row & { readonly id: string }>(
  'account_set_active',
  'update account set active = $2 where id = $1 and active <> $2 returning id',
)

/** False when it was so already, or when there is no such account. */
export async function updateActive(tx: Tx, accountId: string, active: boolean): Promise<boolean> {
  return (await tx.query(setActive, [accountId, active])).length === 1
}
