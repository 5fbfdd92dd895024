/** A gateway, a merchant and a simulated mobile network: what the journeys of a prompt need. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { pesaflow, type Order } from '@lango/sdk'
import { defaultSettings, startSimulators, type DarajaSettings } from '@lango/simulators'
import { channels } from '../../../src/channels/index.ts'
import type { Answered, Net, Outgoing } from '../../../src/core/ports.ts'
import { configureChannel } from '../../../src/core/attempt/configure-channel.ts'
import { openNet } from '../../../src/outside/fetch/net.ts'
import {
  buildTown,
  must,
  openWorld,
  type Town,
  type TownOptions,
  type World,
  type WorldOptions,
} from '../../world.ts'

export type Street = {
  readonly world: World
  readonly town: Town
  readonly simulators: string
  /** Every call to the provider, oldest first. */
  readonly sent: readonly Outgoing[]
  /** Raises an invoice as the merchant and answers with its page's name and its number. */
  readonly bill: (reference: string, more?: Partial<Order> & { readonly prompt?: boolean }) => Promise<Bill>
  readonly page: (bill: Bill, lang?: string) => Promise<Page>
  /** Opens the page and sends its form. */
  readonly pay: (bill: Bill, phone: string, channel?: string) => Promise<Response>
  readonly submit: (bill: Bill, fields: Readonly<Record<string, string>>) => Promise<Response>
  readonly attempts: (bill: Bill) => Promise<readonly AttemptRow[]>
  readonly callbacks: (bill: Bill) => Promise<readonly CallbackRow[]>
  readonly prompts: (msisdn: string) => Promise<readonly PromptView[]>
  readonly answer: (msisdn: string, answer: string) => Promise<void>
  /** Posts to the callback address of the newest push, as the provider or a forger would. */
  readonly callBack: (body: string, address?: string) => Promise<Response>
  readonly callbackUrl: () => string
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>
  readonly close: () => Promise<void>
}

export type Bill = { readonly requestId: string; readonly number: string; readonly reference: string }
export type Page = { readonly status: number; readonly text: string; readonly token: string }
export type AttemptRow = {
  readonly id: string
  readonly state: string
  readonly open: boolean
  readonly outcome: string | null
  readonly receipt: string | null
  readonly provider_id: string | null
  readonly asks: number
}
export type CallbackRow = {
  readonly fault: string | null
  readonly read_at: Date | null
  readonly body: string
}
export type PromptView = {
  readonly id: string
  readonly msisdn: string
  readonly amount: number
  readonly accountReference: string
  readonly description: string
  readonly checkoutRequestId: string
  readonly state: string
}

export type StreetOptions = {
  readonly daraja?: Partial<DarajaSettings>
  readonly world?: WorldOptions
  readonly town?: TownOptions
  /** What the provider's answers become on the way. */
  readonly onSend?: (request: Outgoing, send: Net['send']) => Promise<Answered>
}

const quick: Partial<DarajaSettings> = {
  answerAfterMs: 40,
  laterAfterMs: 120,
  promptLivesMs: 400,
  similarWithinMs: 0,
}

export async function openStreet(options: StreetOptions = {}): Promise<Street> {
  const simulators = await startSimulators({
    port: 0,
    seed: 'street',
    daraja: { ...quick, ...options.daraja },
  })
  const real = openNet({ mode: 'sandbox' })
  const sent: Outgoing[] = []
  const net: Net = {
    send: async (request) => {
      sent.push(request)
      return await (options.onSend?.(request, real.send) ?? real.send(request))
    },
  }
  const world = await openWorld({ ...options.world, net })
  const town = await buildTown(world.deps, options.town ?? {})
  await openChannels(world, town, simulators.url)
  const control = controlOf(simulators.url)
  const rows = async <R>(text: string, values: readonly unknown[]): Promise<readonly R[]> =>
    (await world.deps.db.query({ name: text.slice(0, 60), text }, values)) as readonly R[]
  const callbackUrl = (): string => callbackUrlOf(sent)
  const street: Street = {
    world,
    town,
    simulators: simulators.url,
    sent,
    control,
    callbackUrl,
    bill: async (reference, more) => await raise(world, town, { reference, ...more }),
    page: async (bill, lang = 'en') => await open(world, bill, lang),
    submit: async (bill, fields) => await post(world, bill, fields),
    pay: async (bill, phone, channel = 'mpesa') => {
      const { token } = await open(world, bill, 'en')
      return await post(world, bill, { token, phone, channel })
    },
    attempts: async ({ number }) =>
      await rows<AttemptRow>(
        `select a.* from attempt a join invoice_number n on n.organization_id = a.organization_id
           and n.invoice_id = a.invoice_id where n.number = $1 order by a.created_at, a.id`,
        [number],
      ),
    callbacks: async ({ number }) =>
      await rows<CallbackRow>(
        `select c.* from callback c join attempt a on a.organization_id = c.organization_id and a.id = c.attempt_id
         join invoice_number n on n.organization_id = a.organization_id and n.invoice_id = a.invoice_id
         where n.number = $1 order by c.heard_at, c.id`,
        [number],
      ),
    prompts: async (msisdn) =>
      ((await control('GET', `/phone/prompts?msisdn=${msisdn}`)) as { prompts: readonly PromptView[] })
        .prompts,
    answer: async (msisdn, answer) => {
      const [prompt] = await until(
        async () => await street.prompts(msisdn),
        (all) => all.length > 0,
      )
      assert.ok(prompt !== undefined)
      await control('POST', `/phone/prompts/${prompt.id}`, { answer })
    },
    callBack: async (body, address = callbackUrl()) =>
      await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    close: async () => {
      await simulators.close()
      await world.close()
      await real.close()
    },
  }
  return street
}

/** Lets a town be paid by every channel there is; the prompt's provider is the simulator. */
export async function openChannels(world: World, town: Town, simulators: string): Promise<void> {
  const [merchant] = defaultSettings.shortCodes
  assert.ok(merchant !== undefined)
  const { consumerKey, consumerSecret } = defaultSettings
  const { shortCode, passkey } = merchant
  const settings = { baseUrl: `${simulators}/daraja`, consumerKey, consumerSecret, shortCode, passkey }
  const { organizationId } = town.merchant
  for (const [place, channel] of channels.entries()) {
    const own = channel.asks.length > 0 ? settings : {}
    must(await configureChannel(world.deps, { organizationId, channel, place, settings: own }))
  }
}

/** Looks until it is so, for at most five seconds; answers with what it saw last. */
export async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  const deadline = performance.now() + 5_000
  for (;;) {
    const seen = await look()
    if (isSo(seen)) return seen
    if (performance.now() > deadline) assert.fail(`it never came: ${JSON.stringify(seen)}`)
    await sleep(20)
  }
}

/** Waits until the newest attempt of a bill has come to a state. */
export async function comesTo(street: Street, bill: Bill, state: string): Promise<AttemptRow> {
  const rows = await until(
    async () => await street.attempts(bill),
    (all) => all.at(-1)?.state === state,
  )
  const newest = rows.at(-1)
  assert.ok(newest !== undefined)
  return newest
}

async function raise(
  world: World,
  town: Town,
  { reference, ...more }: Partial<Order> & { readonly reference: string },
): Promise<Bill> {
  const shop = pesaflow({
    baseUrl: world.url,
    apiClientId: town.merchant.apiClientId,
    keys: town.merchant.keys,
    serviceId: town.serviceCode,
  })
  const invoice = await shop.checkout({
    reference,
    description: 'Plot 7 rates',
    amount: '100.00',
    payer: {
      name: 'Wanjiku Kamau',
      idNumber: '00000011',
      phone: '254700000001',
      email: 'wanjiku@example.test',
    },
    successUrl: `${town.shop}/paid`,
    notificationUrl: `${town.shop}/notices`,
    ...more,
  })
  const requestId = new URL(invoice.invoiceLink).searchParams.get('request_id') ?? ''
  return { requestId, number: invoice.invoiceNumber, reference }
}

async function open(world: World, { requestId }: Bill, lang: string): Promise<Page> {
  const answer = await fetch(`${world.url}/checkout?request_id=${requestId}&lang=${lang}`)
  const html = await answer.text()
  const token = /name="token" value="([^"]+)"/.exec(html)?.[1] ?? ''
  return { status: answer.status, text: html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '), token }
}

async function post(
  world: World,
  { requestId }: Bill,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  const body = new URLSearchParams({ request_id: requestId, lang: 'en', ...fields })
  return await fetch(`${world.url}/checkout`, { method: 'POST', body, redirect: 'manual' })
}

function controlOf(url: string) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) }
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/control${path}`, { method, headers, ...init })
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status}`)
    return answer.status === 204 ? null : await answer.json()
  }
}

function callbackUrlOf(sent: readonly Outgoing[]): string {
  const push = sent.findLast(({ url }) => url.endsWith('/processrequest'))
  const body = JSON.parse(push?.body ?? '{}') as { readonly CallBackURL?: string }
  assert.ok(body.CallBackURL !== undefined, 'nothing was pushed')
  return body.CallBackURL
}
