import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext } from 'playwright-core'
import { startSimulators } from '@lango/simulators'
import { startShop } from '../../../../examples/merchant/src/start.ts'
import { openHouse, type House } from '../../src/app.ts'
import { seedDemo } from '../../src/cli/demo.ts'
import { checkLedger } from '../../src/core/ledger/check-ledger.ts'
import { freshDatabase } from '../cluster.ts'
import { testMasterKey } from '../world.ts'
import { families } from '../../src/http/limits.ts'
import { openChromium } from './chromium.ts'

/** The whole sandbox as `npm start` makes it, on free ports, and a browser in front of it. */
export type Town = {
  readonly gateway: string
  readonly shop: string
  readonly simulators: string
  readonly house: House
  /** A fresh browser profile at a width in CSS pixels. */
  readonly visit: (width: number) => Promise<BrowserContext>
  readonly close: () => Promise<void>
}

export async function openTown(): Promise<Town> {
  const database = await freshDatabase()
  const port = await threeFreePorts()
  const gateway = `http://localhost:${port}`
  const config = {
    port,
    host: '127.0.0.1',
    dataFolder: '',
    databaseUrl: database.url,
    publicUrl: gateway,
    mode: 'sandbox',
    masterKeys: [testMasterKey],
    hosts: {},
    trustedProxies: [],
    limits: families,
    metricsToken: null,
    logLevel: 'error',
    messages: { smtp: null, sms: null, smsCountries: new Map([['KE', 1000]]) },
    stolenPasswords: null,
  } as const
  const { demo, sandbox } = await seedDemo(config, { databaseUrl: database.url, say: () => undefined })
  const house = await openHouse({ ...config, sandbox })
  await house.server.listen({ port, host: '127.0.0.1' })
  house.startJobs()
  const simulators = await startSimulators({ port: port + 2, seed: 'town' })
  const env = demo.shopEnvironment
  const shop = await startShop(
    {
      port: port + 1,
      host: '127.0.0.1',
      publicUrl: `http://localhost:${port + 1}`,
      gatewayUrl: gateway,
      clientId: env['CLIENT_ID'] ?? '',
      clientSecret: env['CLIENT_SECRET'] ?? '',
      apiClientId: env['API_CLIENT_ID'] ?? '',
      apiKey: env['API_KEY'] ?? '',
      apiSecret: env['API_SECRET'] ?? '',
      serviceId: env['SERVICE_ID'] ?? '',
      webhookSecret: env['WEBHOOK_SECRET'] ?? null,
    },
    (fault) => {
      throw fault
    },
  )
  const browser = await openChromium()
  return {
    gateway,
    shop: shop.url,
    simulators: simulators.url,
    house,
    visit: async (width) =>
      await browser.newContext({
        viewport: { width, height: width < 500 ? 780 : 900 },
        deviceScaleFactor: 1,
      }),
    close: async () => {
      await browser.close()
      await shop.close()
      const violations = await checkLedger(house.deps)
      await house.close()
      await simulators.close()
      await database.drop()
      if (violations.length > 0) throw new Error(`the books are broken: ${JSON.stringify(violations)}`)
    },
  }
}

/** A base port such that it and the two after it are free: the sandbox's programs find each other by counting. */
async function threeFreePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const base = 20_000 + Math.floor(Math.random() * 20_000)
    const free = await Promise.all([base, base + 1, base + 2].map(isFree))
    if (free.every(Boolean)) return base
  }
  throw new Error('no three free ports in a row')
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer().once('error', () => {
      resolve(false)
    })
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

/** Answers the newest prompt on a simulated phone, as its owner would. */
export async function answerPhone(simulators: string, msisdn: string, answer: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const asked = await fetch(`${simulators}/control/phone/prompts?msisdn=${msisdn}`)
    const { prompts } = (await asked.json()) as { prompts: readonly { id: string; state: string }[] }
    const open = prompts.find(({ state }) => state === 'waiting')
    if (open !== undefined) {
      await fetch(`${simulators}/control/phone/prompts/${open.id}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ answer, pin: '1234' }),
      })
      return
    }
    await sleep(100)
  }
  throw new Error(`no prompt reached ${msisdn}`)
}
