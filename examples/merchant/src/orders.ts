import { randomInt } from 'node:crypto'
import type { Invoice } from '@lango/sdk'
import { boundedMap } from './bounded.ts'
import type { Good } from './catalogue.ts'
import type { Check } from './checks.ts'
import type { User } from './sessions.ts'

/** A notice as it came in, and what became of it. */
export type ReceivedNotice = {
  readonly at: Date
  readonly rawBody: string
  /** The `webhook-…` headers. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly checks: readonly Check[]
  readonly believed: boolean
}

export type Order = {
  readonly reference: string
  readonly good: Good
  readonly buyer: User
  readonly orderedAt: Date
  readonly invoice: Invoice | null
  readonly state: 'unpaid' | 'partly paid' | 'paid'
  /** As the last notice that was believed says, such as `1850.00`. */
  readonly amountPaid: string
  /** Ids of notices that were believed, so that a repeat changes nothing. */
  readonly seen: readonly string[]
  readonly notices: readonly ReceivedNotice[]
}

export type Orders = ReturnType<typeof orderBook>

const mostOrders = 1_000
const mostNotices = 20

/** Orders in memory: a demonstration forgets when it stops. */
export function orderBook() {
  const orders = boundedMap<Order>(mostOrders)
  return {
    place: (good: Good, buyer: User, orderedAt: Date): Order => {
      const order: Order = {
        reference: newReference(),
        good,
        buyer,
        orderedAt,
        invoice: null,
        state: 'unpaid',
        amountPaid: '0.00',
        seen: [],
        notices: [],
      }
      orders.set(order.reference, order)
      return order
    },
    find: (reference: string): Order | undefined => orders.get(reference),
    /** A buyer's orders, the newest first. */
    of: (user: User): readonly Order[] =>
      orders
        .values()
        .filter(({ buyer }) => isSame(buyer, user))
        .reverse(),
    /** Applies changes to the order as it is now, not as it was read before something was awaited. */
    change: (reference: string, change: (order: Order) => Partial<Order>): void => {
      const order = orders.get(reference)
      if (order !== undefined) orders.set(reference, { ...order, ...change(order) })
    },
  }
}

/** The newest notices first. */
export function withNotice(order: Order, notice: ReceivedNotice): Pick<Order, 'notices'> {
  return { notices: [notice, ...order.notices].slice(0, mostNotices) }
}

/** Whether two answers of eCitizen are about one person: `sub` is the standard's word for that, `id` eCitizen's. */
export function isSame(one: User, other: User): boolean {
  return one.sub === other.sub && one.id === other.id
}

/** Letters and digits that are not mistaken for one another, should somebody read it out over the phone. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

function newReference(): string {
  const drawn = Array.from({ length: 10 }, () => alphabet.charAt(randomInt(alphabet.length)))
  return `ORDER-${drawn.join('')}`
}
