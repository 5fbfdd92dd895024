import type { FastifyReply } from 'fastify'
import type { Call } from '../faults.ts'
import { corrupted } from '../faults.ts'
import type { Result } from '../result.ts'
import { refuse } from '../result.ts'
import type { World } from '../world.ts'
import type { DarajaError } from './errors.ts'
import { errors, printError } from './errors.ts'
import { darajaIds } from './ids.ts'

/** A successful answer's body, and whether it waits for something or never comes. */
export type Answer = { readonly body: string; readonly after?: Promise<void>; readonly never?: boolean }

export type Answering = {
  /** Does the work of a call and answers it, through whatever fault is planned for it. */
  readonly answer: (
    call: Call,
    reply: FastifyReply,
    work: () => Result<Answer, DarajaError>,
  ) => Promise<FastifyReply>
  readonly no: (reply: FastifyReply, error: DarajaError) => FastifyReply
}

/** An answer that never comes is cut off after this long. */
const silenceMs = 120_000

const json = 'application/json;charset=UTF-8'

export function answering(world: World): Answering {
  const ids = darajaIds(world.chance('requests'))
  const chance = world.chance('answers')
  const no: Answering['no'] = (reply, error) =>
    reply.code(error.status).type(json).send(printError(error, ids.merchantRequest()))

  const answer: Answering['answer'] = async (call, reply, work) => {
    const fault = world.faults.onAnswer(call)
    const outcome = fault?.kind === 'busy' || fault?.kind === 'quota' ? refuse(errors[fault.kind]) : work()
    if (!outcome.ok) return no(reply, outcome.refusal)
    const { body, after, never } = outcome.value
    if (after !== undefined) await after
    if (fault?.kind === 'delay') {
      await new Promise<void>((resolve) => void world.clock.after(fault.delayMs, resolve))
    }
    if (never === true) return silent(reply, () => world.clock.after(silenceMs, () => reply.raw.destroy()))
    if (fault?.kind === 'drop') return silent(reply, () => reply.raw.destroy())
    return reply.type(json).send(fault?.kind === 'corrupt' ? corrupted(body, chance) : body)
  }
  return { answer, no }
}

/** Takes the reply away from Fastify, which would otherwise answer. */
function silent(reply: FastifyReply, instead: () => void): FastifyReply {
  reply.hijack()
  instead()
  return reply
}
