import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isFields } from '../fields.ts'
import type { Result } from '../result.ts'
import { accept, refuse } from '../result.ts'
import { streamEvents } from '../stream.ts'
import type { World } from '../world.ts'
import { performBehaviour } from './answer.ts'
import type { Behaviour } from './behaviour.ts'
import { parseBehaviour } from './behaviour.ts'
import type { Boxes } from './boxes.ts'
import { readable } from './boxes.ts'

type InBox = { Params: { box: string } }

const boxName = /^[A-Za-z0-9_-]{1,64}$/

/** A merchant's endpoint. It verifies nothing: that is the business of whoever looks at the box. */
export function inboxRoutes(app: FastifyInstance, world: World, boxes: Boxes): void {
  const receive = (request: FastifyRequest<InBox>, reply: FastifyReply): FastifyReply => {
    const { box } = request.params
    if (!boxName.test(box)) return reply.code(404).send({ error: 'no such box' })
    const { received, behaviour } = boxes.receive(box, {
      at: new Date(world.clock.now()).toISOString(),
      method: request.method,
      target: request.url.slice(`/inbox/${box}`.length) || '/',
      headers: request.headers,
      ...readable(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)),
    })
    world.inboxEvents.tell('notice', { box, ...received })
    return performBehaviour(behaviour, reply, world.clock)
  }
  app.all('/inbox/:box', receive)
  app.all('/inbox/:box/*', receive)

  app.get('/control/inbox', () => ({ boxes: boxes.names() }))
  app.get('/control/inbox/events', (request, reply) => streamEvents(world.inboxEvents, request, reply))

  app.get<InBox>('/control/inbox/:box', (request) => {
    const { box } = request.params
    return { box, ...boxes.list(box), behaviours: boxes.planned(box) }
  })

  app.post<InBox>('/control/inbox/:box', (request, reply) => {
    const { box } = request.params
    if (!boxName.test(box)) return reply.code(400).send({ error: 'box: letters, digits, - and _, up to 64' })
    const behaviours = parseBehaviours(request.body)
    if (!behaviours.ok) return reply.code(400).send({ error: behaviours.refusal })
    boxes.behave(box, behaviours.value)
    return { box, behaviours: boxes.planned(box) }
  })

  app.delete<InBox>('/control/inbox/:box', (request, reply) => {
    boxes.clear(request.params.box)
    return reply.code(204).send()
  })
}

/** One behaviour or a list of them, one after the other; when the last is used up, the box is kind again. */
function parseBehaviours(body: unknown): Result<readonly Behaviour[], string> {
  let wanted: unknown
  try {
    wanted = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '')
  } catch {
    return refuse('a JSON object or a list of them')
  }
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted]
  if (list.length > 50) return refuse('at most 50 behaviours')
  const behaviours: Behaviour[] = []
  for (const each of list) {
    const behaviour = isFields(each) ? parseBehaviour(each) : refuse('a JSON object or a list of them')
    if (!behaviour.ok) return behaviour
    behaviours.push(behaviour.value)
  }
  return accept(behaviours)
}
