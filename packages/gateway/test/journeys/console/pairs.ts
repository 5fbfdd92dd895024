/** Keys as the console's pages give them, and every signed endpoint asked with them. */
import assert from 'node:assert/strict'
import { pesaflow as wire, type Keys } from '@lango/wire'
import { toDate } from '../../../src/base/time.ts'
import { ask, encodings, hashOf, merchantDesk, type Heard, type Said } from '../../merchant-desk.ts'
import { nairobi } from '../../refusals/payment-cases.ts'
import type { Page } from '../account/town.ts'
import { send, type Desk } from './desk.ts'

export type Pair = { readonly apiClientId: string; readonly keys: Keys }

/** What the page that shows a pair says. */
export function shownPair(page: Page): Pair {
  assert.equal(page.status, 200, page.body)
  const found = (pattern: RegExp): string => {
    const text = pattern.exec(page.body)?.[1]
    assert.ok(text !== undefined, `the page does not show ${pattern.source}`)
    return text
  }
  return {
    apiClientId: found(/<code>([\w-]{16})<\/code>/),
    keys: { key: found(/id="key">([^<]+)</), secret: found(/id="secret">([^<]+)</) },
  }
}

export async function issue(desk: Desk, name: string, role: 'merchant' | 'aggregator'): Promise<Pair> {
  return shownPair(await send(desk.owner, `/console/${desk.organization}/keys`, { name, role }, '/keys'))
}

let count = 0

/** A reference that no order had. */
function fresh(): string {
  count += 1
  return `ORDER-${count}`
}

/** A message to each endpoint that a merchant's pair opens, by what it is called in a test. */
export function merchantCalls(
  desk: Desk,
  pair: Pair,
  at: { readonly service: string; readonly shop: string; readonly reference?: string },
) {
  const url = desk.deps.publicUrl
  const merchant = { organizationId: desk.organization, ...pair }
  const shop = merchantDesk({ url }, { merchant, bank: merchant, serviceCode: at.service, shop: at.shop })
  // Organizations that people make are strict: a description begins with a blank (docs/secure-hash.md).
  const order = (): Said =>
    shop.sign(shop.order({ billDesc: ' Plot 7 rates', billRefNumber: at.reference ?? fresh() }))
  const statusSaid = (): Said => shop.statusSaid('NO-SUCH')
  const token = async (): Promise<Heard> => await ask(url + wire.paths.token, encodings.json(pair.keys))
  return {
    checkouts: wire.paths.checkout.map((path) => async (): Promise<Heard> => {
      return await ask(url + path, encodings.form(order()))
    }),
    statuses: wire.paths.status.flatMap((path) => [
      async (): Promise<Heard> => await ask(url + path, encodings.form(statusSaid())),
      async (): Promise<Heard> => await ask(`${url}${path}?${new URLSearchParams(statusSaid()).toString()}`),
    ]),
    token,
    bearer: async (): Promise<string> => {
      const { status, body } = await token()
      assert.equal(status, 200)
      return String(body['token'])
    },
    /** The same order, with a Bearer beside its hash. */
    checkoutWith: async (bearer: string): Promise<Heard> => {
      const request = encodings.form(order())
      const headers = { ...request.headers, authorization: `Bearer ${bearer}` }
      return await ask(shop.checkoutUrl, { ...request, headers })
    },
    createWith: async (bearer: string): Promise<Heard> => {
      const request = encodings.json({
        account_id: at.service,
        amount_net: '100.00',
        callback_url: `${at.shop}/paid`,
        client_invoice_ref: fresh(),
        currency: 'KES',
        email: 'amina@example.test',
        id_number: '12345678',
        msisdn: '254700000001',
        name: 'Amina Hassan',
        notification_url: `${at.shop}/notices`,
        items: [],
      })
      const headers = { ...request.headers, authorization: `Bearer ${bearer}` }
      return await ask(url + wire.paths.createInvoice, { ...request, headers })
    },
  }
}

/** The two that an aggregator's pair opens. */
export function aggregatorCalls(desk: Desk, { apiClientId, keys }: Pair) {
  let confirmed = 0
  const said = (number: string): Said => ({
    api_client_id: apiClientId,
    ref_no: number,
    amount: '100.00',
    currency: 'KES',
  })
  const url = desk.deps.publicUrl
  return {
    validate: async (number: string): Promise<Heard> => {
      const values = said(number)
      const secure_hash = hashOf(wire.recipes.validate, values, keys)
      return await ask(url + wire.paths.validate, encodings.json({ ...values, secure_hash }))
    },
    confirm: async (number: string): Promise<Heard> => {
      confirmed += 1
      const values = {
        ...said(number),
        gateway_transaction_id: `TX-${apiClientId}-${confirmed}`,
        gateway_transaction_date: nairobi(toDate(desk.deps.clock.now())),
        customer_name: 'Amina Hassan',
        customer_account_number: '254700000001',
      }
      const secure_hash = hashOf(wire.recipes.confirm, values, keys)
      return await ask(url + wire.paths.confirm, encodings.json({ ...values, secure_hash }))
    },
  }
}
