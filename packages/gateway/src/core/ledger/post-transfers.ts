import type { Ports } from '../ports.ts'
import type { Tx } from '../../base/db.ts'
import { lockBoundedBalances, saveBoundedBalances, type AccountKey } from './balance.sql.ts'
import { decidePostings, keyOf, type PostResult } from './posting.ts'
import { findLedgerAccounts, findTransfers, insertTransfers } from './transfer.sql.ts'
import type { Transfer } from './transfer.ts'

/**
 * Posts a batch of movements in one transaction and answers for each, in order. A transfer's id is its idempotency
 * key. Only bounded accounts are locked, in the order of their keys; nothing else waits.
 */
export async function postTransfers(ports: Ports, asked: readonly Transfer[]): Promise<readonly PostResult[]> {
  return await ports.db.transaction(async (tx) => await postWithin(ports, tx, asked))
}

/** The same inside a transaction that does more than post. */
export async function postWithin(ports: Ports, tx: Tx, asked: readonly Transfer[]): Promise<readonly PostResult[]> {
  const keys = accountsOf(asked)
  const accounts = await findLedgerAccounts(tx, keys)
  const locked = await lockBoundedBalances(tx, accounts.filter(({ bounded }) => bounded))
  const posting = decidePostings(asked, {
    currencies: new Map(accounts.map((one) => [keyOf(one.organizationId, one.address), one.currency])),
    funds: new Map(locked.map((one) => [keyOf(one.organizationId, one.address), one])),
    // Read after the locks, so that a movement which another call just wrote is seen.
    posted: await findTransfers(tx, asked),
  })
  const changed = locked.flatMap((one) => {
    const funds = posting.funds.get(keyOf(one.organizationId, one.address))
    return funds === undefined ? [] : [{ ...one, ...funds }]
  })
  if (changed.length > 0) await saveBoundedBalances(tx, changed)
  if (posting.transfers.length > 0) await insertTransfers(tx, posting.transfers, ports.clock.now())
  return posting.results
}

function accountsOf(asked: readonly Transfer[]): readonly AccountKey[] {
  const keys = new Map<string, AccountKey>()
  for (const { organizationId, debit, credit } of asked) {
    for (const address of [debit, credit]) keys.set(keyOf(organizationId, address), { organizationId, address })
  }
  return [...keys.values()]
}
