/** What a merchant's client sends: exact texts, signed as they stand, in every encoding that clients use. */
import { createHmac } from 'node:crypto'
import { pesaflow as wire, secureHash, type Keys, type Mac, type Recipe } from '@lango/wire'
import type { Town, World } from './world.ts'

export type Said = Readonly<Record<string, string>>

/** `body` is the JSON object of the answer; empty when it is none, such as a page. */
export type Heard = {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
}

export const mac: Mac = (key, data) => new Uint8Array(createHmac('sha256', key).update(data).digest())

/** The hash that belongs to a message of these texts; absent ones count as empty. */
export function hashOf<Field extends string>(recipe: Recipe<Field>, said: Said, keys: Keys): string {
  const values = Object.fromEntries(recipe.fields.map((field) => [field, said[field] ?? '']))
  return secureHash(recipe, values as Record<Field, string>, keys, mac)
}

/** Sends one request and reads the answer, whatever it is. */
export async function ask(url: string, request: RequestInit = {}): Promise<Heard> {
  const answer = await fetch(url, { redirect: 'manual', ...request })
  const text = await answer.text()
  const type = answer.headers.get('content-type') ?? ''
  return {
    status: answer.status,
    type,
    text,
    body: type.startsWith('application/json') ? objectOf(text) : {},
  }
}

export type Request = Omit<RequestInit, 'headers'> & { readonly headers: Readonly<Record<string, string>> }

/** The ways to write a message's fields into a request. */
export const encodings = {
  form: (said: Said): Request => ({
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(said).toString(),
  }),
  multipart: (said: Said): Request => {
    const form = new FormData()
    for (const [name, value] of Object.entries(said)) form.set(name, value)
    return { method: 'POST', headers: {}, body: form }
  },
  json: (said: unknown): Request => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof said === 'string' ? said : JSON.stringify(said),
  }),
}

/** A merchant of a town: writes orders, signs them, sends them. */
export function merchantDesk(world: Pick<World, 'url'>, town: Town) {
  let count = 0

  /** All sixteen fields but the hash, with a reference of its own. */
  function order(more: Said = {}): Said {
    count += 1
    return {
      apiClientID: town.merchant.apiClientId,
      serviceID: town.serviceCode,
      billDesc: 'Plot 7 rates',
      currency: 'KES',
      billRefNumber: `ORDER-${town.merchant.apiClientId}-${count}`,
      clientMSISDN: '254700000001',
      clientName: 'Wanjiku Kamau',
      clientIDNumber: '12345678',
      clientEmail: 'wanjiku@example.com',
      callBackURLOnSuccess: `${town.shop}/paid`,
      amountExpected: '100.00',
      notificationURL: `${town.shop}/notices`,
      pictureURL: '',
      format: 'json',
      sendSTK: 'false',
      ...more,
    }
  }

  const sign = (said: Said, keys: Keys = town.merchant.keys): Said => ({
    ...said,
    secureHash: hashOf(wire.recipes.checkout, said, keys),
  })
  const checkoutUrl = world.url + wire.paths.checkout[0]
  const post = async (said: Said): Promise<Heard> => await ask(checkoutUrl, encodings.form(said))
  const checkout = async (more: Said = {}): Promise<Heard> => await post(sign(order(more)))
  const statusSaid = (reference: string): Said => {
    const said = { api_client_id: town.merchant.apiClientId, ref_no: reference }
    return { ...said, secure_hash: hashOf(wire.recipes.status, said, town.merchant.keys) }
  }
  const status = async (reference: string): Promise<Heard> =>
    await ask(world.url + wire.paths.status[0], encodings.form(statusSaid(reference)))
  const url = (path: string): string => world.url + path
  return { town, url, order, sign, post, checkout, checkoutUrl, statusSaid, status }
}

export type MerchantDesk = ReturnType<typeof merchantDesk>

function objectOf(text: string): Heard['body'] {
  const value: unknown = text === '' ? {} : JSON.parse(text)
  return typeof value === 'object' && value !== null ? (value as Heard['body']) : {}
}
