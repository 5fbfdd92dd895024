import { createHmac } from 'node:crypto'
import { pesaflow as wire, secureHash } from '@lango/wire'
import type { Config } from '../config.ts'
import { channels } from '../channels/index.ts'
import { configureChannel } from '../core/attempt/configure-channel.ts'
import { createAccount } from '../core/account/create-account.ts'
import { createApplication } from '../core/application/create-application.ts'
import { addWebhookSecret } from '../core/notice/add-webhook-secret.ts'
import { addMember } from '../core/organization/add-member.ts'
import { createApiClient } from '../core/organization/create-api-client.ts'
import { createOrganization } from '../core/organization/create-organization.ts'
import { createService } from '../core/organization/create-service.ts'
import { ensureOperator } from '../core/organization/ensure-operator.ts'
import { keepDemoAddresses } from '../core/organization/keep-demo-addresses.ts'
import { days } from '../base/time.ts'
import { openPorts, type OpenPorts } from '../outside/open-ports.ts'
import type { SandboxOptions } from '../sites/sandbox/options.ts'
import { inOneTransaction } from './with-ports.ts'
import {
  bank,
  integratorPerson,
  legacy,
  operatorPerson,
  password,
  people,
  shop,
  stkSettings,
} from './demo-town.ts'
import type { Demo } from './welcome.ts'

export type Seeded = { readonly demo: Demo; readonly sandbox: SandboxOptions }
type SeedOptions = { readonly databaseUrl: string; readonly say: (line: string) => void }

/** Where the sandbox's programs listen: the two ports after the gateway's. */
type Addresses = { readonly gateway: string; readonly shop: string; readonly simulators: string }

/** Fills the sandbox once, and fits its addresses to today's ports each time. Answers with all that a person needs. */
export async function seedDemo(config: Config, { databaseUrl, say }: SeedOptions): Promise<Seeded> {
  const ports = openPorts({ databaseUrl, masterKeys: config.masterKeys, mode: config.mode, connections: 2 })
  const at: Addresses = {
    gateway: config.publicUrl,
    shop: `http://localhost:${config.port + 1}`,
    simulators: `http://127.0.0.1:${config.port + 2}`,
  }
  try {
    const isSeeded = await keepDemoAddresses(ports, addressesOf(at))
    if (!isSeeded) {
      say('Filling the sandbox with demo data…')
      // All or nothing: a start that dies in between leaves a sandbox that the next start fills.
      await inOneTransaction(ports, async (within) => {
        await seed(within, at)
      })
    }
    return { demo: demoOf(at), sandbox: sandboxOf(at) }
  } finally {
    await ports.close()
  }
}

async function seed(ports: OpenPorts, at: Addresses): Promise<void> {
  const { organizationId } = shop
  need(
    await createOrganization(ports, {
      id: organizationId,
      name: shop.name,
      origins: addressesOf(at).origins,
      notificationUrl: addressesOf(at).notificationUrl,
      demo: true,
    }),
  )
  need(await createOrganization(ports, { id: bank.organizationId, name: bank.name, origins: [], demo: true }))
  const feeRule = { kind: 'flat', fee: 500n } as const
  need(
    await createService(ports, {
      organizationId,
      code: shop.serviceCode,
      name: 'Crafts',
      currency: 'KES',
      feeRule,
    }),
  )
  need(await createApiClient(ports, { ...shop, id: shop.apiClientId, role: 'merchant' }))
  need(await createApiClient(ports, { ...bank, id: bank.apiClientId, role: 'aggregator', servesAll: true }))
  need(await addWebhookSecret(ports, { organizationId, secret: shop.webhookSecret, overlap: days(1) }))
  await seedApplications(ports, at)
  await seedChannels(ports, at)
  for (const person of [...people, operatorPerson, integratorPerson])
    need(await createAccount(ports, { ...person, password }))
  await seedMembers(ports)
}

/** Somebody at each desk: the operator's, and the shop's in the console. */
async function seedMembers(ports: OpenPorts): Promise<void> {
  const operatorId = await ensureOperator(ports)
  const owners = [
    [operatorId, operatorPerson],
    [shop.organizationId, integratorPerson],
  ] as const
  for (const [organizationId, { email }] of owners)
    need(await addMember(ports, { organizationId, email: email ?? '', role: 'owner' }))
}

async function seedApplications(ports: OpenPorts, at: Addresses): Promise<void> {
  const common = {
    organizationId: shop.organizationId,
    kind: 'web',
    releases: 'national-identity',
    demo: true,
  } as const
  const { redirectUris } = addressesOf(at)
  need(await createApplication(ports, { ...common, ...shop, redirectUris }))
  need(
    await createApplication(ports, {
      ...common,
      ...legacy,
      name: 'Old ministry portal',
      allowances: ['no-pkce', 'no-state', 'other-registered-redirect-at-token', 'open-introspection'],
    }),
  )
}

async function seedChannels(ports: OpenPorts, at: Addresses): Promise<void> {
  for (const [place, channel] of channels.entries()) {
    // The one that asks for a phone is played by the simulator; the others need no settings.
    const settings = channel.asks.length > 0 ? { ...stkSettings, baseUrl: `${at.simulators}/daraja` } : {}
    need(await configureChannel(ports, { organizationId: shop.organizationId, channel, place, settings }))
  }
}

/** All who can sign in, and at which desk they work. */
const everybody = [
  ...people.map((person) => ({ ...person, does: null })),
  { ...operatorPerson, does: 'operator: /admin' },
  { ...integratorPerson, does: 'integrator: /console' },
]

function addressesOf(at: Addresses) {
  return {
    organizationId: shop.organizationId,
    clientId: shop.clientId,
    origins: [at.shop, at.simulators],
    redirectUris: [`${at.shop}/callback`],
    notificationUrl: `${at.simulators}/inbox/${shop.inbox}`,
  }
}

function demoOf(at: Addresses): Demo {
  return {
    signIns: everybody.map(({ idNumber, firstName, lastName, kind, does }) => ({
      signIn: idNumber,
      password,
      who: `${firstName} ${lastName}`.trim() + `, ${does ?? kind}`,
    })),
    shop: {
      'Client id': shop.clientId,
      'Client secret': shop.clientSecret,
      'API client id': shop.apiClientId,
      Key: shop.key,
      Secret: shop.secret,
      Service: shop.serviceCode,
      'Old client': `${legacy.clientId}, secret ${legacy.clientSecret}, without PKCE or state`,
      Bank: `${bank.apiClientId}, key ${bank.key}, secret ${bank.secret}`,
    },
    curl: curlOf(at),
    tryNext: [
      `buy something at ${at.shop}: sign in as ${people[0]?.idNumber ?? ''}, pay with 254700000100`,
      `approve the prompt on the phone at ${at.gateway}/sandbox, and see the notice in the inbox there`,
    ],
    shopEnvironment: {
      CLIENT_ID: shop.clientId,
      CLIENT_SECRET: shop.clientSecret,
      API_CLIENT_ID: shop.apiClientId,
      API_KEY: shop.key,
      API_SECRET: shop.secret,
      SERVICE_ID: shop.serviceCode,
      WEBHOOK_SECRET: shop.webhookSecret,
    },
  }
}

/** An order that a shell can place as it stands, signed as any client would sign it. */
function curlOf(at: Addresses): string {
  const order = {
    apiClientID: shop.apiClientId,
    amountExpected: '100.00',
    serviceID: shop.serviceCode,
    clientIDNumber: '10000001',
    currency: 'KES',
    billRefNumber: 'HELLO-1',
    billDesc: 'A first invoice',
    clientName: 'Wanjiku Kamau',
    clientMSISDN: '254700000100',
    clientEmail: 'wanjiku@example.com',
    callBackURLOnSuccess: `${at.shop}/`,
    notificationURL: addressesOf(at).notificationUrl,
    format: 'json',
  }
  const mac = (key: string | Uint8Array, text: string): Uint8Array =>
    createHmac('sha256', key).update(text).digest()
  const body = JSON.stringify({ ...order, secureHash: secureHash(wire.recipes.checkout, order, shop, mac) })
  return `curl -s ${at.gateway}${wire.paths.checkout[0]} -H 'Content-Type: application/json' -d '${body}'`
}

function sandboxOf(at: Addresses): SandboxOptions {
  const { checkout, validate, confirm, notification } = wire.recipes
  return {
    simulatorsUrl: at.simulators,
    shopUrl: at.shop,
    legacy,
    merchant: { ...shop, notificationUrl: addressesOf(at).notificationUrl, successUrl: `${at.shop}/` },
    bank,
    people: everybody.map(({ firstName, lastName, idNumber, does }) => ({
      name: `${firstName} ${lastName}`.trim() + (does === null ? '' : `, ${does}`),
      signIn: idNumber,
      password,
    })),
    recipes: {
      checkout: checkout.fields,
      validate: validate.fields,
      confirm: confirm.fields,
      notification: notification.fields,
    },
  }
}

function need(result: { readonly ok: true } | { readonly ok: false; readonly refusal: unknown }): void {
  if (!result.ok) throw new Error(`the demo data does not fit: ${JSON.stringify(result.refusal)}`)
}
