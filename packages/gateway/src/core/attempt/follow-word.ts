import type { Deps } from '../deps.ts'
import type { Booked } from '../payment/report.ts'
import { giveTriesBack } from '../limit/budget.sql.ts'
import { askSoon } from './ask-soon.ts'
import {
  decide,
  decideHeard,
  succeeded,
  type Attempt,
  type Decision,
  type Doubt,
  type Heard,
  type PaidMoney,
} from './attempt.ts'
import {
  changeAttempt,
  giveReceiptBackOf,
  lockAttempt,
  takeReceiptOfLocked,
  type AttemptKey,
} from './attempt.sql.ts'
import { promptDraws } from './prompt-budget.ts'

export type Word = {
  readonly heard: Heard
  /** `callback`: it names ids and amounts that are held against ours. `answer`: to a question about this very attempt. */
  readonly by: 'callback' | 'answer'
  /** This very word: following it again is no repeat. */
  readonly callId: string
}

/** `wait`: follow it later, when we know what the provider calls the attempt. */
export type Followed = 'followed' | 'wait' | Doubt

/**
 * Does what follows from a provider's word. Money is booked between two transactions: the first takes the receipt, so
 * that the attempt can be paid only once, the second says succeeded. After a crash between them the same word leads
 * to the same end, because the books know the receipt.
 */
export async function followWord(deps: Deps, key: AttemptKey, word: Word): Promise<Followed> {
  const { attempt, decision } = await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const locked = await lockAttempt(tx, key)
    const decided = (word.by === 'callback' ? decideHeard : decide)(locked, word.heard, now)
    if (decided.kind === 'save') await changeAttempt(tx, key, decided.change, now)
    if (decided.kind === 'book') {
      await takeReceiptOfLocked(tx, key, {
        receipt: decided.money.externalId,
        providerId: decided.providerId,
      })
    }
    return { attempt: locked, decision: decided }
  })
  if (decision.kind === 'wait') return 'wait'
  if (decision.kind === 'doubt') return await doubted(deps, attempt, decision.doubt)
  if (decision.kind === 'book') return await book(deps, attempt, { ...decision, callId: word.callId })
  return 'followed'
}

async function book(
  deps: Deps,
  attempt: Attempt,
  { money, callId }: Extract<Decision, { kind: 'book' }> & { readonly callId: string },
): Promise<Followed> {
  const key = { organizationId: attempt.organizationId, attemptId: attempt.id }
  const booked = await report(deps, attempt, { money, callId })
  if (booked.kind === 'conflicting') {
    await deps.db.transaction(async (tx) => {
      await lockAttempt(tx, key)
      await giveReceiptBackOf(tx, key, money.externalId)
    })
    return await doubted(deps, attempt, 'receipt-taken')
  }
  await deps.db.transaction(async (tx) => {
    const locked = await lockAttempt(tx, key)
    if (locked.state === 'succeeded') return
    await changeAttempt(tx, key, succeeded(locked), deps.clock.now())
    // A phone that pays is not being harassed.
    await giveTriesBack(tx, promptDraws(locked, deps.digests))
  })
  return 'followed'
}

async function report(
  deps: Deps,
  attempt: Attempt,
  { money, callId }: { readonly money: PaidMoney; readonly callId: string },
): Promise<Booked> {
  const { minor, currency } = money.amount
  return await deps.book({
    source: attempt.channel,
    externalId: money.externalId,
    // Not when or from whom it came: whichever way a receipt reaches us, these stay the same.
    fingerprint: deps.digests.sha256(JSON.stringify([attempt.invoiceId, minor.toString(), currency])),
    attemptId: callId,
    organizationId: attempt.organizationId,
    invoiceId: attempt.invoiceId,
    money: money.amount,
    channel: deps.channels.get(attempt.channel)?.noticeName ?? attempt.channel,
    askedReference: attempt.invoiceNumber,
    payerName: '',
    payerAccount: money.payerAccount,
    paidAt: money.paidAt ?? deps.clock.now(),
    homeless: null,
  })
}

/** Nothing moves on a word that is not believed; the provider is asked at once. */
async function doubted(deps: Deps, { organizationId, id }: Attempt, doubt: Doubt): Promise<Doubt> {
  deps.log.warn('attempt.doubt', { organizationId, attempt: id, doubt })
  await askSoon(deps, { organizationId, attemptId: id })
  return doubt
}
