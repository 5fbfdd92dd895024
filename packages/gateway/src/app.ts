import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { batcher } from './base/batch.ts'
import type { Chance } from './base/id.ts'
import type { Clock } from './base/time.ts'
import { channels } from './channels/index.ts'
import type { Deps } from './core/deps.ts'
import type { Log, Messages, Net, Passwords, Ports } from './core/ports.ts'
import { invoiceCreator } from './core/invoice/create-invoice.ts'
import { invoiceRouter } from './core/invoice/route-invoice.ts'
import { refusalNoter, type RefusalNoter } from './core/request-log/note-refusals.ts'
import { ensureOperator } from './core/organization/ensure-operator.ts'
import { apiClientFinder } from './core/organization/find-api-client.ts'
import { bookPayments } from './core/payment/book-payments.ts'
import type { Booked, Report } from './core/payment/report.ts'
import { watchMaintenance } from './core/switch/watch-maintenance.ts'
import type { Dialect } from './dialects/dialect.ts'
import { dialects } from './dialects/index.ts'
import { families, type Families } from './http/limits.ts'
import type { Route } from './http/route.ts'
import { buildServer } from './http/server.ts'
import { allJobs } from './jobs/all.ts'
import { startJobs, type RunningJobs } from './jobs/jobs.ts'
import { readDocuments } from './outside/documents.ts'
import { openNet } from './outside/fetch/net.ts'
import { openMetrics, type Metrics } from './outside/metrics.ts'
import { readMigrations } from './outside/migrate.ts'
import { openMessages, type Carriers } from './outside/messages/open-messages.ts'
import { oneTimeCodes } from './outside/one-time-codes.ts'
import { openPorts } from './outside/open-ports.ts'
import { webPasskeys } from './outside/passkeys.ts'
import { worldPhones } from './outside/phones.ts'
import { openPictures } from './outside/pictures.ts'
import { qrCodes } from './outside/qr-codes.ts'
import { openSigningKeys } from './outside/signing-keys.ts'
import type { MasterKeys } from './outside/vault.ts'
import { showCreated } from './sites/checkout/show.ts'
import { printFault, sites, type SandboxOptions, type SitesOptions } from './sites/index.ts'

/** What a house is opened with. */
export type Setup = {
  readonly databaseUrl: string
  readonly masterKeys: MasterKeys
  readonly mode: 'sandbox' | 'live'
  readonly publicUrl: string
  readonly trustedProxies: readonly string[]
  /** How often each family of endpoints may be asked; absent: as http/limits.ts has it. */
  readonly limits?: Families
  /** Host names by dialect: its doors then open on that name alone. */
  readonly hosts?: Readonly<Record<string, string>>
  /** Lets /metrics be read from elsewhere than this machine. */
  readonly metricsToken?: string | null
  readonly logLevel?: 'info' | 'warn' | 'error' | 'silent'
  /** A sorted list of SHA-1 hashes of passwords that were stolen somewhere. */
  readonly stolenPasswords?: string | null
  /** Connections to the database. */
  readonly connections?: number
  /** Where the simulators are and whom the demo pages speak for; absent where there is no sandbox. */
  readonly sandbox?: SandboxOptions
  /** Who carries messages to people, and to which countries; absent: nobody, and none. */
  readonly messages?: Carriers & { readonly smsCountries: ReadonlyMap<string, number> }
  /** What tests fix: time, chance, the outside world. */
  readonly world?: {
    readonly clock?: Clock
    readonly chance?: Chance
    readonly net?: Net
    readonly messages?: Messages
    readonly log?: Log
    readonly passwords?: Passwords
  }
}

export type House = {
  readonly deps: Deps
  readonly server: FastifyInstance
  /** Starts what runs by itself: deliveries, roll-ups, questions to providers. */
  readonly startJobs: () => void
  /** Lets requests, rounds and background work end, then lets go of the database. */
  readonly close: () => Promise<void>
}

const docsFolder = fileURLToPath(new URL('../../../docs', import.meta.url))

/** What libraries do for the core without a state of their own. */
const libraries = { phones: worldPhones, passkeys: webPasskeys, oneTimeCodes, qrCodes }

/** The one place where the rooms meet: fills the ports, lists the doors. It does not listen yet. */
export async function openHouse(setup: Setup): Promise<House> {
  const spoken = dialects(showCreated)
  const doors = doorsOf(spoken, setup.hosts ?? {})
  const { close: closePorts, ...ports } = openPorts({ ...setup, ...setup.world })
  const { close: closeRoads, ...roads } = openRoads(setup)
  const background = backgroundWork(ports.log)
  const maintenance = watchMaintenance()
  await maintenance.look(ports)
  const metrics = openMetrics()
  let jobs: RunningJobs | null = null
  const book = booker(ports)
  const operatorId = await ensureOperator(ports)
  const deps: Deps = {
    ...ports,
    mode: setup.mode,
    publicUrl: setup.publicUrl,
    ...roads,
    ...libraries,
    signer: await openSigningKeys(ports),
    pictures: openPictures(),
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    announcers: new Map(
      spoken.flatMap(({ id, announce }) => (announce === undefined ? [] : [[id, announce]])),
    ),
    operatorId,
    book: async (report) => {
      const booked = await book(report)
      metrics.booked(booked.kind)
      jobs?.nudge('deliver notices')
      return booked
    },
    findApiClient: apiClientFinder(ports),
    routeInvoice: invoiceRouter(ports),
    createInvoice: invoiceCreator(ports),
    noteRefusal: noting(refusalNoter(ports, operatorId), background.add),
    background: background.add,
  }
  const server = buildServer({
    routes: [...doors, ...sites(sitesOf(setup, metrics))],
    deps,
    ...guardsOf(setup),
    inMaintenance: maintenance.inMaintenance,
    fault: printFault(deps),
    ...countersOf(metrics),
  })
  return {
    deps,
    server,
    startJobs: () => {
      jobs ??= startJobs(deps, allJobs({ maintenance, noticed: metrics.noticed }))
    },
    close: async () => {
      await server.close()
      await background.settled()
      await jobs?.stop()
      await closeRoads()
      await closePorts()
    },
  }
}

/** The ways out of the house: to other machines, and to people. */
function openRoads({ mode, messages, world }: Setup) {
  const { smsCountries = new Map<string, number>(), ...carriers } = messages ?? { smtp: null, sms: null }
  const net = openNet({ mode, userAgent: 'Lango/0.1' })
  const mail = openMessages(carriers, { mode, net })
  return {
    net: world?.net ?? net,
    messages: world?.messages ?? mail,
    smsCountries,
    close: async (): Promise<void> => {
      mail.close()
      await net.close()
    },
  }
}

/** What stands between strangers and the doors. */
function guardsOf({ trustedProxies, limits }: Setup) {
  return { trustedProxies, families: limits ?? families }
}

function countersOf({ observe, limited }: Metrics): Pick<Metrics, 'observe' | 'limited'> {
  return { observe, limited }
}

function sitesOf({ metricsToken, sandbox }: Setup, metrics: Metrics): SitesOptions {
  const newestMigration = readMigrations().reduce((newest, { number }) => Math.max(newest, number), 0)
  return {
    docs: { readDocuments: async () => await readDocuments(docsFolder), shopUrl: sandbox?.shopUrl ?? null },
    ops: { newestMigration, metricsToken: metricsToken ?? null, printMetrics: metrics.print },
    sandbox: sandbox ?? null,
  }
}

/** The routes of all dialects, each on its own host name where it was given one. */
function doorsOf(spoken: readonly Dialect[], hosts: Readonly<Record<string, string>>): readonly Route[] {
  const known = new Set(spoken.map(({ id }) => id))
  const unknown = Object.keys(hosts).find((id) => !known.has(id))
  if (unknown !== undefined) {
    throw new Error(`LANGO_HOSTS: there is no dialect ${unknown}; there are ${[...known].join(', ')}`)
  }
  return spoken.flatMap(({ id, routes }) => {
    const host = hosts[id]
    return host === undefined ? routes : routes.map((route) => ({ ...route, host }))
  })
}

/**
 * Payments of all organizations share a batch: on one server that is fastest. Two lanes, so that
 * one decides while the other waits for its commit (a third brought nothing); they lock in one order and may meet, as
 * the batches of two processes may. The queue's bound turns a flood away with 503 instead of letting it grow.
 */
function booker(ports: Ports): Deps['book'] {
  const submit = batcher<Report, Booked>({
    limit: 100,
    queue: 5_000,
    lanes: 2,
    together: true,
    run: async (reports) => await bookPayments(ports, reports),
  })
  return async (report) => await submit('book', report)
}

/** Refusals are kept after the answer was sent. */
function noting(keep: RefusalNoter, background: Deps['background']): Deps['noteRefusal'] {
  return (seen, refused) => {
    background('note a refusal', async () => {
      await keep(seen, refused)
    })
  }
}

function backgroundWork(log: Log) {
  const running = new Set<Promise<void>>()
  return {
    add: (name: string, work: () => Promise<unknown>): void => {
      const run = work().then(
        () => undefined,
        (fault: unknown) => {
          log.error('background', {
            name,
            fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault),
          })
        },
      )
      running.add(run)
      void run.finally(() => running.delete(run))
    },
    settled: async (): Promise<void> => {
      await Promise.all(running)
    },
  }
}
