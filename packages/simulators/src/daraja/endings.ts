import type { World } from '../world.ts'
import type { Book } from './book.ts'
import { isSimilar } from './book.ts'
import type { Outcome } from './callback.ts'
import { courier } from './delivery.ts'
import type { Ids } from './ids.ts'
import type { MagicNumber } from './magic.ts'
import type { Prompt } from './prompt.ts'
import type { ResultCode } from './results.ts'
import type { DarajaSettings } from './settings.ts'

/** How prompts end. */
export type Endings = {
  /**
   * Ends a prompt. Gives what sends word of it, or null when the prompt had ended already. With `again` a second end
   * overrules the first: money that moved after all.
   */
  readonly end: (id: string, code: ResultCode, magic?: MagicNumber, again?: boolean) => Promise<void> | null
  /** Arranges what happens without a hand: the magic number's habit, or the end of the prompt's time. */
  readonly arrange: (prompt: Prompt, early: ResultCode | null, magic?: MagicNumber) => Promise<void>
}

type Needs = { readonly book: Book; readonly ids: Ids; readonly settings: () => DarajaSettings }

export function endings(world: World, { book, ids, settings }: Needs): Endings {
  const chance = world.chance('phones')
  const messenger = courier(world, ({ id }, delivery) => book.delivered(id, delivery))

  const outcomeOf = (prompt: Prompt, code: ResultCode): Outcome => {
    if (code !== 0) return { code }
    const { amount, msisdn } = prompt.request
    const at = world.clock.now()
    return { code, amount, msisdn, at, receipt: ids.receipt(at), withBalance: chance.next() < 0.3 }
  }

  const end: Endings['end'] = (id, code, magic, again = false) => {
    const prompt = book.find(id)
    if (prompt === undefined || (prompt.outcome !== null && !again)) return null
    const limited = code === 0 && !again && isSimilar(prompt, book.all(), settings().similarWithinMs)
    const outcome = outcomeOf(prompt, limited ? 17 : code)
    book.change(id, { outcome }, 'end')
    const own = magic?.fault ? { kind: magic.fault, delayMs: settings().laterAfterMs } : null
    return messenger.send(prompt, outcome, again ? null : own)
  }

  const arrange: Endings['arrange'] = (prompt, early, magic) => {
    const { promptLivesMs, answerAfterMs, laterAfterMs } = settings()
    const soon = early !== null || magic?.when === 'soon'
    return new Promise((resolve) => {
      world.clock.after(soon ? answerAfterMs : promptLivesMs, () => {
        const told = end(prompt.id, early ?? magic?.result ?? 1037, magic)
        // A hand was quicker, and has sent its own word.
        if (told === null) return resolve()
        void told.then(resolve)
        const later = early === null ? magic?.later : undefined
        if (later === undefined) return
        world.clock.after(laterAfterMs, () => void end(prompt.id, later, magic, true))
      })
    })
  }

  return { end, arrange }
}
