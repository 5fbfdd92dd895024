import { createHash, hkdfSync } from 'node:crypto'
import { openHouse, type House, type Setup } from '../src/app.ts'
import type { Clock } from '../src/base/time.ts'
import { instant } from '../src/base/time.ts'
import type { Deps } from '../src/core/deps.ts'
import { checkLedger } from '../src/core/ledger/check-ledger.ts'
import type { FeeRule } from '../src/core/invoice/fee.ts'
import { createApiClient } from '../src/core/organization/create-api-client.ts'
import { createOrganization } from '../src/core/organization/create-organization.ts'
import { createService } from '../src/core/organization/create-service.ts'
import type { ApiKey } from '../src/core/organization/api-key.ts'
import { freshDatabase } from './cluster.ts'

/** A running gateway over a database of its own, reached by real HTTP; only time and the outside world are fixed. */
export type World = {
  readonly url: string
  readonly house: House
  readonly deps: Deps
  readonly clock: TestClock
  readonly databaseUrl: string
  /** Checks that every shilling is in exactly one place, and closes. */
  readonly close: () => Promise<void>
}

export type TestClock = Clock & { readonly advance: (seconds: number) => void }

/** Starts at the machine's time, so that what outside libraries hold against their own clock fits. */
function testClock(): TestClock {
  let ahead = 0
  return {
    now: () => instant(Date.now() + ahead),
    advance: (seconds) => {
      ahead += seconds * 1000
    },
  }
}

export type WorldOptions = Partial<
  Pick<Setup, 'mode' | 'sandbox' | 'trustedProxies' | 'connections' | 'hosts' | 'limits'>
> &
  NonNullable<Setup['world']> & {
    /** Over a database that another world uses too: several processes, one PostgreSQL. */
    readonly databaseUrl?: string
    /** `https://…` to see what https changes; the server itself still listens on plain http. */
    readonly publicUrl?: string
    readonly port?: number
    /** How many SMS a day each country may get; 1,000 for Kenya by itself. */
    readonly smsCountries?: ReadonlyMap<string, number>
  }

const kenya: ReadonlyMap<string, number> = new Map([['KE', 1000]])

export const testMasterKey = new Uint8Array(hkdfSync('sha256', 'a test key', '', 'master', 32))

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const own = options.databaseUrl === undefined ? await freshDatabase() : null
  const databaseUrl = options.databaseUrl ?? own?.url ?? ''
  const clock = testClock()
  const { port = await freePort(), publicUrl = `http://127.0.0.1:${port}` } = options
  const { chance, net, log, passwords } = options
  const house = await openHouse({
    databaseUrl,
    masterKeys: [testMasterKey],
    mode: options.mode ?? 'sandbox',
    publicUrl,
    trustedProxies: options.trustedProxies ?? [],
    logLevel: 'error',
    connections: options.connections ?? 5,
    messages: { smtp: null, sms: null, smsCountries: options.smsCountries ?? kenya },
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.hosts === undefined ? {} : { hosts: options.hosts }),
    ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }),
    world: {
      clock: options.clock ?? clock,
      ...(chance === undefined ? {} : { chance }),
      ...(net === undefined ? {} : { net }),
      ...(log === undefined ? {} : { log }),
      ...(passwords === undefined ? {} : { passwords }),
      ...(options.messages === undefined ? {} : { messages: options.messages }),
    },
  })
  await house.server.listen({ port, host: '127.0.0.1' })
  return {
    url: `http://127.0.0.1:${port}`,
    house,
    deps: house.deps,
    clock,
    databaseUrl,
    close: async () => {
      try {
        const violations = await checkLedger(house.deps)
        if (violations.length > 0) throw new Error(`the books are broken: ${JSON.stringify(violations)}`)
      } finally {
        await house.close()
        await own?.drop()
      }
    },
  }
}

export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  return await new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** A merchant and a bank with given, obviously made-up credentials. */
export type Town = {
  readonly merchant: { readonly organizationId: string; readonly apiClientId: string; readonly keys: ApiKey }
  readonly bank: { readonly organizationId: string; readonly apiClientId: string; readonly keys: ApiKey }
  readonly serviceCode: string
  /** The merchant's registered origin. */
  readonly shop: string
}

export type TownOptions = {
  readonly shop?: string
  readonly feeRule?: FeeRule
  readonly currency?: string
  readonly strictHash?: boolean
  readonly lenientHash?: boolean
  readonly serviceCode?: string
  readonly servesAll?: boolean
  /** Tells towns in one world apart. */
  readonly name?: string
}

/** Builds a merchant with one service and a bank that may pay into it. */
export async function buildTown(deps: Deps, options: TownOptions = {}): Promise<Town> {
  const name = options.name ?? 'duka'
  const shop = options.shop ?? 'http://127.0.0.1:9'
  const merchant = await organization(deps, `${name} ministry`, [shop], options.strictHash ?? false)
  const bank = await organization(deps, `${name} bank`, [], false)
  const service = must(
    await createService(deps, {
      organizationId: merchant,
      code: options.serviceCode ?? '124',
      name: 'Land rates',
      currency: options.currency ?? 'KES',
      feeRule: options.feeRule ?? { kind: 'flat', fee: 500n },
    }),
  )
  const own = { lenientHash: options.lenientHash ?? false }
  return {
    merchant: await caller(deps, { organizationId: merchant, role: 'merchant', id: `${name}-shop`, ...own }),
    bank: await caller(deps, {
      organizationId: bank,
      role: 'aggregator',
      id: `${name}-bank`,
      servesAll: options.servesAll ?? true,
    }),
    serviceCode: service.code,
    shop,
  }
}

async function organization(
  deps: Deps,
  name: string,
  origins: readonly string[],
  strictHash: boolean,
): Promise<string> {
  return must(await createOrganization(deps, { name, origins, strictHash })).id
}

async function caller(deps: Deps, asked: Parameters<typeof createApiClient>[1]): Promise<Town['merchant']> {
  const keys = { key: madeUp(`${asked.id} key`), secret: madeUp(`${asked.id} secret`) }
  const made = must(await createApiClient(deps, { ...asked, ...keys }))
  return { organizationId: asked.organizationId, apiClientId: made.id, keys }
}

function madeUp(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32)
}

/** The value of a result that the test takes for granted. */
export function must<Value, No>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: No },
): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`)
  return result.value
}
