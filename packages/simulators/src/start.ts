import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { chanceFrom } from './chance.ts'
import type { Clock } from './clock.ts'
import { cancellable, systemClock } from './clock.ts'
import { darajaControl } from './daraja/control.ts'
import { network } from './daraja/network.ts'
import { darajaRoutes } from './daraja/routes.ts'
import type { DarajaSettings } from './daraja/settings.ts'
import { defaultSettings } from './daraja/settings.ts'
import { eventLog } from './events.ts'
import { faultControl } from './fault-control.ts'
import { faultPlan } from './faults.ts'
import { inboxes } from './inbox/boxes.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { strangerAt } from './loopback.ts'
import type { World } from './world.ts'

export type SimulatorOptions = {
  /** 0 takes any free port. */
  readonly port: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** The same seed makes the same choices: identifiers, faults, damage. */
  readonly seed: string
  /** Default: the system's clock. */
  readonly clock?: Clock
  readonly daraja?: Partial<DarajaSettings>
  /** Lets other machines in; off by default. */
  readonly allowRemote?: boolean
}

export type Simulators = { readonly url: string; readonly close: () => Promise<void> }

const largestBody = 65_536

/** Starts every simulator on one port. Throws when the port cannot be had. */
export async function startSimulators(options: SimulatorOptions): Promise<Simulators> {
  const clock = cancellable(options.clock ?? systemClock)
  const closing = new AbortController()
  const world: World = {
    clock,
    chance: (concern) => chanceFrom(`${options.seed}:${concern}`),
    faults: faultPlan(chanceFrom(`${options.seed}:faults`)),
    phoneEvents: eventLog(),
    inboxEvents: eventLog(),
    closing: closing.signal,
  }
  const app = server(options.allowRemote ?? false)
  addRoutes(app, world, { ...defaultSettings, ...options.daraja })
  await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const host = options.host ?? '127.0.0.1'
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: async () => {
      closing.abort()
      clock.cancelAll()
      await app.close()
    },
  }
}

function server(allowRemote: boolean): FastifyInstance {
  // Callers that hang are part of the game, so closing cuts every connection instead of waiting for them.
  const app = fastify({ logger: false, bodyLimit: largestBody, forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  if (!allowRemote) {
    app.addHook('onRequest', async (request, reply) => {
      const reason = strangerAt(request.raw)
      if (reason !== null) await reply.code(403).send({ error: reason })
    })
  }
  return app
}

function addRoutes(app: FastifyInstance, world: World, initial: DarajaSettings): void {
  let current = initial
  const settings = (): DarajaSettings => current
  const phones = network(world, settings)
  app.get('/healthz', () => ({ status: 'ok' }))
  darajaRoutes(app, world, { network: phones, settings })
  darajaControl(app, world, {
    network: phones,
    settings,
    change: (changed) => {
      current = changed
    },
  })
  faultControl(app, world.faults)
  inboxRoutes(app, world, inboxes())
}
