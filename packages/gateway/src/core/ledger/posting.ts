import type { Address } from './address.ts'
import type { Transfer } from './transfer.ts'

/**
 * What became of a movement that somebody asked for. `repeated`: it was written before, or stands twice in the batch.
 * `conflicting`: its id was used for another movement. `invalid`: no movement at all, such as one of nothing.
 * `overflow`: the account that it goes to could not count that far.
 */
export type PostResult =
  | 'posted'
  | 'repeated'
  | 'conflicting'
  | 'insufficient'
  | 'currency'
  | 'unknown-account'
  | 'invalid'
  | 'overflow'

/** What a bounded account holds: `held` of `posted` is promised to somebody already. */
export type Funds = { readonly posted: bigint; readonly held: bigint }

/** What must be the same when a movement is asked for again. */
export type Movement = Pick<
  Transfer,
  'organizationId' | 'id' | 'debit' | 'credit' | 'amount' | 'currency' | 'code'
>

export type Books = {
  /** Currency of each account that is open, by key. */
  readonly currencies: ReadonlyMap<string, string>
  /** Only bounded accounts. */
  readonly funds: ReadonlyMap<string, Funds>
  /** Movements that were written before. */
  readonly posted: readonly Movement[]
}

export type Posting = {
  readonly results: readonly PostResult[]
  readonly transfers: readonly Transfer[]
  /** Bounded accounts that changed, by key. */
  readonly funds: ReadonlyMap<string, Funds>
}

export function keyOf(organizationId: string, address: Address): string {
  return `${organizationId} ${address}`
}

/** The largest amount, and the largest balance, of the database's 64 bits. */
const most = 2n ** 63n - 1n

/** Decides a batch in order. A movement that is refused never fails its neighbours. */
export function decidePostings(asked: readonly Transfer[], books: Books): Posting {
  const funds = new Map(books.funds)
  const changed = new Set<string>()
  const posted = new Map(books.posted.map((one) => [keyOf(one.organizationId, one.id), contentOf(one)]))
  const transfers: Transfer[] = []
  const results = asked.map((transfer): PostResult => {
    const before = posted.get(keyOf(transfer.organizationId, transfer.id))
    if (before !== undefined) return before === contentOf(transfer) ? 'repeated' : 'conflicting'
    const verdict = judge(transfer, books.currencies, funds)
    if (verdict !== 'posted') return verdict
    posted.set(keyOf(transfer.organizationId, transfer.id), contentOf(transfer))
    transfers.push(transfer)
    for (const [key, change] of changesOf(transfer)) {
      const held = funds.get(key)
      if (held === undefined) continue
      funds.set(key, { ...held, posted: held.posted + change })
      changed.add(key)
    }
    return 'posted'
  })
  return { results, transfers, funds: new Map([...funds].filter(([key]) => changed.has(key))) }
}

function judge(
  transfer: Transfer,
  currencies: Books['currencies'],
  funds: ReadonlyMap<string, Funds>,
): PostResult {
  const { amount, currency } = transfer
  if (amount <= 0n || amount > most || transfer.debit === transfer.credit) return 'invalid'
  const [[debit], [credit]] = changesOf(transfer)
  const theirs = [currencies.get(debit), currencies.get(credit)]
  if (theirs.includes(undefined)) return 'unknown-account'
  if (theirs.some((one) => one !== currency)) return 'currency'
  const from = funds.get(debit)
  if (from !== undefined && from.posted - from.held < amount) return 'insufficient'
  const to = funds.get(credit)
  return to !== undefined && to.posted + amount > most ? 'overflow' : 'posted'
}

function changesOf({ organizationId, debit, credit, amount }: Movement) {
  return [
    [keyOf(organizationId, debit), -amount],
    [keyOf(organizationId, credit), amount],
  ] as const
}

function contentOf({ debit, credit, amount, currency, code }: Movement): string {
  return JSON.stringify([debit, credit, amount.toString(), currency, code])
}
