import type { CallbackFault, Fault } from '../faults.ts'
import { corrupted } from '../faults.ts'
import type { World } from '../world.ts'
import type { Outcome } from './callback.ts'
import { printCallback } from './callback.ts'
import type { Delivery, Prompt } from './prompt.ts'

/** Sends callbacks through whatever fault is planned. */
export type Courier = {
  /**
   * `own` is the fault that belongs to the phone itself; a planned one goes first. Resolves when the callback has been
   * delivered or lost; never rejects.
   */
  readonly send: (prompt: Prompt, outcome: Outcome, own: Fault<CallbackFault> | null) => Promise<void>
}

/** Daraja gives a receiver this long, and tries once. */
const patienceMs = 10_000

/** `record` hears of each delivery. */
export function courier(world: World, record: (prompt: Prompt, delivery: Delivery) => void): Courier {
  const chance = world.chance('callbacks')
  let overtaken: readonly (() => void)[] = []

  const deliver = async (prompt: Prompt, body: string, fault: string | null): Promise<void> => {
    const status = await post(prompt.request.callbackUrl, body, world.closing)
    record(prompt, { at: world.clock.now(), fault, status })
    const waiting = overtaken
    overtaken = []
    for (const release of waiting) release()
  }
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => void world.clock.after(milliseconds, resolve))
  /** Waits for the next delivery of another callback, but not for ever: there may be none. */
  const waitForOther = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      overtaken = [...overtaken, resolve]
      world.clock.after(milliseconds, resolve)
    })

  return {
    send: async (prompt, outcome, own) => {
      const truth = printCallback(prompt, outcome)
      const fault = world.faults.onCallback() ?? own
      if (fault === null) return deliver(prompt, truth, null)
      const suffer: Readonly<Record<CallbackFault, () => Promise<void>>> = {
        drop: async () => record(prompt, { at: world.clock.now(), fault: 'drop', status: null }),
        delay: () => wait(fault.delayMs).then(() => deliver(prompt, truth, 'delay')),
        duplicate: async () => {
          await deliver(prompt, truth, null)
          void wait(fault.delayMs).then(() => deliver(prompt, truth, 'duplicate'))
        },
        reorder: () => waitForOther(fault.delayMs).then(() => deliver(prompt, truth, 'reorder')),
        corrupt: () => deliver(prompt, corrupted(truth, chance), 'corrupt'),
        lie: () => deliver(prompt, printCallback(prompt, lieAbout(prompt, outcome)), 'lie'),
      }
      return suffer[fault.kind]()
    },
  }
}

/** A success lies about its amount; a failure pretends to be a success. Only a query tells the truth. */
function lieAbout(prompt: Prompt, outcome: Outcome): Outcome {
  const { amount, msisdn } = prompt.request
  if (outcome.code === 0) return { ...outcome, amount: amount === 1 ? 2 : 1 }
  return { code: 0, amount, msisdn, receipt: 'FORGED0000', at: prompt.askedAt, withBalance: false }
}

/** Posts JSON and gives the status, or null when nobody answered. Redirects are not followed and the answer is not read. */
async function post(url: string, body: string, closing: AbortSignal): Promise<number | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(patienceMs)]),
    })
    await answer.body?.cancel()
    return answer.status
  } catch {
    return null
  }
}
