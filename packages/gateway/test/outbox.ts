/** A carrier that keeps what it is given, so that a test reads a message as its receiver would. */
import type { Deps } from '../src/core/deps.ts'
import type { Sent } from '../src/core/message/message.ts'
import { sendMessages } from '../src/core/message/send-messages.ts'
import type { Messages } from '../src/core/ports.ts'

export type Delivered = { readonly to: string; readonly subject: string | null; readonly text: string }

export type Outbox = {
  /** For the world's `messages`. */
  readonly messages: Messages
  /** What was carried, the oldest first. */
  readonly delivered: Delivered[]
  /** Answers the next tries instead. */
  readonly fail: (...answers: readonly Sent[]) => void
  /** Does what the jobs do: sends what is due now. */
  readonly flush: (deps: Deps) => Promise<void>
  /** The newest message to somebody, after a flush; throws when there is none. */
  readonly newest: (deps: Deps, to: string) => Promise<Delivered>
  /** The six digits in it. */
  readonly code: (deps: Deps, to: string) => Promise<string>
}

export function openOutbox(carried: readonly ('email' | 'sms')[] = ['email', 'sms']): Outbox {
  const delivered: Delivered[] = []
  const failures: Sent[] = []
  const take = (message: Delivered): Promise<Sent> => {
    const failure = failures.shift()
    if (failure === undefined) delivered.push(message)
    return Promise.resolve(failure ?? { kind: 'sent' })
  }
  const flush = async (deps: Deps): Promise<void> => {
    while ((await sendMessages(deps, 'email')) || (await sendMessages(deps, 'sms')));
  }
  const newest = async (deps: Deps, to: string): Promise<Delivered> => {
    await flush(deps)
    const found = delivered.findLast((one) => one.to === to)
    if (found === undefined) throw new Error(`nothing was written to ${to}`)
    return found
  }
  return {
    delivered,
    messages: {
      carries: (medium) => carried.includes(medium),
      sendEmail: async ({ to, subject, text }) => await take({ to, subject, text }),
      sendSms: async ({ to, text }) => await take({ to, subject: null, text }),
    },
    fail: (...answers) => {
      failures.push(...answers)
    },
    flush,
    newest,
    code: async (deps, to) => /\b(\d{6})\b/.exec((await newest(deps, to)).text)?.[1] ?? '',
  }
}
