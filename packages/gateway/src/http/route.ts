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
  /** Says a no of the door itself in the words of this family of endpoints; null where it has none for it. */
  readonly say?: (no: DoorNo, asked: Asked, deps: Deps) => Reply | null
}

/** What is refused before a request is looked at. */
export type DoorNo = Refusal<'too_many_tries'> | Refusal<'body_unreadable'>

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
    say: (refused, asked, deps) => sayAtDoor(parts.refuse, refused, { asked, deps }),
    handle: async (deps, asked) => {
      const command = await parts.parse(asked, deps)
      if (!command.ok) return refuse(command.refusal, asked, deps)
      const answer = await parts.run(deps, command.value)
      return answer.ok ? parts.print(answer.value, asked, deps) : refuse(answer.refusal, asked, deps)
    },
  }
}

function sayAtDoor<R extends RefusalCode>(
  table: Refuse<R>,
  refused: DoorNo,
  { asked, deps }: { readonly asked: Asked; readonly deps: Deps },
): Reply | null {
  // A table has words for what its own endpoints can meet, which may or may not be this.
  const words: Partial<Refuse<RefusalCode>> = table
  if (refused.code === 'too_many_tries') return words.too_many_tries?.(refused, asked, deps) ?? null
  if (words.body_unreadable !== undefined) return words.body_unreadable(refused, asked, deps)
  return words.invalid_request?.({ ...refused, code: 'invalid_request' }, asked, deps) ?? null
}
