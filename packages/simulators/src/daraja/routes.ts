import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Fields } from '../fields.ts'
import { jsonObject } from '../fields.ts'
import type { Result } from '../result.ts'
import { accept, refuse } from '../result.ts'
import type { World } from '../world.ts'
import { answering } from './answer.ts'
import { printPushAnswer, printQueryAnswer } from './callback.ts'
import type { DarajaError } from './errors.ts'
import { errors } from './errors.ts'
import { magicNumbers } from './magic.ts'
import type { Network } from './network.ts'
import { parsePush, parseQuery } from './request.ts'
import type { DarajaSettings } from './settings.ts'
import { tokenLives, tokens } from './tokens.ts'

type Simulated = { readonly network: Network; readonly settings: () => DarajaSettings }

/** Daraja's own paths below `/daraja`, and the table of magic numbers. */
export function darajaRoutes(app: FastifyInstance, world: World, { network, settings }: Simulated): void {
  const { answer, no } = answering(world)
  const credential = tokens(world.chance('tokens'))

  /** The body of a call that needs a token. */
  const authorized = (request: FastifyRequest): Result<Fields, DarajaError> => {
    if (!credential.accepts(request.headers.authorization, world.clock.now())) return refuse(errors.badToken)
    const body = Buffer.isBuffer(request.body) ? jsonObject(request.body) : accept({})
    return body.ok ? body : refuse(errors.badPayload)
  }

  app.get<{ Querystring: Record<string, unknown> }>('/daraja/oauth/v1/generate', (request, reply) =>
    answer('token', reply, () => {
      const { consumerKey, consumerSecret } = settings()
      const basic = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`
      if (request.headers.authorization !== basic) return refuse(errors.badAuthentication)
      if (request.query['grant_type'] !== 'client_credentials') return refuse(errors.badGrantType)
      const token = credential.issue(world.clock.now())
      // The portal's sample shows a number; the service sends a string.
      return accept({ body: JSON.stringify({ access_token: token, expires_in: String(tokenLives) }) })
    }),
  )

  app.post('/daraja/mpesa/stkpush/v1/processrequest', (request, reply) =>
    answer('push', reply, () => {
      const fields = authorized(request)
      if (!fields.ok) return fields
      const push = parsePush(fields.value, settings().shortCodes)
      if (!push.ok) return push
      const asked = network.ask(push.value)
      if (!asked.ok) return asked
      const { prompt, magic, delivered } = asked.value
      return accept({
        body: printPushAnswer(prompt),
        never: magic?.answer === 'never',
        ...(magic?.answer === 'after-callback' ? { after: delivered } : {}),
      })
    }),
  )

  app.post('/daraja/mpesa/stkpushquery/v1/query', (request, reply) =>
    answer('query', reply, () => {
      const fields = authorized(request)
      if (!fields.ok) return fields
      const wanted = parseQuery(fields.value, settings().shortCodes)
      if (!wanted.ok) return wanted
      const prompt = network.byCheckoutRequest(wanted.value)
      if (prompt === undefined) return refuse(errors.noCheckoutRequest)
      if (prompt.outcome === null) return refuse(errors.beingProcessed)
      return accept({ body: printQueryAnswer(prompt, prompt.outcome.code) })
    }),
  )

  app.get('/daraja/magic', () => magicNumbers)

  app.all('/daraja/*', (_request, reply) => no(reply, errors.noResource))
}
