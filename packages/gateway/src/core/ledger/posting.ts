import type { Address } from './address.ts'
import type { Transfer } from './transfer.ts'

/** A movement that somebody asks for, and what became of it. */
export type PostResult = 'posted' | 'repeated' | 'insufficient' | 'currency' | 'unknown-account'

/** What a bounded account holds: `held` of `posted` is promised to somebody already. */
export type Funds = { readonly posted: bigint; readonly held: bigint }

export type Books = {
  /** Currency of each account that is open, by key. */
  readonly currencies: ReadonlyMap<string, string>
  /** Only bounded accounts. */
  readonly funds: ReadonlyMap<string, Funds>
  /** Ids of movements that were written before. */
  readonly posted: ReadonlySet<string>
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

/**
 * Decides a batch in order. A movement that its account cannot fund is refused, and never fails its neighbours; a
 * movement that was written before, or stands twice in the batch, is `repeated`.
 */
export function decidePostings(asked: readonly Transfer[], books: Books): Posting {
  const funds = new Map(books.funds)
  const changed = new Set<string>()
  const seen = new Set(books.posted)
  const transfers: Transfer[] = []
  const results = asked.map((transfer): PostResult => {
    const debit = keyOf(transfer.organizationId, transfer.debit)
    const credit = keyOf(transfer.organizationId, transfer.credit)
    const verdict = judge(transfer, { ...books, funds, posted: seen }, debit, credit)
    if (verdict !== 'posted') return verdict
    seen.add(transfer.id)
    transfers.push(transfer)
    for (const [key, change] of [[debit, -transfer.amount], [credit, transfer.amount]] as const) {
      const before = funds.get(key)
      if (before === undefined) continue
      funds.set(key, { ...before, posted: before.posted + change })
      changed.add(key)
    }
    return 'posted'
  })
  return { results, transfers, funds: new Map([...funds].filter(([key]) => changed.has(key))) }
}

function judge(transfer: Transfer, books: Books, debit: string, credit: string): PostResult {
  if (books.posted.has(transfer.id)) return 'repeated'
  const currencies = [books.currencies.get(debit), books.currencies.get(credit)]
  if (currencies.includes(undefined)) return 'unknown-account'
  if (currencies.some((currency) => currency !== transfer.currency)) return 'currency'
  const funds = books.funds.get(debit)
  return funds !== undefined && funds.posted - funds.held < transfer.amount ? 'insufficient' : 'posted'
}
