import type { IncomingHttpHeaders } from 'node:http'
import { LangoError, verifyNotice } from '@lango/sdk'
import type { Notice, NoticeKeys, PaymentStatus } from '@lango/sdk'
import type { Check } from './checks.ts'
import { orderChecks, proofChecks } from './checks.ts'
import { cents } from './money.ts'
import type { Order, Orders, ReceivedNotice } from './orders.ts'
import { withNotice } from './orders.ts'

export type NoticeDeps = {
  readonly orders: Orders
  readonly keys: NoticeKeys
  /** Asks the gateway about an order. */
  readonly status: (reference: string) => Promise<PaymentStatus>
  readonly now: () => Date
}

/** What the gateway hears: anything but a 2xx makes it deliver the notice again later. */
export type Acknowledgement = { readonly status: number; readonly body: Readonly<Record<string, string>> }

/**
 * Receives a notice: proves it over the raw body, holds it against the order, and remembers what was found. A notice that
 * is not believed changes nothing.
 */
export async function receiveNotice(
  deps: NoticeDeps,
  rawBody: Uint8Array,
  headers: IncomingHttpHeaders,
): Promise<Acknowledgement> {
  const hasSecret = deps.keys.webhookSecret !== undefined
  const remember = (order: Order, checks: readonly Check[], change: Partial<Order> = {}): boolean => {
    const believed = checks.every(({ outcome }) => outcome === 'passed' || outcome === 'not asked')
    const notice = received(rawBody, headers, { at: deps.now(), checks, believed })
    deps.orders.change(order.reference, (now) => ({
      ...(believed ? change : {}),
      ...withNotice(now, notice),
    }))
    return believed
  }
  try {
    const notice = await verifyNotice(rawBody, headers, deps.keys, { now: deps.now() })
    const order = deps.orders.find(notice.reference)
    // The shop forgets its orders when it stops. Sending such a notice again would not help.
    if (order === undefined) return { status: 200, body: { status: 'ignored', reason: 'no such order' } }
    const asked = notice.signed ? null : await deps.status(notice.reference).catch(() => null)
    const checks = [
      ...proofChecks(hasSecret, null),
      ...orderChecks({ price: order.good.price, invoice: order.invoice }, notice, asked),
    ]
    if (!remember(order, checks, effectOf(deps.orders.find(notice.reference) ?? order, notice))) {
      return { status: 409, body: { error: 'the notice does not fit the order' } }
    }
    return { status: 200, body: { status: 'ok' } }
  } catch (cause) {
    if (!(cause instanceof LangoError)) throw cause
    const order = deps.orders.find(claimedReference(rawBody))
    if (order !== undefined) remember(order, proofChecks(hasSecret, cause))
    return { status: 400, body: { error: cause.code } }
  }
}

/**
 * What a believed notice changes. A repeat changes nothing, and neither does one that a later notice has overtaken:
 * `amountPaid` is all that was paid so far, so the smaller one is the older.
 */
function effectOf(order: Order, notice: Notice): Partial<Order> {
  const isRepeat = notice.id !== null && order.seen.includes(notice.id)
  const isOvertaken = order.state === 'paid' || cents(notice.amountPaid) < cents(order.amountPaid)
  if (isRepeat || isOvertaken || notice.status === 'pending') return {}
  return {
    state: notice.status === 'settled' ? 'paid' : 'partly paid',
    amountPaid: notice.amountPaid,
    seen: notice.id === null ? order.seen : [...order.seen, notice.id].slice(-100),
  }
}

function received(
  rawBody: Uint8Array,
  headers: IncomingHttpHeaders,
  found: Pick<ReceivedNotice, 'at' | 'checks' | 'believed'>,
): ReceivedNotice {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  return {
    ...found,
    rawBody: new TextDecoder().decode(rawBody),
    headers: names
      .map((name) => [name, String(headers[name] ?? '')] as const)
      .filter(([, value]) => value !== ''),
  }
}

/** Under which order a notice that cannot be believed is shown. Nothing else may follow from it. */
function claimedReference(rawBody: Uint8Array): string {
  try {
    const claimed: unknown = JSON.parse(new TextDecoder().decode(rawBody))
    const isObject = typeof claimed === 'object' && claimed !== null
    return isObject && 'client_invoice_ref' in claimed ? String(claimed.client_invoice_ref) : ''
  } catch {
    return ''
  }
}
