import type { Deps } from '../core/deps.ts'

/** Work that nobody asks for and that has to be done again and again. */
export type Job<Needs = Deps> = {
  readonly name: string
  /** The pause when there was nothing to do. */
  readonly everyMs: number
  /**
   * Returns what a round does; its answer says whether there is more to do at once. `nudge` asks for another round,
   * for work that goes on after the round that began it.
   */
  readonly start: (deps: Needs, nudge: () => void) => () => Promise<boolean>
  /** Waits for what goes on after the last round. */
  readonly settle?: () => Promise<void>
}

/** A job that is one use case; `more` reads from its answer whether there is more to do at once. */
export function every<Needs, Answer>(
  everyMs: number,
  name: string,
  run: (deps: Needs) => Promise<Answer>,
  more: (answer: Answer) => boolean = () => false,
): Job<Needs> {
  return { name, everyMs, start: (deps) => async () => more(await run(deps)) }
}
