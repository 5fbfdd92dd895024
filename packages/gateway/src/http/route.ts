import type { Deps } from '../core/deps.ts'
import type { Refusal, RefusalCode } from '../core/refusal.ts'
import type { Result } from '../base/result.ts'
import type { Asked } from './asked.ts'
import type { Budget } from './limits.ts'
import type { Reply } from './reply.ts'
import { seenOf } from './seen.ts'

export type Method = 'GET' | 'POST' | 'OPTIONS'

/** A door of the house: where it is, how often one address may knock, and what answers. */
export type Route = {
  readonly method: Method
  readonly path: string
  readonly budget: Budget
  /** Stays open while maintenance has closed everything else. */
  readonly alwaysOpen: boolean
  /** The only host name that it answers on; any, when it has none. */
  readonly host?: string
  readonly handle: (deps: Deps, asked: Asked) => Promise<Reply>
}

export type Parts<Command, Answer, R extends RefusalCode> = {
  /** Wire → command. Inside, types are true. */
  readonly parse: (
    asked: Asked,
    deps: Deps,
  ) => Result<Command, Refusal<R>> | Promise<Result<Command, Refusal<R>>>
  readonly run: (deps: Deps, command: Command) => Promise<Result<Answer, Refusal<R>>>
  /** Answer → wire. */
  readonly print: (answer: Answer, asked: Asked, deps: Deps) => Reply
  /** Total over what this family of endpoints can meet. */
  readonly refuse: Refuse<R>
  readonly budget?: Budget
  readonly alwaysOpen?: boolean
}

export type Refuse<R extends RefusalCode> = {
  readonly [Code in R]: (refusal: Refusal<Code>, asked: Asked, deps: Deps) => Reply
}

/** A handler is three functions and a table. */
export function route<Command, Answer, R extends RefusalCode>(
  method: Method,
  path: string,
  parts: Parts<Command, Answer, R>,
): Route {
  const refuse = (refused: Refusal<R>, asked: Asked, deps: Deps): Reply => {
    deps.noteRefusal(seenOf(asked), refused)
    return parts.refuse[refused.code](refused, asked, deps)
  }
  return {
    method,
    path,
    budget: parts.budget ?? 'machine',
    alwaysOpen: parts.alwaysOpen ?? false,
    handle: async (deps, asked) => {
      const command = await parts.parse(asked, deps)
      if (!command.ok) return refuse(command.refusal, asked, deps)
      const answer = await parts.run(deps, command.value)
      return answer.ok ? parts.print(answer.value, asked, deps) : refuse(answer.refusal, asked, deps)
    },
  }
}
