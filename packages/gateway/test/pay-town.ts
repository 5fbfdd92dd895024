/** A town in which everything that pays is played: phones, a bank's counter and a merchant's inbox beside the gateway. */
import { startSimulators, type Simulators } from '@lango/simulators'
import { pesaflow as wire } from '@lango/wire'
import { bank } from '../src/channels/bank.ts'
import { mpesa } from '../src/channels/mpesa.ts'
import { configureChannel } from '../src/core/attempt/configure-channel.ts'
import type { SandboxOptions } from '../src/sites/sandbox/options.ts'
import { merchantDesk, type MerchantDesk, type Said } from './merchant-desk.ts'
import { buildTown, must, openWorld, type Town, type World, type WorldOptions } from './world.ts'

export type PayTown = {
  readonly world: World
  readonly town: Town
  readonly desk: MerchantDesk
  readonly simulators: Simulators
  /** Raises a bill and answers with its number and the address of its page. */
  readonly bill: (more?: Said) => Promise<Bill>
  readonly close: () => Promise<void>
}

export type Bill = { readonly number: string; readonly link: string; readonly requestId: string }

/** `shop`: the merchant's registered origin; by default the simulators', where its inbox is. */
export async function openPayTown(options: WorldOptions & { readonly shop?: string } = {}): Promise<PayTown> {
  const simulators = await startSimulators({ port: 0, seed: 'pay town', daraja: { answerAfterMs: 50 } })
  // The town is built through one process and served by another, because its pages are given its keys.
  const builder = await openWorld()
  const town = await buildTown(builder.deps, { shop: options.shop ?? simulators.url })
  const world = await openWorld({
    ...options,
    databaseUrl: builder.databaseUrl,
    sandbox: sandboxOf(simulators.url, town),
  })
  await openChannels(world, town, simulators.url)
  world.house.startJobs()
  const desk = merchantDesk(world, town)
  return {
    world,
    town,
    desk,
    simulators,
    bill: async (more) => await raise(desk, more),
    close: async () => {
      await world.close()
      await builder.close()
      await simulators.close()
    },
  }
}

async function raise(desk: MerchantDesk, more: Said = {}): Promise<Bill> {
  const { status, body, text } = await desk.checkout(more)
  if (status !== 200) throw new Error(`no bill: ${status} ${text}`)
  const link = String(body['invoice_link'])
  const requestId = new URL(link).searchParams.get('request_id') ?? ''
  return { number: String(body['invoice_number']), link, requestId }
}

async function openChannels(world: World, town: Town, simulatorsUrl: string): Promise<void> {
  const { organizationId } = town.merchant
  const settings = {
    baseUrl: `${simulatorsUrl}/daraja`,
    consumerKey: 'sandbox-consumer-key',
    consumerSecret: 'sandbox-consumer-secret',
    shortCode: '174379',
    passkey: 'sandbox-passkey',
    type: 'paybill',
  }
  must(await configureChannel(world.deps, { organizationId, channel: mpesa, place: 0, settings }))
  must(await configureChannel(world.deps, { organizationId, channel: bank, place: 1, settings: {} }))
}

/** What the sandbox's pages are given. */
export function sandboxOf(
  simulatorsUrl: string,
  { merchant, bank: cashier, serviceCode }: Town,
): SandboxOptions {
  const { checkout, validate, confirm, notification } = wire.recipes
  return {
    simulatorsUrl,
    shopUrl: 'http://localhost:9',
    merchant: {
      name: 'Duka la Mfano',
      apiClientId: merchant.apiClientId,
      ...merchant.keys,
      serviceCode,
      inbox: 'duka',
      notificationUrl: `${simulatorsUrl}/inbox/duka`,
      successUrl: `${simulatorsUrl}/inbox/returned`,
    },
    legacy: {
      clientId: 'old',
      clientSecret: 'old-secret-of-a-test',
      redirectUris: ['http://localhost:8000'],
    },
    bank: { apiClientId: cashier.apiClientId, ...cashier.keys },
    people: [{ name: 'Wanjiku Kamau', signIn: '10000001', password: 'made up' }],
    recipes: {
      checkout: checkout.fields,
      validate: validate.fields,
      confirm: confirm.fields,
      notification: notification.fields,
    },
  }
}
