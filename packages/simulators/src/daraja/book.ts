import type { World } from '../world.ts'
import type { Delivery, Prompt } from './prompt.ts'
import { viewPrompt } from './prompt.ts'
import { pinTaken } from './results.ts'

/** Every prompt that is remembered; whatever changes is told to whoever listens to the phone. */
export type Book = {
  readonly add: (prompt: Prompt) => void
  readonly change: (id: string, changes: Partial<Prompt>, event: string) => void
  readonly delivered: (id: string, delivery: Delivery) => void
  readonly find: (id: string) => Prompt | undefined
  /** All of them, the oldest first. */
  readonly all: () => readonly Prompt[]
  /** Whether it has come to as many unfinished prompts as it can hold. */
  readonly isFull: () => boolean
}

const remembered = 500
const mostDeliveries = 20

export function promptBook(world: World): Book {
  const prompts = new Map<string, Prompt>()
  const keep = (prompt: Prompt, event: string): void => {
    prompts.set(prompt.id, prompt)
    world.phoneEvents.tell(event, viewPrompt(prompt, world.clock.now()))
  }
  const change: Book['change'] = (id, changes, event) => {
    const prompt = prompts.get(id)
    if (prompt !== undefined) keep({ ...prompt, ...changes }, event)
  }
  return {
    change,
    add: (prompt) => {
      keep(prompt, 'prompt')
      forgetOldest(prompts)
    },
    delivered: (id, delivery) => {
      const before = prompts.get(id)?.deliveries ?? []
      change(id, { deliveries: [...before, delivery].slice(-mostDeliveries) }, 'callback')
    },
    find: (id) => prompts.get(id),
    all: () => [...prompts.values()],
    isFull: () => [...prompts.values()].filter(isUnfinished).length >= remembered,
  }
}

export function isUnfinished({ outcome }: Prompt): boolean {
  return outcome === null
}

/** Whether this customer has just made such a payment; M-PESA then takes the new one for a slip of the thumb. */
export function isSimilar(prompt: Prompt, others: readonly Prompt[], withinMs: number): boolean {
  const { msisdn, amount, merchant } = prompt.request
  return others.some(
    ({ id, request, outcome, askedAt }) =>
      id !== prompt.id &&
      outcome !== null &&
      pinTaken(outcome.code) &&
      request.msisdn === msisdn &&
      request.amount === amount &&
      request.merchant.shortCode === merchant.shortCode &&
      prompt.askedAt - askedAt < withinMs,
  )
}

/** Keeps the memory bounded by forgetting the oldest prompt that has ended. */
function forgetOldest(prompts: Map<string, Prompt>): void {
  if (prompts.size <= remembered) return
  const oldest = [...prompts.values()].find((prompt) => !isUnfinished(prompt))
  if (oldest !== undefined) prompts.delete(oldest.id)
}
