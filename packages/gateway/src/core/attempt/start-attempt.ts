import { no, ok, type Result } from '../../base/result.ts'
import { randomHex } from '../../base/secret.ts'
import { after } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { drawTries, giveTriesBack, secondsToWait } from '../limit/budget.sql.ts'
import { findInvoice } from '../invoice/invoice.sql.ts'
import { isPayable, outstanding, type Invoice } from '../invoice/invoice.ts'
import { findPage } from '../invoice/view-checkout.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { startLease, type Attempt } from './attempt.ts'
import { insertAttempt, insertCallbackAddress, type AttemptKey, type CallbackAddress } from './attempt.sql.ts'
import type { Channel } from './channel.ts'
import { findEnabledChannels } from './channel-setting.sql.ts'
import { findChannel, type FoundChannel } from './find-channel.ts'
import { promptDraws } from './prompt-budget.ts'
import { requestPayment } from './request-payment.ts'

export type StartAttempt = {
  readonly requestId: string
  readonly channel: string
  /** As typed; empty for the invoice's own. */
  readonly phone: string
  /** What the page was good for: it starts one attempt, however often it is sent. */
  readonly token: string
}

export type StartRefusal = Refusal<
  | 'channel_unavailable'
  | 'channel_refused'
  | 'attempt_open'
  | 'phone_limited'
  | 'field_invalid'
  | 'invoice_settled'
>

/**
 * Starts one try to pay. It answers as soon as the attempt is stored: the provider is asked afterwards, with no
 * transaction open, and the page shows how far that is.
 */
export async function startAttempt(
  deps: Deps,
  asked: StartAttempt,
): Promise<Result<AttemptKey, StartRefusal | Refusal<'not_found'>>> {
  const key = await findPage(deps, asked.requestId)
  const invoice = key === null ? null : await findInvoice(deps.db, key)
  return invoice === null ? no(refusal('not_found')) : await start(deps, invoice, asked)
}

/** Has the invoice's own phone asked, when the merchant wished so; whoever opens the page sees what came of it. */
export function startFirstAttempt(deps: Deps, invoice: Invoice): void {
  deps.background('start-first-attempt', async () => {
    const enabled = await findEnabledChannels(deps.db, invoice.organizationId)
    const channel = enabled.find((id) => deps.channels.get(id)?.asks.some(({ name }) => name === 'phone'))
    const started =
      channel === undefined
        ? no(refusal('channel_unavailable'))
        : await start(deps, invoice, { channel, phone: '', token: null })
    if (!started.ok) {
      deps.log.info('attempt.not-started', { invoice: invoice.number, because: started.refusal.code })
    }
  })
}

type Start = Pick<StartAttempt, 'channel' | 'phone'> & { readonly token: string | null }

async function start(deps: Deps, invoice: Invoice, asked: Start): Promise<Result<AttemptKey, StartRefusal>> {
  const now = deps.clock.now()
  if (!isPayable(invoice, now)) return no(refusal('invoice_settled'))
  const found = await findChannel(deps, invoice.organizationId, asked.channel)
  if (found?.enabled !== true || found.open.start === undefined) return no(refusal('channel_unavailable'))
  const amount = found.channel.carries(outstanding(invoice))
  if (!amount.ok) return amount
  const payerPhone = phoneFor(deps, found.channel, asked.phone === '' ? invoice.payer.phone : asked.phone)
  if (!payerPhone.ok) return payerPhone
  const attempt: Attempt = {
    organizationId: invoice.organizationId,
    id: deps.ids.next(),
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    description: invoice.description,
    channel: found.channel.id,
    amount: amount.value,
    payerPhone: payerPhone.value,
    state: 'started',
    open: true,
    outcome: null,
    providerId: null,
    detail: {},
    receipt: null,
    asks: 0,
    createdAt: now,
  }
  return await storeAndRequest(deps, attempt, { found, token: asked.token })
}

/** E.164 digits of the phone to be asked; null where the channel asks none. */
function phoneFor(
  deps: Deps,
  channel: Channel,
  typed: string,
): Result<string | null, Refusal<'field_invalid'>> {
  const question = channel.asks.find(({ name }) => name === 'phone')
  if (question === undefined) return ok(null)
  const phone = deps.phones.read(typed)
  return phone !== null && question.accepts(phone)
    ? ok(phone)
    : no(refusal('field_invalid', { field: 'phone', because: question.hint.en }))
}

async function storeAndRequest(
  deps: Deps,
  attempt: Attempt,
  { found, token }: { readonly found: FoundChannel; readonly token: string | null },
): Promise<Result<AttemptKey, StartRefusal>> {
  const secret = randomHex(deps.chance)
  const { id: channel, alias } = found.channel
  const stored = await store(deps, attempt, { token, channel, secretHash: deps.digests.sha256(secret) })
  if (stored.ok) {
    const callbackUrl = `${deps.publicUrl}/channels/${alias}/${secret}`
    deps.background(
      'request-payment',
      async () => await requestPayment(deps, attempt, { ...found, callbackUrl }),
    )
  }
  return stored
}

type Kept = CallbackAddress & { readonly token: string | null }

/** The intent and where its provider may report, in one transaction. */
async function store(
  deps: Deps,
  attempt: Attempt,
  { token, ...address }: Kept,
): Promise<Result<AttemptKey, Refusal<'attempt_open' | 'phone_limited'>>> {
  const key = { organizationId: attempt.organizationId, attemptId: attempt.id }
  const draws = promptDraws(attempt, deps.digests)
  return await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const drawn = await drawTries(tx, draws, now)
    if (drawn.size < draws.length) {
      await giveTriesBack(
        tx,
        draws.filter((draw) => drawn.has(draw.key)),
      )
      return no(refusal('phone_limited', { retryAfterSeconds: await secondsToWait(tx, draws, now) }))
    }
    const isNew = await insertAttempt(tx, { ...attempt, token, askAt: after(attempt.createdAt, startLease) })
    if (!isNew) {
      await giveTriesBack(tx, draws)
      return no(refusal('attempt_open'))
    }
    await insertCallbackAddress(tx, key, address)
    return ok(key)
  })
}
