import type { Outcome } from './callback.ts'
import type { StkRequest } from './request.ts'
import { promptMessage } from './request.ts'
import type { ResultCode } from './results.ts'
import { describeResult } from './results.ts'

/** What a hand on the phone can do. `insufficient` is an approval by somebody without the money. */
export const answers = ['approve', 'cancel', 'wrong-pin', 'insufficient', 'ignore'] as const
export type Answer = (typeof answers)[number]

/** The only PIN of the sandbox's phones; it is checked and forgotten. */
export const sandboxPin = '1234'

/** One try to deliver a callback. */
export type Delivery = { readonly at: number; readonly fault: string | null; readonly status: number | null }

/** A request for payment on somebody's phone. */
export type Prompt = {
  readonly id: string
  readonly request: StkRequest
  readonly merchantRequestId: string
  readonly checkoutRequestId: string
  readonly askedAt: number
  readonly expiresAt: number
  /** Whether the phone showed it; some requests end before. */
  readonly shown: boolean
  readonly ignored: boolean
  readonly outcome: Outcome | null
  readonly deliveries: readonly Delivery[]
}

/** How an answer by hand ends, or null when the phone just keeps ringing. */
export function resultOfAnswer(answer: Answer, pin: string | undefined): ResultCode | null {
  if (answer === 'approve') return pin === undefined || pin === sandboxPin ? 0 : 2001
  const ends = { cancel: 1032, 'wrong-pin': 2001, insufficient: 1, ignore: null } as const
  return ends[answer]
}

/** A prompt as the control API shows it. The callback address stays out: it carries the secret that authenticates it. */
export function viewPrompt(prompt: Prompt, now: number) {
  const { request, outcome } = prompt
  return {
    id: prompt.id,
    msisdn: request.msisdn,
    payee: request.merchant.payee,
    shortCode: request.merchant.shortCode,
    amount: request.amount,
    currency: 'KES',
    accountReference: request.accountReference,
    description: request.description,
    message: promptMessage(request),
    askedAt: new Date(prompt.askedAt).toISOString(),
    expiresAt: new Date(prompt.expiresAt).toISOString(),
    secondsLeft: outcome === null ? Math.max(0, Math.ceil((prompt.expiresAt - now) / 1000)) : 0,
    state: outcome === null ? (prompt.ignored ? 'ignored' : 'waiting') : 'ended',
    shown: prompt.shown,
    result:
      outcome === null
        ? null
        : {
            code: outcome.code,
            description: describeResult(outcome.code),
            receipt: outcome.code === 0 ? outcome.receipt : null,
          },
    merchantRequestId: prompt.merchantRequestId,
    checkoutRequestId: prompt.checkoutRequestId,
    deliveries: prompt.deliveries.map(({ at, fault, status }) => ({
      at: new Date(at).toISOString(),
      fault,
      status,
    })),
  }
}
