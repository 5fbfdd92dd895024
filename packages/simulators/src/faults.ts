import type { Chance } from './chance.ts'
import type { Fields } from './fields.ts'
import { wholeNumber } from './fields.ts'
import type { Result } from './result.ts'
import { accept, refuse } from './result.ts'

/**
 * What goes wrong with a callback on its way out. `drop`: it never arrives. `delay`: it comes later. `duplicate`: it comes
 * again. `reorder`: it waits until the next callback has overtaken it. `corrupt`: its bytes are damaged. `lie`: its content is untrue.
 */
export type CallbackFault = (typeof callbackFaults)[number]
export const callbackFaults = ['drop', 'delay', 'duplicate', 'reorder', 'corrupt', 'lie'] as const

/**
 * What goes wrong with the answer to a call. `drop`: the work is done, then the line is cut. `delay` and `corrupt` as above.
 * `busy` and `quota`: Daraja's own "try again later", nothing is done.
 */
export type AnswerFault = (typeof answerFaults)[number]
export const answerFaults = ['drop', 'delay', 'corrupt', 'busy', 'quota'] as const

/** The calls whose answers can go wrong. */
export type Call = (typeof calls)[number]
export const calls = ['token', 'push', 'query'] as const

type Planned = {
  /** How likely it strikes at each opportunity, 0 to 1, drawn from the seed. */
  readonly probability: number
  /** How often it may still strike; null is without end. */
  readonly times: number | null
  readonly delayMs: number
}

export type FaultRule = Planned &
  (
    | { readonly on: 'callback'; readonly kind: CallbackFault }
    | { readonly on: Call; readonly kind: AnswerFault }
  )

export type Fault<Kind> = { readonly kind: Kind; readonly delayMs: number }

/** The plan of what goes wrong. At each opportunity the first rule that fires wins. */
export type Faults = {
  readonly schedule: (rules: readonly FaultRule[]) => void
  readonly clear: () => void
  readonly planned: () => readonly FaultRule[]
  readonly onCallback: () => Fault<CallbackFault> | null
  readonly onAnswer: (call: Call) => Fault<AnswerFault> | null
}

const mostRules = 50
const longestDelayMs = 600_000

export function faultPlan(chance: Chance): Faults {
  let rules: readonly FaultRule[] = []
  const strike = (on: FaultRule['on']): FaultRule | null => {
    const index = rules.findIndex(
      (rule) => rule.on === on && rule.times !== 0 && chance.next() < rule.probability,
    )
    const struck = rules[index]
    if (struck === undefined) return null
    if (struck.times !== null) rules = rules.with(index, { ...struck, times: struck.times - 1 })
    return struck
  }
  return {
    schedule: (more) => {
      rules = [...rules, ...more].slice(-mostRules)
    },
    clear: () => {
      rules = []
    },
    planned: () => rules,
    onCallback: () => {
      const struck = strike('callback')
      return struck?.on === 'callback' ? struck : null
    },
    onAnswer: (call) => {
      const struck = strike(call)
      return struck === null || struck.on === 'callback' ? null : struck
    },
  }
}

/** Reads one rule: `{ kind, on = 'callback', probability = 1, times = null, delayMs = 2000 }`. */
export function parseFaultRule(fields: Fields): Result<FaultRule, string> {
  const probability = fields['probability'] ?? 1
  if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1)) {
    return refuse('probability: 0 to 1')
  }
  const times = wholeNumber(fields['times'] ?? undefined, { least: 1, most: 1_000_000, absent: 0 })
  if (times === null) return refuse('times: a whole number from 1, or null for without end')
  const delayMs = wholeNumber(fields['delayMs'], { least: 0, most: longestDelayMs, absent: 2_000 })
  if (delayMs === null) return refuse(`delayMs: 0 to ${longestDelayMs}`)
  const planned = { probability, times: times === 0 ? null : times, delayMs }

  const on = fields['on'] ?? 'callback'
  if (on === 'callback') {
    const kind = callbackFaults.find((each) => each === fields['kind'])
    return kind === undefined
      ? refuse(`kind: one of ${callbackFaults.join(', ')}`)
      : accept({ ...planned, on, kind })
  }
  const call = calls.find((each) => each === on)
  if (call === undefined) return refuse(`on: one of callback, ${calls.join(', ')}`)
  const kind = answerFaults.find((each) => each === fields['kind'])
  return kind === undefined
    ? refuse(`kind: one of ${answerFaults.join(', ')}`)
    : accept({ ...planned, on: call, kind })
}

/** Damages a text as a bad line would: cut short, or one character replaced by one that JSON forbids. */
export function corrupted(text: string, chance: Chance): string {
  const at = 1 + chance.integer(Math.max(1, text.length - 1))
  return chance.next() < 0.5 ? text.slice(0, at) : `${text.slice(0, at)}\u0000${text.slice(at + 1)}`
}
