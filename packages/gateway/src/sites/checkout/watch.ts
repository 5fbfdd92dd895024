import { oncePer } from '../../base/once.ts'
import type { Deps } from '../../core/deps.ts'
import { viewCheckout, type CheckoutView } from '../../core/invoice/view-checkout.ts'
import { progressReader } from '../../core/invoice/watch-progress.ts'
import { event } from '../../http/watch.ts'
import { checkoutSum } from '../../pages/checkout.ts'
import { checkoutLive } from '../../pages/checkout-live.ts'
import { isSlow, markOf } from '../../pages/checkout-view.ts'
import { propsOf, type Wanted } from './show.ts'

const everyMs = 1_000
/** A comment now and then, so that no proxy takes silence for death. */
const heartbeatMs = 15_000
/** A forgotten tab asks anew after this, and meanwhile costs little. */
const longestMs = 30 * 60_000

/** Open pages that one process tells news; whoever comes beyond refreshes, and tries again after a while. */
const mostListeners = 5_000
let listeners = 0

/** News of a bill as server-sent events: the live part of its page whenever it differs from what the browser has. */
export async function* watchCheckout(
  deps: Deps,
  wanted: Watched,
  closed: AbortSignal,
): AsyncGenerator<string> {
  if (listeners >= mostListeners) return void (yield 'retry: 15000\n\n')
  listeners += 1
  try {
    yield* news(deps, wanted, closed)
  } finally {
    listeners -= 1
  }
}

type Watched = Wanted & { readonly view: CheckoutView; readonly mark: string }

async function* news(deps: Deps, wanted: Watched, closed: AbortSignal): AsyncGenerator<string> {
  const key = { organizationId: wanted.view.organizationId, invoiceId: wanted.view.invoiceId }
  const read = readerOf(deps.db)
  let { mark } = wanted
  // In this order: what happens between the two reads is seen by the next one. The other way round it was never told.
  let progress = await read(key)
  const first = await viewCheckout(deps, wanted.requestId)
  if (!first.ok) return
  let view = first.value
  let quietMs = 0
  yield 'retry: 2000\n\n'
  for (let waitedMs = 0; !closed.aborted && waitedMs < longestMs; waitedMs += everyMs) {
    const shown = propsOf(deps, { ...wanted, view })
    const current = markOf(shown)
    if (current !== mark) {
      mark = current
      quietMs = 0
      const parts = { state: view.state, html: String(checkoutLive(shown)), sum: String(checkoutSum(shown)) }
      yield `id: ${mark}\n${event('view', parts)}`
    }
    if (view.state === 'settled' || view.state === 'cancelled') break
    if (quietMs >= heartbeatMs) {
      quietMs = 0
      yield ': still here\n\n'
    }
    await pause(everyMs, closed)
    quietMs += everyMs
    const now = await read(key)
    if (now !== progress || (isSlow({ ...view, now: deps.clock.now() }) && !isSlow(view))) {
      progress = now
      const again = await viewCheckout(deps, wanted.requestId)
      if (!again.ok) break
      view = again.value
    }
  }
  yield event('end', {})
}

/** One reader for each database, so that all its open pages share their queries. */
const readerOf = oncePer((db: Deps['db']) => progressReader({ db }))

async function pause(ms: number, closed: AbortSignal): Promise<void> {
  if (closed.aborted) return
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      closed.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    closed.addEventListener('abort', done)
  })
}
