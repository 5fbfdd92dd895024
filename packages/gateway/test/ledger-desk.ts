/** Accounts of an organization with money in them, and movements between them, over a database of their own. */
import type { Currency } from '../src/base/money.ts'
import type { Row } from '../src/base/db.ts'
import type { Deps } from '../src/core/deps.ts'
import { kindOf, type Address } from '../src/core/ledger/address.ts'
import { openBoundedAccount, readBalances } from '../src/core/ledger/balance.sql.ts'
import { postTransfers } from '../src/core/ledger/post-transfers.ts'
import type { PostResult } from '../src/core/ledger/posting.ts'
import type { Transfer } from '../src/core/ledger/transfer.ts'

export type LedgerDesk = ReturnType<typeof ledgerDesk>

export function ledgerDesk(deps: Deps, organizationId: string) {
  const movement = (
    debit: Address,
    credit: Address,
    amount: bigint,
    more: Partial<Transfer> = {},
  ): Transfer => ({
    id: deps.ids.next(),
    organizationId,
    debit,
    credit,
    amount,
    currency: 'KES',
    code: 'move',
    paymentId: null,
    valueAt: deps.clock.now(),
    ...more,
  })

  /** Opens an account that nobody can be refused on. */
  async function open(address: Address, currency: Currency = 'KES'): Promise<void> {
    const text = `insert into ledger_account (organization_id, address, currency, kind) values ($1, $2, $3, $4)
      on conflict do nothing`
    await run('open_for_test', text, [organizationId, address, currency, kindOf(address)])
  }

  /** Opens a wallet and fills it from the clearing account of the tests. */
  async function fund(address: Address, amount: bigint): Promise<void> {
    await openBoundedAccount(deps.db, { organizationId, address, currency: 'KES', kind: kindOf(address) })
    if (amount > 0n) await post([movement('clearing/test/KES', address, amount)])
  }

  const run = async <R extends Row>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<readonly R[]> => await deps.db.query<R>({ name, text }, values)
  const post = async (all: readonly Transfer[]): Promise<readonly PostResult[]> =>
    await postTransfers(deps, all)
  const balances = async (...addresses: readonly Address[]): Promise<readonly bigint[]> =>
    await readBalances(
      deps.db,
      addresses.map((address) => ({ organizationId, address })),
    )
  const bounded = async (address: Address): Promise<bigint> => {
    const text = 'select posted from bounded_balance where organization_id = $1 and address = $2'
    const [row] = await run<{ readonly posted: bigint }>('bounded_for_test', text, [organizationId, address])
    return row?.posted ?? 0n
  }
  const hold = async (address: Address, held: bigint): Promise<void> => {
    const text = 'update bounded_balance set held = $3 where organization_id = $1 and address = $2'
    await run('hold_for_test', text, [organizationId, address, held])
  }
  return { organizationId, movement, open, fund, run, post, balances, bounded, hold }
}
