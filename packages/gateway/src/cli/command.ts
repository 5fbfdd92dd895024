import type { Environment } from '../config.ts'

/** One command of `lango`: what it takes, and what it does. Its name and summary stand in the table (commands.ts). */
export type Command = {
  /** What a person should know before using it; stands under the usage in its help. */
  readonly about: string
  /** Names in order; one in square brackets may be left out: `FILE`, `[FILE]`. A last one with `…` may be repeated. */
  readonly takes: readonly string[]
  readonly options: Readonly<Record<string, Option>>
  /** Throws a fault; returns what is printed, or nothing when it has printed along the way. */
  readonly run: (asked: Asked) => Promise<Outcome | null>
}

export type Option = {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: true
  /** The word for the value in the help: `--port NUMBER`. */
  readonly value?: string
  readonly meaning: string
}

export type Asked = {
  /** One for each of `takes`; null where an optional one was left out. */
  readonly given: readonly (string | null)[]
  readonly flags: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
  readonly env: Environment
  /** Progress for people, a line at a time, on standard error. */
  readonly say: (line: string) => void
  /** For a command that goes on after it has something to tell. */
  readonly print: (outcome: Outcome) => void
}

/** What a command has to tell: with --json the value, otherwise the text. */
export type Outcome = {
  readonly value: unknown
  readonly text: string
  /** True: the command worked and what it found is bad (doctor); exit code 1. */
  readonly isBad?: boolean
}

export const exitCodes = { ok: 0, failed: 1, usage: 2, held: 3 } as const

/** The command line itself is wrong. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault'
}

/** The command was understood and cannot be done; the message says why and what to do. */
export class CommandFault extends Error {
  override readonly name = 'CommandFault'
}

/** The value of a string option; null without one. */
export function text(asked: Asked, option: string): string | null {
  const value = asked.flags[option]
  return typeof value === 'string' ? value : null
}

/** The first argument, which the command declares as one that must be there. */
export function firstGiven(asked: Asked): string {
  const [first] = asked.given
  if (first === null || first === undefined) throw new UsageFault('an argument is missing')
  return first
}
