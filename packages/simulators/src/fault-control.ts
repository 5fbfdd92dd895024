import type { FastifyInstance } from 'fastify'
import type { FaultRule, Faults } from './faults.ts'
import { parseFaultRule } from './faults.ts'
import { isFields } from './fields.ts'

/** Plans what goes wrong: GET shows the plan, POST adds one rule or a list of them, DELETE clears it. */
export function faultControl(app: FastifyInstance, faults: Faults): void {
  app.get('/control/faults', () => ({ faults: faults.planned() }))

  app.post('/control/faults', (request, reply) => {
    const wanted = parsed(request.body)
    if (wanted === null) return reply.code(400).send({ error: 'a JSON object or a list of them' })
    const rules: FaultRule[] = []
    for (const each of wanted) {
      const rule = isFields(each) ? parseFaultRule(each) : null
      if (rule === null) return reply.code(400).send({ error: 'a JSON object or a list of them' })
      if (!rule.ok) return reply.code(400).send({ error: rule.refusal })
      rules.push(rule.value)
    }
    faults.schedule(rules)
    return { faults: faults.planned() }
  })

  app.delete('/control/faults', (_request, reply) => {
    faults.clear()
    return reply.code(204).send()
  })
}

function parsed(body: unknown): readonly unknown[] | null {
  try {
    const wanted: unknown = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '')
    return isList(wanted) ? wanted : [wanted]
  } catch {
    return null
  }
}

/** Array.isArray alone would make its elements `any`. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}
