import type { Result } from '../result.ts'
import { accept, refuse } from '../result.ts'
import type { World } from '../world.ts'
import { isUnfinished, promptBook } from './book.ts'
import { endings } from './endings.ts'
import type { DarajaError } from './errors.ts'
import { errors } from './errors.ts'
import { darajaIds } from './ids.ts'
import type { MagicNumber } from './magic.ts'
import { magicOf } from './magic.ts'
import type { Answer, Prompt } from './prompt.ts'
import { resultOfAnswer } from './prompt.ts'
import type { StkRequest } from './request.ts'
import { endsBeforePhone } from './request.ts'
import type { DarajaSettings } from './settings.ts'

/** The mobile network with its phones: prompts go in, answers come out. */
export type Network = {
  readonly ask: (request: StkRequest) => Result<Asked, DarajaError>
  readonly answer: (id: string, answer: Answer, pin?: string) => Result<Prompt, 'unknown' | 'ended'>
  readonly byCheckoutRequest: (checkoutRequestId: string) => Prompt | undefined
  /** Prompts of one phone or of all, newest first. */
  readonly prompts: (msisdn?: string) => readonly Prompt[]
}

/** A prompt on its way to a phone. `delivered` resolves with its first callback, unless a hand answers it. */
export type Asked = {
  readonly prompt: Prompt
  readonly magic: MagicNumber | undefined
  readonly delivered: Promise<void>
}

export function network(world: World, settings: () => DarajaSettings): Network {
  const ids = darajaIds(world.chance('ids'))
  const book = promptBook(world)
  const { end, arrange } = endings(world, { book, ids, settings })
  let asked = 0

  const newPrompt = (request: StkRequest, shown: boolean): Prompt => {
    const now = world.clock.now()
    asked += 1
    return {
      id: String(asked),
      request,
      merchantRequestId: ids.merchantRequest(),
      checkoutRequestId: ids.checkoutRequest(now),
      askedAt: now,
      expiresAt: now + settings().promptLivesMs,
      shown,
      ignored: false,
      outcome: null,
      deliveries: [],
    }
  }

  return {
    ask: (request) => {
      const isBusy = (prompt: Prompt): boolean =>
        prompt.request.msisdn === request.msisdn && isUnfinished(prompt)
      if (book.all().some(isBusy)) return refuse(errors.subscriberLocked)
      if (book.isFull()) return refuse(errors.busy)
      const early = endsBeforePhone(request)
      const prompt = newPrompt(request, early === null)
      book.add(prompt)
      const magic = magicOf(request.msisdn)
      return accept({ prompt, magic, delivered: arrange(prompt, early, magic) })
    },
    answer: (id, answer, pin) => {
      const prompt = book.find(id)
      if (prompt === undefined) return refuse('unknown')
      if (!isUnfinished(prompt) || !prompt.shown) return refuse('ended')
      const code = resultOfAnswer(answer, pin)
      if (code === null) book.change(id, { ignored: true }, 'ignored')
      else void end(id, code)
      return accept(book.find(id) ?? prompt)
    },
    byCheckoutRequest: (wanted) => book.all().find(({ checkoutRequestId }) => checkoutRequestId === wanted),
    prompts: (msisdn) =>
      book
        .all()
        .filter(({ request }) => msisdn === undefined || request.msisdn === msisdn)
        .reverse(),
  }
}
