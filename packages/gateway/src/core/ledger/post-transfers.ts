import type { Ports } from '../ports.ts'
import type { Tx } from '../../base/db.ts'
import { lockBoundedBalances, saveBoundedBalances, type AccountKey } from './balance.sql.ts'
import { decidePostings, keyOf, type PostResult } from './posting.ts'
import { findLedgerAccounts, findTransfers, insertTransfers } from './transfer.sql.ts'
import type { Transfer } from './transfer.ts'

const tries = 5

/**
 * Posts a batch of movements in one transaction and answers for each, in order. A transfer's id is its idempotency
 * key. Only bounded accounts are locked, in the order of their keys; nothing else waits.
 */
export async function postTransfers(
  ports: Ports,
  asked: readonly Transfer[],
): Promise<readonly PostResult[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ports.db.transaction(async (tx) => await postWithin(ports, tx, asked))
    } catch (fault) {
      if (!(fault instanceof TransferRaced) || attempt === tries) throw fault
    }
  }
}

/** Throws when an id was raced for: then the transaction is rolled back and run again. */
async function postWithin(ports: Ports, tx: Tx, asked: readonly Transfer[]): Promise<readonly PostResult[]> {
  const keys = accountsOf(asked)
  const accounts = await findLedgerAccounts(tx, keys)
  const locked = await lockBoundedBalances(
    tx,
    accounts.filter(({ bounded }) => bounded),
  )
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
  if (posting.transfers.length > 0) {
    const written = await insertTransfers(tx, posting.transfers, ports.clock.now())
    if (written < posting.transfers.length) throw new TransferRaced('a transfer was written by two at once')
  }
  return posting.results
}

/** Somebody else wrote one of our ids at this moment: nothing of the batch may stand, and a next try sees it. */
class TransferRaced extends Error {
  override readonly name = 'TransferRaced'
}

function accountsOf(asked: readonly Transfer[]): readonly AccountKey[] {
  const keys = new Map<string, AccountKey>()
  for (const { organizationId, debit, credit } of asked) {
    for (const address of [debit, credit])
      keys.set(keyOf(organizationId, address), { organizationId, address })
  }
  return [...keys.values()]
}
