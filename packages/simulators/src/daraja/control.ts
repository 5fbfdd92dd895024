import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Fields } from '../fields.ts'
import { jsonObject, wholeNumber } from '../fields.ts'
import { streamEvents } from '../stream.ts'
import type { World } from '../world.ts'
import type { Network } from './network.ts'
import { answers, viewPrompt } from './prompt.ts'
import type { DarajaSettings } from './settings.ts'

const timings = ['promptLivesMs', 'answerAfterMs', 'laterAfterMs', 'similarWithinMs'] as const
const longestTimingMs = 3_600_000

/** The hand on the phone, and the settings of the network. */
export function darajaControl(
  app: FastifyInstance,
  world: World,
  simulated: {
    readonly network: Network
    readonly settings: () => DarajaSettings
    readonly change: (settings: DarajaSettings) => void
  },
): void {
  const { network, settings, change } = simulated
  const no = (reply: FastifyReply, status: number, error: string): FastifyReply =>
    reply.code(status).send({ error })

  app.get<{ Querystring: { msisdn?: unknown } }>('/control/phone/prompts', (request) => {
    const { msisdn } = request.query
    const asked = network.prompts(typeof msisdn === 'string' && msisdn !== '' ? msisdn : undefined)
    return { prompts: asked.map((prompt) => viewPrompt(prompt, world.clock.now())) }
  })

  app.post<{ Params: { id: string } }>('/control/phone/prompts/:id', (request, reply) => {
    const fields = bodyOf(request.body)
    const answer = answers.find((each) => each === fields?.['answer'])
    if (fields === null || answer === undefined) return no(reply, 400, `answer: one of ${answers.join(', ')}`)
    const pin = fields['pin']
    if (pin !== undefined && typeof pin !== 'string') return no(reply, 400, 'pin: a string of digits')
    const answered = network.answer(request.params.id, answer, pin)
    if (answered.ok) return viewPrompt(answered.value, world.clock.now())
    return answered.refusal === 'unknown'
      ? no(reply, 404, 'no such prompt')
      : no(reply, 409, 'this prompt has ended already')
  })

  app.get('/control/phone/events', (request, reply) => streamEvents(world.phoneEvents, request, reply))

  app.get('/control/daraja', () => settings())

  app.post('/control/daraja', (request, reply) => {
    const fields = bodyOf(request.body)
    if (fields === null) return no(reply, 400, 'a JSON object')
    let changed = settings()
    for (const timing of timings) {
      const value = wholeNumber(fields[timing], { least: 0, most: longestTimingMs, absent: changed[timing] })
      if (value === null) return no(reply, 400, `${timing}: 0 to ${longestTimingMs}`)
      changed = { ...changed, [timing]: value }
    }
    change(changed)
    return changed
  })
}

function bodyOf(body: unknown): Fields | null {
  const fields = jsonObject(Buffer.isBuffer(body) ? body : Buffer.alloc(0))
  return fields.ok ? fields.value : null
}
